"""Commitments that are still to be kept."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from caserouter.domain.lifecycle import CaseStatus
from caserouter.store.queries.rows import Row, page, read_rows
from caserouter.store.tables import cases, commitment

_WITH_HOLDER = sa.select(commitment, cases.c.holder, cases.c.status).join(cases, cases.c.id == commitment.c.case_id)
_AT_AN_END = [CaseStatus.CLOSED, CaseStatus.CANCELLED]
_BY_DUE = (commitment.c.due, commitment.c.id)


def list_commitments(
    connection: sa.Connection,
    *,
    due_before: datetime | None = None,
    holder: str | None = None,
    after: tuple[Any, ...] | None = None,
    limit: int = 100,
) -> list[Row]:
    """Commitments that are still to be kept, overdue or not, in cases that are not at an end, the earliest due first: every column of `commitment`, and ``holder`` and ``status`` of its case.

    `after` is (``due``, ``id``) of the last one seen.
    """
    statement = _WITH_HOLDER.where(commitment.c.kept_at.is_(None), cases.c.status.not_in(_AT_AN_END))
    if due_before is not None:
        statement = statement.where(commitment.c.due < due_before)
    if holder is not None:
        statement = statement.where(cases.c.holder == holder)
    return read_rows(connection, page(statement, _BY_DUE, after, limit))
