"""A process that the supervisor looks after: started afresh, with nothing of the parent's but its settings and its socket."""

import multiprocessing
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Literal

from caserouter.domain.errors import CaserouterError
from caserouter.service.logging import configure_logging
from caserouter.service.settings import ServiceSettings
from caserouter.service.stopping import Stop, signals_held_back, stop_with_parent

Role = Literal["worker", "keeper"]
_CONTEXT = multiprocessing.get_context("spawn")


class Child:
    """One running process.

    Parameters
    ----------
    role
        What it does.
    settings
        Of the service.
    bound
        The socket that workers share.
    """

    def __init__(self, role: Role, settings: ServiceSettings, bound: socket.socket) -> None:
        self.role = role
        self.ready = False
        self.error: CaserouterError | None = None
        self._hearing, saying = _CONTEXT.Pipe(duplex=False)
        self._process = _CONTEXT.Process(target=_live, args=(role, settings, bound, saying), name=role)
        with signals_held_back():
            self._process.start()
        saying.close()
        self._born = time.monotonic()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid or 0

    @property
    def sentinel(self) -> int:
        """Readable once it has ended."""
        return self._process.sentinel

    @property
    def exit_status(self) -> int | None:
        """None while it lives."""
        return self._process.exitcode

    @property
    def age(self) -> float:
        """Seconds since it was started."""
        return time.monotonic() - self._born

    def listen(self) -> None:
        """Hear whether it has become ready, or why it could not."""
        with suppress(EOFError, OSError):
            while not self._hearing.closed and self._hearing.poll():
                said = self._hearing.recv()
                self.ready = self.ready or said is None
                self.error = said

    def tell_to_stop(self) -> None:
        """Ask it to finish and go."""
        if self._process.is_alive():
            self._process.terminate()

    def end(self, seconds: float) -> bool:
        """Wait for its end, then force it; whether it went by itself."""
        self._process.join(max(seconds, 0.0))
        by_itself = not self._process.is_alive()
        if not by_itself:
            self._process.kill()
            self._process.join()
        self._hearing.close()
        return by_itself


def _live(role: Role, settings: ServiceSettings, bound: socket.socket, saying: Connection) -> None:
    """What the process runs."""
    stop = Stop()
    stop_with_parent(settings.grace_seconds)
    configure_logging(settings.log_level)
    try:
        _work(role, settings, bound, stop, lambda: saying.send(None))
    except CaserouterError as error:
        with suppress(OSError):
            saying.send(error)
        raise SystemExit(error.exit_status) from error


def _work(role: Role, settings: ServiceSettings, bound: socket.socket, stop: Stop, on_ready: Callable[[], None]) -> None:
    from caserouter.service.processes import run_keeper, run_worker

    if role == "keeper":
        bound.close()
        run_keeper(settings, stop, on_ready)
    else:
        run_worker(settings, bound, stop, on_ready)
