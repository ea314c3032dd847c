"""The database: opened once a process, read from any thread, changed by one unit of work at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal, Self

import sqlalchemy as sa

from caserouter.store.backend import Backend
from caserouter.store.engines import open_backend
from caserouter.store.sqlite import BEGIN_WRITING
from caserouter.store.transaction import Transaction
from caserouter.store.translation import translated

WAIT_SECONDS = 10.0
"""How long a unit of work waits for its turn."""


Place = Literal["before_commit", "after_commit"]


def _reach_nothing(_: Place) -> None:
    """Where nobody asked to fail."""


class Database:
    """Durable state on SQLite or PostgreSQL; see `Database.open`."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._engine = backend.engine
        self._autocommitting = backend.engine.execution_options(**backend.glance_options)
        self.reach: Callable[[Place], None] = _reach_nothing
        """Called with ``before_commit`` and ``after_commit`` around every commit of an event, so that tests may fail there."""

    @classmethod
    def open(cls, url: str, *, pool_size: int = 8, read_only_ok: bool = False) -> Self:
        """Open the database at `url`.

        Parameters
        ----------
        url
            ``sqlite:///path`` or ``postgresql+psycopg://user@host/name``.
        pool_size
            Largest number of connections.
        read_only_ok
            Whether reading is enough: an SQLite file is then not owned by this process, and may be another's.

        Raises
        ------
        InvalidInput
            If the URL is neither of the two.
        StoreError
            If the database cannot be reached, is not durable as it is set up, or its schema is not this version's.
        Conflict
            If another process owns the SQLite file.
        """
        return cls(open_backend(url, pool_size=pool_size, read_only=read_only_ok))

    @property
    def dialect(self) -> Literal["sqlite", "postgresql"]:
        """Which of the two it is."""
        return self._backend.dialect

    @property
    def url(self) -> sa.URL:
        """Where it is."""
        return self._engine.url

    @contextmanager
    def exclusive(self, *, wait_seconds: float = WAIT_SECONDS) -> Iterator[Transaction]:
        """A unit of work that may change the state: nobody else does meanwhile. It commits at the end, or not at all.

        Raises
        ------
        StoreError
            If its turn does not come within `wait_seconds` (retryable), or the database fails.
        Conflict
            If a trigger or a constraint refuses what it writes.
        """
        with translated(), self._backend.turn(wait_seconds), self._backend.begun(wait_seconds) as (connection, heads):
            transaction = Transaction(connection, *heads)
            yield transaction
            transaction.flush()
            self.reach("before_commit")
            connection.commit()
            self.reach("after_commit")

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction for what is no event: heartbeats, checkpoints, keys, expiry. It does not wait for units of work on PostgreSQL."""
        with translated(), self._backend.turn(WAIT_SECONDS), self._engine.connect() as connection:
            yield connection.execution_options(begins_with=BEGIN_WRITING)
            connection.commit()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A consistent view, however many statements read it."""
        options = self._backend.reading_options
        with translated(), self._engine.connect() as connection:
            yield connection.execution_options(**options)

    @contextmanager
    def glance(self) -> Iterator[sa.Connection]:
        """A connection for a single statement: cheaper than `reading`, and each statement sees what is committed by then."""
        with translated(), self.autocommitting() as connection:
            yield connection

    def autocommitting(self) -> sa.Connection:
        """A connection on which each statement is a transaction; what the database raises on it is not translated."""
        with translated():
            return self._autocommitting.connect()

    def close(self) -> None:
        """Close every connection and let others own the file; twice is once."""
        self._backend.close()
