"""Answers kept for repeated requests: the same key, method and path get the same bytes again."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from caserouter.store.tables import idempotency


class Scope(NamedTuple):
    """What makes two requests the same.

    Parameters
    ----------
    key_id
        Id of the API key.
    method, path
        Of the request.
    key
        The client's ``Idempotency-Key``.
    """

    key_id: str
    method: str
    path: str
    key: str


class Answer(NamedTuple):
    """An answer as it was first given.

    Parameters
    ----------
    fingerprint
        Digest of the request's body: another body under the same key is a mistake.
    status, headers, body
        The response.
    created_at, expires_at
        When it was given, and from when on it may be forgotten.
    """

    fingerprint: str
    status: int
    headers: dict[str, str]
    body: bytes
    created_at: datetime
    expires_at: datetime


_ANSWER = [idempotency.c[name] for name in Answer._fields]
_SCOPE = [idempotency.c[name] for name in Scope._fields]
_FIND = sa.select(*_ANSWER).where(*(column == sa.bindparam(column.name) for column in _SCOPE))
_INSERT = sa.insert(idempotency)


def find(connection: sa.Connection, scope: Scope) -> Answer | None:
    """The answer that was given in this scope, until `expire` deletes it; None if there is none."""
    row = connection.execute(_FIND, scope._asdict()).one_or_none()
    return None if row is None else Answer(*row)


def answer_row(scope: Scope, answer: Answer) -> dict[str, Any]:
    """The row that keeps `answer`."""
    return {**scope._asdict(), **answer._asdict()}


def insert(connection: sa.Connection, scope: Scope, answer: Answer) -> None:
    """Keep `answer`; to be called in the transaction that it answers for."""
    connection.execute(_INSERT, [answer_row(scope, answer)])


def expire(connection: sa.Connection, now: datetime, limit: int = 1000) -> int:
    """Forget at most `limit` answers whose time has come; how many there were."""
    old = sa.select(*_SCOPE).where(idempotency.c.expires_at <= now).limit(limit)
    return connection.execute(sa.delete(idempotency).where(sa.tuple_(*_SCOPE).in_(old))).rowcount
