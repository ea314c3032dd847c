"""API keys: digests of tokens, and what each may be used for."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from caserouter.store.tables import api_key


class StoredKey(NamedTuple):
    """An API key as the database has it.

    Parameters
    ----------
    id, prefix
        Its id, and the part of its token that may be shown.
    hash
        Digest of the token.
    scopes
        What it may be used for.
    name
        What it is for, in the operator's words.
    rate_per_minute
        Requests that it may make in a minute; None for no limit.
    created_at, expires_at, revoked_at
        When it was made; from when on it does not work, None for never; when it was revoked, None for not.
    replaced_by
        Id of the key that takes its place; None for none.
    """

    id: str
    prefix: str
    hash: str
    scopes: tuple[str, ...]
    name: str
    rate_per_minute: int | None
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    replaced_by: str | None = None

    def works(self, now: datetime) -> bool:
        """Whether it may be used at `now`."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


_SELECT = sa.select(*(api_key.c[name] for name in StoredKey._fields))
_BY_HASH = _SELECT.where(api_key.c.hash == sa.bindparam("hash"))
_BY_ID = _SELECT.where(api_key.c.id == sa.bindparam("id"))


def insert_key(connection: sa.Connection, key: StoredKey) -> None:
    """Add a key."""
    connection.execute(sa.insert(api_key), [key._asdict() | {"scopes": list(key.scopes)}])


def find_key(connection: sa.Connection, digest: str) -> StoredKey | None:
    """The key whose token has this digest, whether it works or not."""
    return _read_one(connection.execute(_BY_HASH, {"hash": digest}))


def key_by_id(connection: sa.Connection, key_id: str) -> StoredKey | None:
    """The key of this id."""
    return _read_one(connection.execute(_BY_ID, {"id": key_id}))


def all_keys(connection: sa.Connection) -> list[StoredKey]:
    """Every key, the oldest first; those that no longer work as well."""
    return [_read(row) for row in connection.execute(_SELECT.order_by(api_key.c.created_at, api_key.c.id)).mappings()]


def any_key(connection: sa.Connection) -> bool:
    """Whether there ever was a key."""
    return connection.execute(sa.select(api_key.c.id).limit(1)).first() is not None


def mark_revoked(connection: sa.Connection, key_id: str, at: datetime) -> None:
    """Let a key work no longer."""
    connection.execute(sa.update(api_key).where(api_key.c.id == key_id), {"revoked_at": at})


def mark_replaced(connection: sa.Connection, key_id: str, by: str, until: datetime) -> None:
    """Let a key work until `until`, since another one takes its place."""
    connection.execute(sa.update(api_key).where(api_key.c.id == key_id), {"replaced_by": by, "expires_at": until})


def _read_one(found: sa.CursorResult[Any]) -> StoredKey | None:
    row = found.mappings().one_or_none()
    return None if row is None else _read(row)


def _read(row: sa.RowMapping) -> StoredKey:
    return StoredKey(**{**row, "scopes": tuple(row["scopes"])})
