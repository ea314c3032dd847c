"""What is due when: offers that run out, targets, commitments, returns, lapses; the keeper takes items as their time comes.

Most items follow from an event and are written by the projection; the rest is added by whoever knows that something is to be looked at
again. An item is one per (kind, case, specialist, reference): adding it again moves it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import sqlalchemy as sa

from caserouter.store.columns import Moment
from caserouter.store.tables import due


class DueKind(StrEnum):
    """What comes due; beside each, whom it names."""

    OFFER_EXPIRES = "offer_expires"
    """case, specialist: the offer was not accepted in time."""
    TARGET_WARNS = "target_warns"
    """case, ref (first_response or resolution): a target comes close."""
    TARGET_DUE = "target_due"
    """case, ref (first_response or resolution): a target is missed, unless it was met."""
    COMMITMENT_WARNS = "commitment_warns"
    """case, ref (the commitment): comes close."""
    COMMITMENT_DUE = "commitment_due"
    """case, ref (the commitment): is broken, unless it was kept."""
    CLOSE_AFTER = "close_after"
    """case: its reopen window ends."""
    FOLLOW_UP = "follow_up"
    """case: whoever it waits for is to be asked again."""
    PRESENCE_RETURNS = "presence_returns"
    """specialist: the absence was to end now."""
    CREDENTIAL_LAPSING = "credential_lapsing"
    """specialist, ref (the credential): lapses soon."""
    CREDENTIAL_LAPSES = "credential_lapses"
    """specialist, ref (the credential): has lapsed."""
    INTAKE_OPENS = "intake_opens"
    """specialist, ref (the leave): the ramp after leave is over."""
    ABSENCES = "absences"
    """specialist, ref (presence, or the leave): an absence that may be a long one."""
    PULL = "pull"
    """Nobody, or a specialist: a pull that was cut short goes on."""


class DueItem(NamedTuple):
    """One thing that comes due.

    Parameters
    ----------
    at
        When, in UTC.
    kind
        What.
    case_id, specialist_id, ref
        Whom and what it names; empty where nobody.
    """

    at: datetime
    kind: DueKind
    case_id: str = ""
    specialist_id: str = ""
    ref: str = ""


_ADD = sa.text(
    "INSERT INTO due (at, kind, case_id, specialist_id, ref) VALUES (:at, :kind, :case_id, :specialist_id, :ref) "
    "ON CONFLICT (case_id, specialist_id, kind, ref) DO UPDATE SET at = excluded.at"
).bindparams(sa.bindparam("at", type_=Moment))


def add(connection: sa.Connection, items: Sequence[DueItem]) -> None:
    """Add `items`; one that is there already is moved to its new moment."""
    if items:
        connection.execute(_ADD, [item._asdict() for item in items])


def put_off(connection: sa.Connection, item: DueItem) -> None:
    """Move an item to the moment that `item` states, if it is there."""
    mine = [due.c[name] == getattr(item, name) for name in ("kind", "case_id", "specialist_id", "ref")]
    connection.execute(sa.update(due).where(*mine).values(at=item.at))


def drop(
    connection: sa.Connection, kinds: Iterable[DueKind], *, case_id: str = "", specialist_id: str = "", ref: str | None = None
) -> None:
    """Delete the items of these kinds for a case, or for a specialist; `ref` narrows it to one."""
    owner = due.c.case_id == case_id if case_id else (due.c.case_id == "") & (due.c.specialist_id == specialist_id)
    statement = sa.delete(due).where(owner, due.c.kind.in_(list(kinds)))
    connection.execute(statement if ref is None else statement.where(due.c.ref == ref))


def take(connection: sa.Connection, now: datetime, limit: int = 100) -> list[DueItem]:
    """Delete and return the items due by `now`, the earliest first: if the transaction fails, they are there again."""
    first = sa.select(due.c.id).where(due.c.at <= now).order_by(due.c.at, due.c.id).limit(limit).scalar_subquery()
    rows = connection.execute(sa.delete(due).where(due.c.id.in_(first)).returning(due)).all()
    return [_item(row) for row in sorted(rows, key=lambda row: (row.at, row.id))]


def next_due(connection: sa.Connection) -> datetime | None:
    """When the earliest item comes due; None if nothing is."""
    return connection.execute(sa.select(sa.func.min(due.c.at, type_=Moment))).scalar()


def items_of(connection: sa.Connection, *, case_id: str = "", specialist_id: str = "") -> list[DueItem]:
    """What is due for a case or for a specialist, the earliest first."""
    chosen = sa.select(due).where(due.c.case_id == case_id, due.c.specialist_id == specialist_id if specialist_id else sa.true())
    return [_item(row) for row in connection.execute(chosen.order_by(due.c.at, due.c.id))]


def _item(row: sa.Row[tuple[object, ...]]) -> DueItem:
    return DueItem(row.at, DueKind(row.kind), row.case_id, row.specialist_id, row.ref)
