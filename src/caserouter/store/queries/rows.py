"""Rows as plain dictionaries, and pages of them."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

Row = dict[str, Any]


def read_rows(connection: sa.Connection, statement: sa.Select[Any]) -> list[Row]:
    """The rows of a query."""
    return [dict(row) for row in connection.execute(statement).mappings()]


def read_row(connection: sa.Connection, statement: sa.Select[Any]) -> Row | None:
    """The one row of a query; None if there is none."""
    found = connection.execute(statement).mappings().one_or_none()
    return None if found is None else dict(found)


def page(
    statement: sa.Select[Any],
    keys: Sequence[sa.ColumnElement[Any]],
    after: Sequence[Any] | None,
    limit: int,
    *,
    descending: bool = False,
) -> sa.Select[Any]:
    """The next `limit` rows in the order of `keys`, whose last is unique, beginning behind the row whose keys are `after`."""
    if after is not None:
        mine, others = sa.tuple_(*keys), sa.tuple_(*(sa.literal(value, key.type) for value, key in zip(after, keys, strict=True)))
        statement = statement.where(mine < others if descending else mine > others)
    return statement.order_by(*(key.desc() if descending else key for key in keys)).limit(limit)
