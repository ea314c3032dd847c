"""The lock of PostgreSQL by which one of several keepers is elected; it is free again as soon as its connection is lost."""

import time

from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import SQLAlchemyError

from caserouter.store.postgresql import postgresql_engine

LOCK = 0x6361_7365
"""Number of the advisory lock, which is one of the database's own."""
ASK_SECONDS = 5.0
"""How often the lock is asked for, and whether the connection that holds it is still there."""


class AdvisoryLock:
    """The election on PostgreSQL: won by whoever holds the advisory lock, on a connection of its own.

    Parameters
    ----------
    url
        Of the database.
    """

    def __init__(self, url: URL) -> None:
        self._engine = postgresql_engine(url).execution_options(isolation_level="AUTOCOMMIT")
        self._connection: Connection | None = None
        self._held = False
        self._next = 0.0

    def won(self) -> bool:
        """Whether the lock is held; the database is asked every `ASK_SECONDS`, and a fault of it counts as no."""
        if time.monotonic() >= self._next:
            self._held = self._ask()
            self._next = time.monotonic() + ASK_SECONDS
        return self._held

    def close(self) -> None:
        """Give up the lock with its connection."""
        self._drop()
        self._engine.dispose()

    def _ask(self) -> bool:
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            if self._held:
                self._connection.execute(text("SELECT 1"))
                return True
            return bool(self._connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": LOCK}))
        except SQLAlchemyError:
            self._drop()
            return False

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
        self._connection, self._held = None, False
