"""Cases as they stand, and what is personal about them."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from caserouter.domain.lifecycle import CaseStatus
from caserouter.store.events import EventKind
from caserouter.store.queries.rows import Row, page, read_row, read_rows
from caserouter.store.tables import cases, event, personal
from caserouter.store.upcasting import upcast_case

_NEWEST_FIRST = (cases.c.created_at, cases.c.id)
_BY_URGENCY = (cases.c.priority, cases.c.created_at, cases.c.id)


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases to list; None for whatever.

    Parameters
    ----------
    status, holder, type, account, source, external_id
        Values of the columns of these names.
    """

    status: str | None = None
    holder: str | None = None
    type: str | None = None
    account: str | None = None
    source: str | None = None
    external_id: str | None = None


def case_by_id(connection: sa.Connection, case_id: str) -> Row | None:
    """A case, open or not: every column of `cases`, ``body`` being the domain case as JSON as it is now."""
    found = read_row(connection, sa.select(cases).where(cases.c.id == case_id))
    return None if found is None else _as_it_is(found)


def list_cases(
    connection: sa.Connection, wanted: CaseFilter, *, after: tuple[Any, ...] | None = None, limit: int = 100
) -> list[Row]:
    """Cases, the newest first; `after` is (``created_at``, ``id``) of the last one seen."""
    statement = sa.select(cases)
    for name in CaseFilter.__slots__:
        if (value := getattr(wanted, name)) is not None:
            statement = statement.where(cases.c[name] == value)
    found = read_rows(connection, page(statement, _NEWEST_FIRST, after, limit, descending=True))
    return [_as_it_is(one) for one in found]


def queue(connection: sa.Connection, *, after: tuple[Any, ...] | None = None, limit: int = 100) -> list[Row]:
    """Cases that wait, the most urgent first, each with ``why`` and the number of the decision that left it waiting, ``decision_seq``.

    `after` is (``priority``, ``created_at``, ``id``) of the last one seen.
    """
    last = (
        sa.select(sa.func.max(event.c.seq))
        .where(event.c.case_id == cases.c.id, event.c.kind == EventKind.CASE_QUEUED)
        .correlate(cases)
        .scalar_subquery()
    )
    waiting = page(
        sa.select(cases, last.label("decision_seq")).where(cases.c.status == CaseStatus.QUEUED), _BY_URGENCY, after, limit
    )
    found = read_rows(connection, waiting)
    decided = {one["decision_seq"] for one in found} - {None}
    data = connection.execute(sa.select(event.c.seq, event.c.data).where(event.c.seq.in_(decided)))
    why = {seq: value.get("why") for seq, value in data}
    return [{**_as_it_is(one), "why": why.get(one["decision_seq"])} for one in found]


def personal_of(connection: sa.Connection, case_id: str) -> list[Row]:
    """What is personal about a case, in the order in which it was said: ``seq``, ``at``, ``field``, ``value``; nothing once erased."""
    said = sa.select(personal.c.seq, event.c.at, personal.c.field, personal.c.value)
    mine = said.join(event, event.c.seq == personal.c.seq).where(personal.c.case_id == case_id)
    return read_rows(connection, mine.order_by(personal.c.seq, personal.c.field))


def _as_it_is(found: Row) -> Row:
    """The body with what events have changed beside it since, in today's form."""
    body = upcast_case(found["body"], found["schema_version"])
    due = found["resolution_due"]
    return {**found, "body": {**body, "resolution_due": None if due is None else due.isoformat().replace("+00:00", "Z")}}
