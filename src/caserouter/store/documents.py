"""Accounts, versions of the policy and price inputs, as commands need to know them."""

from typing import Any

import sqlalchemy as sa

from caserouter.domain.account import Account
from caserouter.domain.service_policy import ServicePolicy
from caserouter.store.events import EventKind
from caserouter.store.tables import account, cases, event, policy
from caserouter.store.upcasting import upcast_case


def account_of(connection: sa.Connection, account_id: str) -> Account | None:
    """An account; None if there is none of this id."""
    body = connection.execute(sa.select(account.c.body).where(account.c.id == account_id)).scalar()
    return None if body is None else Account.model_validate(body)


def policy_of(connection: sa.Connection, version: int) -> ServicePolicy | None:
    """A version of the policy; None if there is none of this number."""
    document = connection.execute(sa.select(policy.c.document).where(policy.c.version == version)).scalar()
    return None if document is None else ServicePolicy.model_validate(document)


def newest_policy_version(connection: sa.Connection) -> int:
    """Number of the last version of the policy that was added; 0 before the first."""
    return connection.execute(sa.select(sa.func.max(policy.c.version))).scalar() or 0


def recent_case_bodies(connection: sa.Connection, limit: int) -> list[dict[str, Any]]:
    """The domain cases created last, as JSON, the latest first."""
    bodies = sa.select(cases.c.body, cases.c.schema_version)
    latest = bodies.order_by(cases.c.created_at.desc(), cases.c.id.desc()).limit(limit)
    return [upcast_case(body, version) for body, version in connection.execute(latest)]


def published_sample(connection: sa.Connection) -> list[dict[str, Any]] | None:
    """The sample of the price inputs published last, as JSON; None before the first."""
    last = sa.select(event.c.data).where(event.c.kind == EventKind.PRICE_INPUTS_PUBLISHED).order_by(event.c.seq.desc()).limit(1)
    data = connection.execute(last).scalar()
    return None if data is None else data["sample"]
