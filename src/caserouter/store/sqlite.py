"""SQLite: one process owns the file; its threads write one after the other and read beside."""

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, ClassVar, Literal

import sqlalchemy as sa

from caserouter.domain.errors import StoreError
from caserouter.store.backend import Backend, pool_options
from caserouter.store.lock_file import LockFile
from caserouter.store.paths import is_file
from caserouter.store.reading import HEADS, Head
from caserouter.store.schema import require_current
from caserouter.store.translation import translated
from caserouter.store.urls import sqlite_path

_BUSY_SECONDS = 5
_OLDEST = (3, 35, 0)
BEGIN_WRITING = "BEGIN IMMEDIATE"
"""Value of the execution option ``begins_with`` for a transaction that writes; None begins none."""


class SQLite(Backend):
    """A file that this process owns, unless it only reads.

    Parameters
    ----------
    address
        Where the file is.
    pool_size
        Largest number of connections.
    read_only
        Whether the file may belong to another process; then nothing can be written, and a backup stays as it is.

    Raises
    ------
    StoreError
        If there is no such file, it is not ours, or its schema is not this version's.
    Conflict
        If another process owns it.
    """

    dialect: ClassVar[Literal["sqlite", "postgresql"]] = "sqlite"
    reading_options: ClassVar[Mapping[str, Any]] = MappingProxyType({})
    glance_options: ClassVar[Mapping[str, Any]] = MappingProxyType({"begins_with": None})

    def __init__(self, address: sa.URL, *, pool_size: int, read_only: bool) -> None:
        path = sqlite_path(address)
        if not is_file(path):
            raise StoreError(f"{path}: there is no such database; create it with `caserouter db upgrade`")
        self._writable = not read_only
        self._turns = threading.Lock()
        self._lock_file = LockFile(path)
        if self._writable:
            self._lock_file.take()
        self.engine = sqlite_engine(address, pool_size, read_only=read_only)
        try:
            self._check()
        except BaseException:
            self.close()
            raise

    def _check(self) -> None:
        with translated(), self.engine.connect() as connection:
            require_current(connection)
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")}
        if self._writable and found != {"journal_mode": "wal", "synchronous": 2}:
            raise StoreError(
                f"SQLite runs with {found}: a decision could be lost; use a local disk that supports its write-ahead log"
            )

    @contextmanager
    def turn(self, wait_seconds: float) -> Iterator[None]:
        """Wait for the other threads of this process: SQLite itself lets writers wait in no order, for up to a second and more."""
        if not self._writable:
            raise StoreError("this database was opened for reading; stop the process that owns it, and open it for writing")
        if not self._turns.acquire(timeout=wait_seconds):
            raise StoreError(f"the database is busy: no turn to write within {wait_seconds:g} s; try again", retryable=True)
        try:
            yield
        finally:
            self._turns.release()

    def take_meta(self, connection: sa.Connection, wait_seconds: float) -> Head:  # noqa: ARG002 - the thread has its turn already
        """Begin by writing: a transaction that began by reading might be refused its first write."""
        return Head(*connection.execution_options(begins_with=BEGIN_WRITING).execute(HEADS).one())

    def close(self) -> None:
        """Close every connection and let others own the file."""
        self.engine.dispose()
        self._lock_file.free()


def sqlite_engine(address: sa.URL, pool_size: int = 1, *, read_only: bool = False) -> sa.Engine:
    """Connections that begin transactions as they are told, and write ahead and sync at each commit, if they write at all."""
    engine = sa.create_engine(
        address,
        **pool_options(pool_size),
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False, "cached_statements": 512},
    )
    sa.event.listen(engine, "connect", _set_up_reader if read_only else _set_up_writer)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _set_up_writer(connection: Any, _: object) -> None:
    _set_up(
        connection,
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "secure_delete = ON",
    )


def _set_up_reader(connection: Any, _: object) -> None:
    _set_up(connection, "query_only = ON")


def _set_up(connection: Any, *pragmas: str) -> None:
    if sqlite3.sqlite_version_info < _OLDEST:
        raise StoreError(f"SQLite {sqlite3.sqlite_version}: older than 3.35; use a Python that was built with a newer one")
    connection.isolation_level = None  # transactions begin where we say so, not where the driver guesses
    for pragma in (*pragmas, "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: sa.Connection) -> None:
    if (statement := connection.get_execution_options().get("begins_with", "BEGIN")) is not None:
        connection.exec_driver_sql(statement)
