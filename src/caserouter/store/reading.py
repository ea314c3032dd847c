"""Reading what the boards are made of: events in commit order, the newest checkpoint, decisions."""

import zlib
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from caserouter.domain.errors import NotFound
from caserouter.store.events import Event, EventKind
from caserouter.store.tables import checkpoint, event, meta

_WITHOUT_EVIDENCE = [column for column in event.c if column.name != "evidence"]
_AFTER = (
    sa.select(*_WITHOUT_EVIDENCE).where(event.c.seq > sa.bindparam("after")).order_by(event.c.seq).limit(sa.bindparam("limit_to"))
)
_HEAD = sa.select(meta.c.seq, meta.c.rules_seq, meta.c.room_seq)


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


class Checkpoint(NamedTuple):
    """A board as it stood after the event `seq`.

    Parameters
    ----------
    seq
        Number of the last event that it holds.
    body
        What `Board.checkpoint` returned.
    """

    seq: int
    body: bytes


def heads(connection: sa.Connection) -> Head:
    """How far the events have come, and when rules and room last changed."""
    return Head(*connection.execute(_HEAD).one())


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
        raise NotFound(f"event {seq}: there is none of this number", ids=[str(seq)])
    return _event(row, row.evidence)


def decision_of(connection: sa.Connection, seq: int) -> Event:
    """The decision numbered `seq`: a case assigned or left waiting, with its evidence.

    Raises
    ------
    NotFound
        If there is no event of this number, or it is no decision.
    """
    found = event_at(connection, seq)
    if found.kind not in {EventKind.CASE_ASSIGNED, EventKind.CASE_QUEUED}:
        raise NotFound(f"event {seq}: {found.kind} is not a decision; the decisions of a case are listed with it", ids=[str(seq)])
    return found


def newest_checkpoint(connection: sa.Connection, at_most: int | None = None) -> Checkpoint | None:
    """The newest checkpoint, or the newest that holds no event after `at_most`; None if there is none."""
    statement = sa.select(checkpoint.c.seq, checkpoint.c.body).order_by(checkpoint.c.seq.desc()).limit(1)
    if at_most is not None:
        statement = statement.where(checkpoint.c.seq <= at_most)
    row = connection.execute(statement).one_or_none()
    return Checkpoint(row.seq, zlib.decompress(row.body)) if row is not None else None


def newest_checkpoint_seq(connection: sa.Connection) -> int:
    """Number of the last event that the newest checkpoint holds; 0 before the first."""
    return int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(checkpoint.c.seq), 0))).scalar_one())


def save_checkpoint(connection: sa.Connection, seq: int, body: bytes, at: datetime) -> None:
    """Save a board as it stood after the event `seq`; a checkpoint that is there already stays."""
    save_packed_checkpoint(connection, seq, pack_checkpoint(body), at)


def pack_checkpoint(body: bytes) -> bytes:
    """`body` as it is saved; it takes its time for a large board, so nothing that others wait for should be held meanwhile."""
    return zlib.compress(body, 6)


def save_packed_checkpoint(connection: sa.Connection, seq: int, packed: bytes, at: datetime) -> None:
    """Save what `pack_checkpoint` made; see `save_checkpoint`."""
    if connection.execute(sa.select(checkpoint.c.seq).where(checkpoint.c.seq == seq)).one_or_none() is None:
        connection.execute(sa.insert(checkpoint).values(seq=seq, body=packed, created_at=at))


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
