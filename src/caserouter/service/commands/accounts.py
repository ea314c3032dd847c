"""Accounts: owner, tier, risk and health, as whoever looks after them states it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from caserouter.domain.account import Account
from caserouter.domain.errors import NotFound
from caserouter.service.findings import read_fields
from caserouter.service.unit import Unit
from caserouter.store.documents import account_of
from caserouter.store.events import EventKind


class AccountPut(NamedTuple):
    """What became of an account.

    Parameters
    ----------
    account
        As it now is.
    created
        Whether there was none of this id before.
    changed
        Whether anything was recorded.
    """

    account: Account
    created: bool
    changed: bool


def put_account(unit: Unit, account: Account) -> AccountPut:
    """State everything about an account. Its owner need not be on the roster: other systems know more people."""
    known = account_of(unit.connection, account.id)
    if known != account:
        data = {"account": account.model_dump(mode="json")}
        unit.record(EventKind.ACCOUNT_PUT, account_id=account.id, data=data)
    return AccountPut(account, created=known is None, changed=known != account)


def patch_account(unit: Unit, account_id: str, changes: Mapping[str, Any]) -> AccountPut:
    """Change some fields of an account, as JSON by name; null takes a field's default.

    Raises
    ------
    NotFound
        If there is no such account.
    InvalidInput
        If what comes out is no account.
    """
    known = account_of(unit.connection, account_id)
    if known is None:
        raise NotFound(f"{account_id}: there is no such account; put it first", ids=[account_id])
    body = known.model_dump(mode="json") | dict(changes) | {"id": account_id}
    body = {name: value for name, value in body.items() if value is not None}
    return put_account(unit, read_fields(Account, body, account_id))
