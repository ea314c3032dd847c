"""Specialists with their books, and what they hold."""

import sqlalchemy as sa

from caserouter.store.queries.rows import Row, page, read_row, read_rows
from caserouter.store.tables import assignment, cases, credential, specialist
from caserouter.store.upcasting import upcast_specialist


def specialist_by_id(connection: sa.Connection, specialist_id: str) -> Row | None:
    """A specialist, retired or not: every column of `specialist`; ``capacity`` is today's, ``body`` what was last put."""
    found = read_row(connection, sa.select(specialist).where(specialist.c.id == specialist_id))
    return None if found is None else _as_it_is(found)


def list_specialists(
    connection: sa.Connection,
    *,
    team: str | None = None,
    presence: str | None = None,
    active: bool | None = None,
    after: tuple[str] | None = None,
    limit: int = 100,
) -> list[Row]:
    """Specialists by id; `after` is (``id``,) of the last one seen."""
    statement = sa.select(specialist)
    for column, value in ((specialist.c.team, team), (specialist.c.presence, presence), (specialist.c.active, active)):
        if value is not None:
            statement = statement.where(column == value)
    return [_as_it_is(one) for one in read_rows(connection, page(statement, [specialist.c.id], after, limit))]


def book_of(connection: sa.Connection, specialist_id: str) -> list[Row]:
    """What a specialist holds, since the longest first: ``case_id``, ``units``, ``started_at``, ``status``, ``priority``."""
    held = sa.select(assignment.c.case_id, assignment.c.units, assignment.c.started_at, cases.c.status, cases.c.priority)
    mine = held.join(cases, cases.c.id == assignment.c.case_id).where(
        assignment.c.specialist_id == specialist_id, assignment.c.ended_at.is_(None)
    )
    return read_rows(connection, mine.order_by(assignment.c.started_seq))


def credentials_of(connection: sa.Connection, specialist_id: str) -> list[Row]:
    """What a specialist was granted, in that order: every column of `credential`; ``revoked_seq`` is None for what is not revoked."""
    mine = sa.select(credential).where(credential.c.specialist_id == specialist_id)
    return read_rows(connection, mine.order_by(credential.c.granted_seq, credential.c.id))


def credential_by_id(connection: sa.Connection, credential_id: str) -> Row | None:
    """A credential: every column of `credential`."""
    return read_row(connection, sa.select(credential).where(credential.c.id == credential_id))


def _as_it_is(found: Row) -> Row:
    return {**found, "body": upcast_specialist(found["body"], found["schema_version"])}
