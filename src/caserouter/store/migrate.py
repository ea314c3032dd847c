"""Bringing a database to the schema of this version; an SQLite file is backed up first."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command

from caserouter.domain.errors import StoreError
from caserouter.store import schema
from caserouter.store.copies import copy_sqlite
from caserouter.store.lock_file import LockFile
from caserouter.store.paths import is_file
from caserouter.store.postgresql import postgresql_engine
from caserouter.store.sqlite import BEGIN_WRITING, sqlite_engine
from caserouter.store.translation import translated
from caserouter.store.urls import parse_url, sqlite_path

_ONE_AT_A_TIME = 0x63726D69  # key of an advisory lock: two who migrate at once wait for each other


def current(url: str) -> str | None:
    """The schema that the database at `url` has; None if it is empty, or an SQLite file that does not exist.

    Raises
    ------
    StoreError
        If it cannot be reached.
    """
    address = parse_url(url)
    if address.get_backend_name() == "sqlite" and not is_file(sqlite_path(address)):
        return None
    with _connected(address) as connection:
        return schema.current_of(connection)


def upgrade(url: str, revision: str = "head") -> Path | None:
    """Bring the database at `url` to the schema of this version, or to `revision`; an SQLite file is created where there is none.

    Returns
    -------
    Path or None
        The backup of an SQLite file that had to change; None where nothing was backed up.

    Raises
    ------
    StoreError
        If it has a schema that this version does not know, or cannot be reached or written.
    Conflict
        If another process owns the SQLite file.
    """
    address = parse_url(url)
    if address.get_backend_name() != "sqlite":
        with _connected(address) as connection:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
            schema.require_known(schema.current_of(connection))
            _run(connection, revision)
        return None
    path = sqlite_path(address)
    _create_private(path)
    lock = LockFile(path)
    lock.take()
    try:
        found = current(url)
        schema.require_known(found)  # before the copy: a service that is started again and again would fill the disk with them
        backup = _back_up(path, found, schema.head() if revision == "head" else revision)
        with _connected(address) as connection:
            _run(connection, revision)
        return backup
    finally:
        lock.free()


def _run(connection: sa.Connection, revision: str) -> None:
    config = schema.configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


@contextmanager
def _connected(address: sa.URL) -> Iterator[sa.Connection]:
    """A transaction without a limit of time, in which a migration happens as a whole or not at all."""
    is_sqlite = address.get_backend_name() == "sqlite"
    engine = sqlite_engine(address) if is_sqlite else postgresql_engine(address, statement_seconds=0)
    try:
        with translated(), engine.connect() as connection, connection.execution_options(begins_with=BEGIN_WRITING).begin():
            yield connection
    finally:
        engine.dispose()


def _create_private(path: Path) -> None:
    """Make an empty file that others on this machine may not read, unless it is there."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be written ({error.strerror}); name a file in a directory that exists and is writable"
        ) from error


def _back_up(path: Path, found: str | None, wanted: str) -> Path | None:
    if found is None or found == wanted:
        return None
    backup = path.with_name(f"{path.name}.schema-{found}.bak")
    number = 1
    while backup.exists():
        number += 1
        backup = path.with_name(f"{path.name}.schema-{found}-{number}.bak")
    copy_sqlite(path, backup)
    return backup
