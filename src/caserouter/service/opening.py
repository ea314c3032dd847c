"""Opening the service in a process: its database, the engine on it, and both closed again whatever happens."""

from collections.abc import Iterator
from contextlib import contextmanager

from caserouter.service.clock import ServiceClock
from caserouter.service.engine import Engine
from caserouter.service.settings import ServiceSettings
from caserouter.store.database import Database


@contextmanager
def opened_engine(settings: ServiceSettings, *, pool_size: int | None = None) -> Iterator[Engine]:
    """An engine that has started, closed at the end.

    Parameters
    ----------
    pool_size
        Connections of this process; those of a web process when left out.

    Raises
    ------
    StoreError
        If the database cannot be reached, or its schema is not this version's.
    Conflict
        If another process owns the file.
    """
    database = Database.open(settings.database_url, pool_size=pool_size or settings.pool_size)
    try:
        engine = Engine(database, ServiceClock.from_environment())
        engine.start()
        yield engine
    finally:
        database.close()
