"""The create's commit on PostgreSQL, in one statement: counter, case, events, assignment, answer; all of it or nothing.

The statement takes `meta` first, as every change does, and goes on only if nothing that matters has happened since the decision: no change
of rules, no room freed if the case is to wait, no end of a shift. Whether there is still room for the case is for the trigger to say. It
needs one trip to the server where a unit of work needs ten, and holds `meta` for as long as the commit takes.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

import psycopg
import sqlalchemy as sa

from caserouter.domain.errors import StoreError
from caserouter.store.columns import encode
from caserouter.store.creation_rows import numbered, read_back, rows_of
from caserouter.store.creation_statement import STATEMENT
from caserouter.store.database import Database
from caserouter.store.events import Event, EventKind
from caserouter.store.idempotency import Answer, Scope
from caserouter.store.tables import event as event_table
from caserouter.store.translation import REFUSED, in_our_words

_REPEATED = {
    "idempotency_pkey": "idempotency",
    "cases_source_external_id_key": "external_id",
    "cases_pkey": "case",
    "due_case_id_specialist_id_kind_ref_key": "case",  # the statement's parts run in no stated order
}


@dataclass(frozen=True, slots=True)
class Creation:
    """A case to be created, with the decision on it.

    Parameters
    ----------
    events
        The creation, then the decision, then the commitments made with it; their numbers do not count.
    seen
        Number of the last event that the decision saw.
    now, valid_until
        When it was made, and until when it holds: the end of a shift or the lapse of a credential may come before the commit.
    changes_rules
        Whether it uses up a limit of intake, so that decisions that have not seen it are made again.
    personal
        What may be erased, by field.
    answer
        What to keep for a repetition of the request.
    """

    events: tuple[Event, ...]
    seen: int
    now: datetime
    valid_until: datetime
    changes_rules: bool = False
    personal: dict[str, str] = field(default_factory=dict)
    answer: tuple[Scope, Answer] | None = None
    _made: float = field(default_factory=monotonic, repr=False, compare=False)

    def moment(self) -> datetime:
        """The moment by now: whoever sends it may have waited for a connection, while a shift or a credential ended."""
        return self.now + timedelta(seconds=monotonic() - self._made)


@dataclass(frozen=True, slots=True)
class Created:
    """It is committed.

    Parameters
    ----------
    events
        With the numbers that they got.
    """

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Stale:
    """Nothing was written: something that matters has happened since the decision. Catch up and decide again."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """Nothing was written, because it was done before.

    Parameters
    ----------
    of
        What is there already: the answer to this key (``idempotency``), the source's id (``external_id``), or the case's own (``case``).
    """

    of: str


def create_at_once(database: Database, creation: Creation) -> Created | Stale | Repeated:
    """Commit a creation in one statement, on PostgreSQL.

    If the connection is lost, it may have been committed or not: then it is looked for, and sent again if it is not there. As the case's
    id is the caller's, it cannot be written twice.

    Raises
    ------
    StoreError
        If the database is busy or out of reach (retryable), or refuses.
    """
    events = read_back(creation.events)
    parameters = {
        "num_events": len(events),
        "seen": creation.seen,
        "assigned": any(event.kind is EventKind.CASE_ASSIGNED for event in events),
        "changes_rules": creation.changes_rules,
        "valid_until": creation.valid_until,
        **{table: encode(rows) for table, rows in rows_of(events, creation.personal, creation.answer).items()},
    }
    try:
        return _commit(database, creation, parameters, events)
    except _Lost:
        return _find(database, events) or _commit(database, creation, parameters, events)


class _Lost(StoreError):
    """The connection was lost, before the commit or after it."""


def _commit(
    database: Database, creation: Creation, parameters: dict[str, Any], events: tuple[Event, ...]
) -> Created | Stale | Repeated:
    """Run the statement, on the driver itself: SQLAlchemy's share of it would be as long as the driver's."""
    with database.autocommitting() as connection:
        driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
        database.reach("before_commit")
        try:
            row = driver.execute(STATEMENT, parameters | {"now": creation.moment()}).fetchone()
            if row is None:
                return Stale()
            database.reach("after_commit")
            return Created(numbered(events, row[0]))
        except psycopg.Error as error:
            lost = driver.closed or (isinstance(error, psycopg.OperationalError) and not error.sqlstate)
            if not lost:
                return _refusal(error)
            connection.invalidate(error)
            raise _Lost(in_our_words(error, lost=True).message, retryable=True) from error


def _find(database: Database, events: tuple[Event, ...]) -> Created | None:
    with database.glance() as connection:
        mine = sa.select(sa.func.min(event_table.c.seq)).where(event_table.c.case_id == events[0].case_id)
        first = connection.execute(mine).scalar()
    return None if first is None else Created(numbered(events, first - 1))


def _refusal(error: psycopg.Error) -> Stale | Repeated:
    """What a refusal of the database means; what means nothing to us is raised."""
    if error.sqlstate == REFUSED:
        return Stale()
    if error.sqlstate == "23505" and error.diag.constraint_name in _REPEATED:
        return Repeated(_REPEATED[error.diag.constraint_name])
    raise in_our_words(error) from error
