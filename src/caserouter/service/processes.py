"""What each process of the service does: answer requests, keep time, or on SQLite both in one.

Each imports what it needs as it begins, so that a web process starts without the solver, and the supervisor without either.
"""

import logging
import socket
import threading
from collections.abc import Callable

from caserouter.service.engine import Engine
from caserouter.service.opening import opened_engine
from caserouter.service.settings import ServiceSettings
from caserouter.service.stopping import Stop
from caserouter.service.warming import warm_up

KEEPER_POOL = 3
"""Connections of the keeper's process, beside the one that holds its lock."""

_logger = logging.getLogger(__name__)
_PAUSE_SECONDS = 5.0
_FAREWELL_SECONDS = 15.0


def run_alone(settings: ServiceSettings, engine: Engine, bound: socket.socket, stop: Stop, on_ready: Callable[[], None]) -> None:
    """The whole service in this process: the keeper is a thread."""
    told = threading.Event()
    keeper = threading.Thread(target=_keep_going, args=(engine, settings, told), name="keeper")
    warm_up(engine)
    keeper.start()
    try:
        _answer(settings, engine, bound, stop, on_ready)
    finally:
        told.set()
        keeper.join(_FAREWELL_SECONDS)


def run_worker(settings: ServiceSettings, bound: socket.socket, stop: Stop, on_ready: Callable[[], None]) -> None:
    """One web process of several."""
    with opened_engine(settings) as engine:
        warm_up(engine)
        _answer(settings, engine, bound, stop, on_ready)


def run_keeper(settings: ServiceSettings, stop: Stop, on_ready: Callable[[], None]) -> None:
    """The keeper's process."""
    told = threading.Event()
    with opened_engine(settings, pool_size=KEEPER_POOL) as engine:
        warm_up(engine)
        stop.on_signal(told.set)
        on_ready()
        _keep_going(engine, settings, told)


def _answer(settings: ServiceSettings, engine: Engine, bound: socket.socket, stop: Stop, on_ready: Callable[[], None]) -> None:
    """Answer requests until told to stop."""
    from caserouter.service.http import create_app
    from caserouter.service.web import answer_requests

    answer_requests(create_app(engine, settings), settings, bound, stop, on_ready)


def _keep_going(engine: Engine, settings: ServiceSettings, told: threading.Event) -> None:
    """Run the keeper until told to stop; a fault of it is logged, and it begins again."""
    from caserouter.service.keeper import Keeper

    while not told.is_set():
        try:
            Keeper(engine, settings).run(told)
        except Exception:  # time must go on being kept; the log has the fault
            _logger.exception("the keeper failed and begins again", extra={"seconds": _PAUSE_SECONDS})
            told.wait(_PAUSE_SECONDS)
