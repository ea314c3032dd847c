"""Accounts and policies: rows written from the events that concern them."""

import sqlalchemy as sa

from caserouter.store.events import Event, EventKind
from caserouter.store.tables import account, policy


def project_account(connection: sa.Connection, event: Event) -> None:
    """Write an account as it now is."""
    body = event.data["account"]
    columns = {
        "owner": body.get("owner"),
        "tier": body.get("tier"),
        "risk": body.get("at_risk", False),
        "health": body.get("health"),
        "body": body,
    }
    mine = sa.update(account).where(account.c.id == event.account_id)
    if not connection.execute(mine.values(**columns, version=account.c.version + 1)).rowcount:
        connection.execute(sa.insert(account), [{**columns, "id": event.account_id, "version": 1}])


def project_policy(connection: sa.Connection, event: Event) -> None:
    """Write a version of the policy, or which one is in force."""
    version = event.data["version"]
    if event.kind is EventKind.POLICY_ADDED:
        document = event.data["document"]
        name = event.data.get("name") or document.get("policy", "")
        row = {"version": version, "name": name, "document": document, "added_at": event.at, "active": False}
        connection.execute(sa.insert(policy), [row])
        return
    connection.execute(sa.update(policy).where(policy.c.active).values(active=False))
    connection.execute(sa.update(policy).where(policy.c.version == version).values(active=True, activated_at=event.at))
