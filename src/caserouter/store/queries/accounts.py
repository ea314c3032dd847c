"""Accounts."""

import sqlalchemy as sa

from caserouter.store.queries.rows import Row, page, read_row, read_rows
from caserouter.store.tables import account


def account_by_id(connection: sa.Connection, account_id: str) -> Row | None:
    """An account: every column of `account`."""
    return read_row(connection, sa.select(account).where(account.c.id == account_id))


def list_accounts(
    connection: sa.Connection,
    *,
    owner: str | None = None,
    tier: str | None = None,
    at_risk: bool | None = None,
    after: tuple[str] | None = None,
    limit: int = 100,
) -> list[Row]:
    """Accounts by id; `after` is (``id``,) of the last one seen."""
    statement = sa.select(account)
    for column, value in ((account.c.owner, owner), (account.c.tier, tier), (account.c.risk, at_risk)):
        if value is not None:
            statement = statement.where(column == value)
    return read_rows(connection, page(statement, [account.c.id], after, limit))
