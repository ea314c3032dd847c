"""Starting the service: one process on SQLite, a supervisor with its processes on PostgreSQL."""

import logging
import os
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

from caserouter.domain.errors import InvalidInput
from caserouter.service.clock import warn_of_test_clock
from caserouter.service.first_key import ensure_key
from caserouter.service.listening import address_of, bind
from caserouter.service.logging import configure_logging
from caserouter.service.opening import opened_engine
from caserouter.service.processes import KEEPER_POOL, run_alone
from caserouter.service.settings import ServiceSettings
from caserouter.service.stopping import Stop
from caserouter.service.supervisor import Supervisor
from caserouter.store import migrate
from caserouter.store.database import Database

_logger = logging.getLogger(__name__)
_OTHER_CONNECTIONS = 2
"""The keeper's lock, and a command of the operator's."""


def serve(
    settings: ServiceSettings,
    *,
    on_warming: Callable[[], None],
    on_ready: Callable[[str], None],
    on_key_file: Callable[[Path], None],
) -> None:
    """Run the service until it is told to stop.

    Parameters
    ----------
    on_warming
        Told before the first decision is compiled, which may take a while.
    on_ready
        Told the URL once requests are answered.
    on_key_file
        Told where the first key was written, if there was no terminal to show it on.

    Raises
    ------
    Conflict
        If the port is in use, or another process owns the SQLite file.
    StoreError
        If the database cannot be used, as one of an older schema on PostgreSQL.
    InvalidInput
        If the database has too few connections for the settings.
    """
    stop = Stop()
    configure_logging(settings.log_level)
    warn_of_test_clock()
    bound = bind(settings.host, settings.port)
    url = address_of(bound)
    try:
        if settings.dialect == "sqlite":
            _serve_alone(settings, bound, stop, on_warming, lambda: on_ready(url), on_key_file)
        else:
            _serve_supervised(settings, bound, stop, on_warming, lambda: on_ready(url), on_key_file)
    finally:
        bound.close()
    _logger.info("stopped")


def _serve_alone(
    settings: ServiceSettings,
    bound: socket.socket,
    stop: Stop,
    on_warming: Callable[[], None],
    on_ready: Callable[[], None],
    on_key_file: Callable[[Path], None],
) -> None:
    """One process: it creates or upgrades the file, and owns it."""
    migrate.upgrade(settings.database_url)
    with opened_engine(settings, pool_size=settings.pool_size + KEEPER_POOL) as engine:
        if path := ensure_key(engine, settings):
            on_key_file(path)
        on_warming()
        run_alone(settings, engine, bound, stop, on_ready)


def _serve_supervised(
    settings: ServiceSettings,
    bound: socket.socket,
    stop: Stop,
    on_warming: Callable[[], None],
    on_ready: Callable[[], None],
    on_key_file: Callable[[Path], None],
) -> None:
    """Several processes: this one looks at the database first, then after the others."""
    with opened_engine(settings, pool_size=1) as engine:
        _check_connections(settings, engine.database)
        if path := ensure_key(engine, settings):
            on_key_file(path)
    on_warming()
    with tempfile.TemporaryDirectory(prefix="caserouter-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        Supervisor(settings, bound, stop).run(on_ready)


def _check_connections(settings: ServiceSettings, database: Database) -> None:
    """Refuse settings that would run out of the database's connections under load.

    Raises
    ------
    InvalidInput
        If they would.
    """
    with database.reading() as connection:
        most = int(connection.exec_driver_sql("SHOW max_connections").scalar_one())
        reserved = int(connection.exec_driver_sql("SHOW superuser_reserved_connections").scalar_one())
    needed = settings.workers * settings.pool_size + KEEPER_POOL + _OTHER_CONNECTIONS
    if needed > most - reserved:
        raise InvalidInput(
            f"{settings.workers} workers × pool_size {settings.pool_size}: {needed} connections with the keeper's, and the database "
            f"allows {most - reserved}; lower workers or pool_size, or raise max_connections"
        )
