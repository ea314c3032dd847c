"""Who holds which case, from when to when, and how much of the book it takes; the triggers keep the sum."""

from typing import Any

import sqlalchemy as sa

from caserouter.store.events import Event, EventKind
from caserouter.store.tables import assignment

_ENDS = {EventKind.CASE_RELEASED: "released", EventKind.CASE_RESOLVED: "resolved", EventKind.CASE_CANCELLED: "cancelled"}
_TAKE = sa.insert(assignment)
_OPEN_OF_CASE = sa.and_(assignment.c.case_id == sa.bindparam("of_case"), assignment.c.ended_at.is_(None))
_END = sa.update(assignment).where(_OPEN_OF_CASE)


def new_assignment(event: Event) -> dict[str, Any]:
    """The row of an assignment that just began."""
    return {
        "case_id": event.case_id,
        "specialist_id": event.specialist_id,
        "units": event.data["units"],
        "started_seq": event.seq,
        "started_at": event.at,
    }


def project_assignment(connection: sa.Connection, event: Event) -> None:
    """Begin or end an assignment, or change what it takes of the book."""
    if event.kind is EventKind.CASE_ASSIGNED:
        connection.execute(_TAKE, [new_assignment(event)])
    elif event.kind in _ENDS:
        reason = event.data.get("reason") or _ENDS[event.kind]
        ended = _END.values(ended_seq=event.seq, ended_at=event.at, end_reason=reason)
        connection.execute(ended, {"of_case": event.case_id})
    elif event.data.get("units") is not None:
        connection.execute(_END.values(units=event.data["units"]), {"of_case": event.case_id})
