"""A real server on a real database, in a thread of the tests' own process."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import uvicorn
from tests.databases import sqlite_url
from tests.waiting import PATIENCE_SECONDS, until

from caserouter.service.actor import Actor
from caserouter.service.clock import ServiceClock
from caserouter.service.commands.keys import create_key
from caserouter.service.engine import Engine
from caserouter.service.http import create_app
from caserouter.service.settings import ServiceSettings
from caserouter.service.tokens import Scope
from caserouter.store.database import Database


class Service:
    """A running server, and keys for it."""

    def __init__(self, url: str, engine: Engine) -> None:
        self.url = url
        self.engine = engine
        self._clients: list[httpx.Client] = []

    def key(self, *scopes: str, rate_per_minute: int | None = None) -> str:
        """The token of a new key."""
        with self.engine.unit(Actor("tests")) as unit:
            named = [Scope(scope) for scope in scopes or tuple(Scope)]
            return create_key(unit, name="tests", scopes=named, rate_per_minute=rate_per_minute).token

    def client(self, *scopes: str, **options: int) -> httpx.Client:
        """A client whose key has `scopes`, or every scope."""
        return self.bare({"Authorization": f"Bearer {self.key(*scopes, **options)}"})

    def bare(self, headers: dict[str, str] | None = None) -> httpx.Client:
        """A client without a key."""
        client = httpx.Client(base_url=self.url, timeout=30, headers=headers)
        self._clients.append(client)
        return client

    def close(self) -> None:
        for client in self._clients:
            client.close()


@contextmanager
def running(folder: Path, url: str = "", **settings: object) -> Iterator[Service]:
    """A service on the database at `url`, or on a new file."""
    url = url or sqlite_url(folder / "service.db")
    chosen = ServiceSettings.model_validate({"database_url": url, **settings})
    with closing(Database.open(url, pool_size=chosen.pool_size)) as database:
        engine = Engine(database, ServiceClock.from_environment())
        engine.start()
        with served(engine, chosen) as address, closing(Service(address, engine)) as service:
            yield service


@contextmanager
def served(engine: Engine, settings: ServiceSettings) -> Iterator[str]:
    """The address at which `engine` answers; a client may keep its connection for as long as it likes."""
    config = uvicorn.Config(create_app(engine, settings), log_config=None, ws="none", timeout_keep_alive=3_600)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as bound:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            until(lambda: server.started or not thread.is_alive())
            assert server.started, "the server did not start"
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(PATIENCE_SECONDS)
            assert not thread.is_alive(), "the server did not end"
