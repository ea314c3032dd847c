"""Versions of the policy."""

import sqlalchemy as sa

from caserouter.store.queries.rows import Row, page, read_row, read_rows
from caserouter.store.tables import policy


def policy_by_version(connection: sa.Connection, version: int) -> Row | None:
    """A version: every column of `policy`."""
    return read_row(connection, sa.select(policy).where(policy.c.version == version))


def active_policy(connection: sa.Connection) -> Row | None:
    """The version in force; None before the first."""
    return read_row(connection, sa.select(policy).where(policy.c.active))


def list_policies(connection: sa.Connection, *, after: tuple[int] | None = None, limit: int = 100) -> list[Row]:
    """Versions, the newest first; `after` is (``version``,) of the last one seen."""
    return read_rows(connection, page(sa.select(policy), [policy.c.version], after, limit, descending=True))
