"""Specialists and what they hold: rows written from the events that concern them."""

from functools import cache
from typing import Any

import sqlalchemy as sa

from caserouter.domain.presence import ONLINE
from caserouter.store.columns import read_moment
from caserouter.store.events import Event, EventKind
from caserouter.store.tables import credential, specialist
from caserouter.store.upcasting import SPECIALIST_SCHEMA

_GRANT = sa.insert(credential)
_REVOKE = sa.update(credential).where(credential.c.id == sa.bindparam("which")).values(revoked_seq=sa.bindparam("revoked_seq"))


@cache
def _renew(columns: tuple[str, ...]) -> sa.Update:
    """The statement that changes these columns of a specialist and gives a new version; built once, as rosters are imported whole."""
    values = {name: sa.bindparam(name, type_=specialist.c[name].type) for name in columns}
    return (
        sa.update(specialist)
        .where(specialist.c.id == sa.bindparam("whose"))
        .values(values | {"version": specialist.c.version + 1})
    )


def project_specialist(connection: sa.Connection, event: Event) -> None:
    """Write what an event changes in the row of a specialist; the first `SPECIALIST_PUT` makes it."""
    changes: dict[str, Any] = {**_changes(event), "updated_seq": event.seq}
    changed = connection.execute(_renew(tuple(changes)), changes | {"whose": event.specialist_id})
    if not changed.rowcount and event.kind is EventKind.SPECIALIST_PUT:
        new = {"id": event.specialist_id, "name": "", "version": 1, "load": 0, "presence": ONLINE}
        connection.execute(sa.insert(specialist), [changes | new])


def _changes(event: Event) -> dict[str, Any]:
    data = event.data
    if event.kind is EventKind.SPECIALIST_PUT:
        body = data["specialist"]
        return {
            "body": body,
            "schema_version": SPECIALIST_SCHEMA,
            "capacity": body["capacity"],
            "team": body.get("team"),
            "active": True,
        }
    if event.kind is EventKind.PRESENCE_SET:
        return {"presence": data["presence"], "presence_until": read_moment(data.get("until"))}
    if event.kind is EventKind.CAPACITY_SET:
        return {"capacity": data["capacity"]}
    return {"active": False}


def project_credential(connection: sa.Connection, event: Event) -> None:
    """Write a credential that was granted, or that it was revoked; either gives its holder a new version."""
    key = event.data["credential"]
    if event.kind is EventKind.CREDENTIAL_REVOKED:
        connection.execute(_REVOKE, {"which": key, "revoked_seq": event.seq})
    else:
        connection.execute(_GRANT, _granted(event))
    connection.execute(_renew(("updated_seq",)), {"whose": event.specialist_id, "updated_seq": event.seq})


def _granted(event: Event) -> dict[str, Any]:
    value = event.data["value"]
    return {
        "id": event.data["credential"],
        "specialist_id": event.specialist_id,
        "kind": value["kind"],
        "jurisdictions": sorted(value.get("jurisdictions", ["any"])),
        "valid_from": value.get("valid_from"),
        "valid_until": value.get("valid_until"),
        "evidence": "",
        "granted_seq": event.seq,
    }
