"""The routes, one module per resource; those of cases come first, as most requests are theirs."""

from caserouter.service.http.routes import case_commands, cases, health, keys

ROUTERS = (cases.router, case_commands.router, keys.router, health.router)
"""Every router, in the order in which paths are looked up."""
