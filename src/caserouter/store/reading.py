"""Reading what the boards are made of: events in the order of their commits, decisions, and how far they have come."""

from typing import Any, NamedTuple

import sqlalchemy as sa

from caserouter.domain.errors import NotFound
from caserouter.store.events import DECISIONS, Event, EventKind
from caserouter.store.tables import event, meta

_WITHOUT_EVIDENCE = [column for column in event.c if column.name != "evidence"]
_AFTER = (
    sa.select(*_WITHOUT_EVIDENCE).where(event.c.seq > sa.bindparam("after")).order_by(event.c.seq).limit(sa.bindparam("limit_to"))
)
HEADS = sa.select(meta.c.seq, meta.c.rules_seq, meta.c.room_seq).where(meta.c.id == 1)
"""The row that counts the events, as `Head` has it."""


class Head(NamedTuple):
    """How far the events have come.

    Parameters
    ----------
    seq
        Number of the last event.
    rules_seq
        Of the last one that changed who may take which case.
    room_seq
        Of the last one after which a waiting case may find somebody.
    """

    seq: int
    rules_seq: int
    room_seq: int


def heads(connection: sa.Connection) -> Head:
    """How far the events have come, and when rules and room last changed."""
    return Head(*connection.execute(HEADS).one())


def head(connection: sa.Connection) -> int:
    """Number of the last event; 0 before the first."""
    return heads(connection).seq


def events_after(connection: sa.Connection, seq: int, limit: int = 5000) -> list[Event]:
    """The events after `seq` in commit order, at most `limit` of them, without their evidence."""
    return [_event(row, None) for row in connection.execute(_AFTER, {"after": seq, "limit_to": limit})]


def event_at(connection: sa.Connection, seq: int) -> Event:
    """The event numbered `seq`, with its evidence.

    Raises
    ------
    NotFound
        If there is none.
    """
    row = connection.execute(sa.select(event).where(event.c.seq == seq)).one_or_none()
    if row is None:
        raise NotFound(f"event {seq}: there is none of this number; take one from the decisions of a case", ids=[str(seq)])
    return _event(row, row.evidence)


def decision_of(connection: sa.Connection, seq: int) -> Event:
    """The decision numbered `seq`: a case assigned or left waiting, with its evidence.

    Raises
    ------
    NotFound
        If there is no event of this number, or it is no decision.
    """
    found = event_at(connection, seq)
    if found.kind not in DECISIONS:
        raise NotFound(f"event {seq}: {found.kind} is not a decision; the decisions of a case are listed with it", ids=[str(seq)])
    return found


def _event(row: sa.Row[Any], evidence: dict[str, Any] | None) -> Event:
    return Event(
        row.seq,
        row.at,
        EventKind(row.kind),
        row.data,
        row.case_id,
        row.specialist_id,
        row.account_id,
        row.actor,
        row.request_id,
        evidence,
    )
