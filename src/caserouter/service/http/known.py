"""What a path names, looked up; or the error that says that there is no such thing."""

from caserouter.domain.errors import NotFound
from caserouter.store.connection import Connection
from caserouter.store.queries.accounts import account_by_id
from caserouter.store.queries.cases import case_by_id
from caserouter.store.queries.history import newest_decision
from caserouter.store.queries.policies import policy_by_version
from caserouter.store.queries.rows import Row
from caserouter.store.queries.staff import specialist_by_id

_CASE = "case; look it up by source and external id"


def known_case(connection: Connection, case_id: str) -> Row:
    """The case of this id, open or not; raises NotFound."""
    return _found(case_by_id(connection, case_id), case_id, _CASE)


def known_decision(connection: Connection, case_id: str) -> Row:
    """The last decision on the case of this id, which has one from its creation on; raises NotFound."""
    return _found(newest_decision(connection, case_id), case_id, _CASE)


def known_specialist(connection: Connection, specialist_id: str) -> Row:
    """The specialist of this id, retired or not; raises NotFound."""
    return _found(specialist_by_id(connection, specialist_id), specialist_id, "specialist; put one, or check the id")


def known_account(connection: Connection, account_id: str) -> Row:
    """The account of this id; raises NotFound."""
    return _found(account_by_id(connection, account_id), account_id, "account; put it first")


def known_policy(connection: Connection, version: int) -> Row:
    """The version of the policy; raises NotFound."""
    row = policy_by_version(connection, version)
    if row is None:
        raise NotFound(f"policy {version}: there is no such version; add it first", ids=[str(version)])
    return row


def _found(row: Row | None, name: str, what: str) -> Row:
    if row is None:
        raise NotFound(f"{name}: there is no such {what}", ids=[name])
    return row
