"""What happened: the audit log, the decisions on a case, and what was announced."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from caserouter.store.events import DECISIONS, EventKind
from caserouter.store.queries.rows import Row, page, read_rows
from caserouter.store.tables import event

ANNOUNCEMENTS = (
    EventKind.TARGET_WARNED,
    EventKind.TARGET_MISSED,
    EventKind.COMMITMENT_DUE,
    EventKind.COMMITMENT_MISSED,
    EventKind.CREDENTIAL_LAPSING,
)
"""Kinds of events that tell people what comes, or what was missed."""

_BRIEF = [column for column in event.c if column.name != "evidence"]


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events to list; None, or no kinds, for whatever.

    Parameters
    ----------
    kinds
        What happened.
    case_id, specialist_id, account_id
        Whom it concerns.
    actor, request_id
        Who asked for it, and in which request.
    since, until
        From when on, and before when.
    """

    kinds: tuple[EventKind, ...] = ()
    case_id: str | None = None
    specialist_id: str | None = None
    account_id: str | None = None
    actor: str | None = None
    request_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None


_EQUAL = ("case_id", "specialist_id", "account_id", "actor", "request_id")


def list_events(
    connection: sa.Connection,
    wanted: EventFilter,
    *,
    after: int | None = None,
    limit: int = 100,
    evidence: bool = False,
    newest_first: bool = False,
) -> list[Row]:
    """Events in the order of their commits, or the newest first; `after` is the number of the last one seen.

    Parameters
    ----------
    evidence
        Whether to read what decisions were made from as well.
    """
    statement = sa.select(event) if evidence else sa.select(*_BRIEF)
    if wanted.kinds:
        statement = statement.where(event.c.kind.in_([str(kind) for kind in wanted.kinds]))
    for name in _EQUAL:
        if (value := getattr(wanted, name)) is not None:
            statement = statement.where(event.c[name] == value)
    if wanted.since is not None:
        statement = statement.where(event.c.at >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(event.c.at < wanted.until)
    return read_rows(
        connection, page(statement, [event.c.seq], None if after is None else (after,), limit, descending=newest_first)
    )


def decisions_of_case(connection: sa.Connection, case_id: str, *, after: int | None = None, limit: int = 100) -> list[Row]:
    """The decisions on a case with their evidence, the newest first."""
    wanted = EventFilter(kinds=DECISIONS, case_id=case_id)
    return list_events(connection, wanted, after=after, limit=limit, evidence=True, newest_first=True)


def newest_decision(connection: sa.Connection, case_id: str) -> Row | None:
    """The last decision on a case, with its evidence; None if there is none."""
    return next(iter(decisions_of_case(connection, case_id, limit=1)), None)


def announcements(connection: sa.Connection, *, after: int | None = None, limit: int = 100) -> list[Row]:
    """What was announced, in order; `after` is the number of the last one seen."""
    return list_events(connection, EventFilter(kinds=ANNOUNCEMENTS), after=after, limit=limit)
