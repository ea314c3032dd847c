"""What a database has to offer, whichever it is."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any, ClassVar, Literal

import sqlalchemy as sa

from caserouter.store.columns import decode, encode
from caserouter.store.reading import Head

POOL_SECONDS = 10
"""How long a thread waits for a connection of the pool."""


class Backend(ABC):
    """A pool of connections, and the ways of one database."""

    dialect: ClassVar[Literal["sqlite", "postgresql"]]
    reading_options: ClassVar[Mapping[str, Any]]
    """Execution options of a connection that reads."""
    glance_options: ClassVar[Mapping[str, Any]]
    """Execution options of a connection on which each statement is a transaction."""
    engine: sa.Engine

    @abstractmethod
    def turn(self, wait_seconds: float) -> AbstractContextManager[None]:
        """Hold the right to write, where the database leaves it to the process."""

    @abstractmethod
    def take_meta(self, connection: sa.Connection, wait_seconds: float) -> Head:
        """Begin a transaction by taking the row that counts the events."""

    @contextmanager
    def begun(self, wait_seconds: float) -> Iterator[tuple[sa.Connection, Head]]:
        """A connection within a transaction that holds `meta`.

        A connection that was lost while it lay in the pool is replaced once: nothing has been done with it yet.
        """
        connection = self.engine.connect()
        try:
            try:
                head = self.take_meta(connection, wait_seconds)
            except sa.exc.DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                connection.close()
                connection = self.engine.connect()
                head = self.take_meta(connection, wait_seconds)
            yield connection, head
        finally:
            connection.close()

    @abstractmethod
    def close(self) -> None:
        """Close every connection, and free what the process holds."""


def pool_options(pool_size: int) -> dict[str, Any]:
    """What every engine is created with: a pool of `pool_size` connections at most, and JSON as `store.columns` writes it."""
    return {
        "pool_size": pool_size,
        "max_overflow": 0,
        "pool_timeout": POOL_SECONDS,
        "pool_use_lifo": True,
        "hide_parameters": True,  # they may be personal, and errors are logged
        "json_serializer": encode,
        "json_deserializer": decode,
    }
