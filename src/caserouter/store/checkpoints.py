"""Checkpoints: boards as bytes, saved now and then so that a start need not fold every event."""

import zlib
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from caserouter.store.columns import Moment
from caserouter.store.tables import checkpoint

_SAVE = sa.text(
    "INSERT INTO checkpoint (seq, body, created_at) VALUES (:seq, :body, :created_at) ON CONFLICT (seq) DO NOTHING"
).bindparams(sa.bindparam("created_at", type_=Moment))


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


def pack_checkpoint(body: bytes) -> bytes:
    """`body` as it is saved; it takes its time for a large board, so nothing that others wait for should be held meanwhile."""
    return zlib.compress(body, 6)


def save_checkpoint(connection: sa.Connection, seq: int, packed: bytes, at: datetime) -> None:
    """Save a board as it stood after the event `seq`, packed by `pack_checkpoint`; a checkpoint that is there already stays."""
    connection.execute(_SAVE, {"seq": seq, "body": packed, "created_at": at})
