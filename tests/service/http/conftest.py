from collections.abc import Iterator
from itertools import count

import httpx
import pytest
from tests.service.http.serving import Service, running

_numbers = count(1)


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
