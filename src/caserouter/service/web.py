"""The web server of one process: uvicorn, told by this service's own signals, on a socket that is bound already."""

import errno
import math
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

from caserouter.service.heads import protocol_with_limits
from caserouter.service.listening import port_in_use
from caserouter.service.settings import ServiceSettings
from caserouter.service.stopping import Stop

if TYPE_CHECKING:
    from fastapi import FastAPI

_BACKLOG = 2048


def answer_requests(
    app: "FastAPI", settings: ServiceSettings, bound: socket.socket, stop: Stop, on_ready: Callable[[], None]
) -> None:
    """Serve `app` until told to stop, then finish the requests that were begun, within the grace period.

    Parameters
    ----------
    on_ready
        Called once connections are accepted.

    Raises
    ------
    Conflict
        If somebody else began to listen on the port in the meantime.
    """
    server = _Server(_config(app, settings), on_ready)
    stop.on_signal(server.leave)
    try:
        server.run(sockets=[bound])
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise port_in_use(settings.host, settings.port) from error


def _config(app: "FastAPI", settings: ServiceSettings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=protocol_with_limits(settings.head_seconds),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=math.ceil(settings.keep_alive_seconds),
        timeout_graceful_shutdown=math.ceil(settings.grace_seconds),
        backlog=_BACKLOG,
        ws="none",
    )


class _Server(uvicorn.Server):
    """A server that leaves signals to the process, and says when it is ready.

    Parameters
    ----------
    config
        Of uvicorn.
    on_ready
        Called once connections are accepted.
    """

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    def leave(self) -> None:
        """Accept no more, and end once the requests that were begun are answered."""
        self.should_exit = True

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing: `Stop` hears the signals."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and say so."""
        await super().startup(sockets=sockets)
        if self.started:
            self._on_ready()
