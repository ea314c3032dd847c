"""A real server on a real database, in a thread of the tests' own process."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import httpx
import pytest
import uvicorn

from caserouter.service.actor import Actor
from caserouter.service.clock import ServiceClock
from caserouter.service.commands.keys import create_key
from caserouter.service.engine import Engine
from caserouter.service.http import create_app
from caserouter.service.settings import ServiceSettings
from caserouter.service.tokens import Scope
from caserouter.store.database import Database
from caserouter.store.migrate import upgrade

_numbers = count(1)


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
    url = url or f"sqlite:///{folder / 'service.db'}"
    upgrade(url)
    chosen = ServiceSettings.model_validate({"database_url": url, **settings})
    database = Database.open(url, pool_size=chosen.pool_size)
    engine = Engine(database, ServiceClock.from_environment())
    engine.start()
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(engine, chosen), log_config=None, ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        service = Service(f"http://127.0.0.1:{bound.getsockname()[1]}", engine)
        try:
            while not server.started:
                assert thread.is_alive(), "the server did not start"
                time.sleep(0.01)
            yield service
        finally:
            service.close()
            server.should_exit = True
            thread.join(20)
            database.close()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One service for all tests of a module: each makes cases and people of its own."""
    with running(tmp_path_factory.mktemp("service")) as started:
        yield started


@pytest.fixture(scope="module")
def client(service: Service) -> httpx.Client:
    """A client that may do everything."""
    return service.client()


@pytest.fixture
def name() -> str:
    """A name that no other test uses."""
    return f"X-{next(_numbers)}"
