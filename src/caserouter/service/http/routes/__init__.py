"""The routes, one module per resource; those of cases come first, as most requests are theirs."""

from caserouter.service.http.routes import (
    accounts,
    audit,
    case_commands,
    cases,
    commitments,
    credentials,
    decisions,
    health,
    keys,
    policies,
    specialists,
)

ROUTERS = (
    cases.router,
    case_commands.router,
    decisions.router,
    commitments.router,
    specialists.router,
    credentials.router,
    accounts.router,
    policies.router,
    audit.router,
    keys.router,
    health.router,
)
"""Every router, in the order in which paths are looked up."""
