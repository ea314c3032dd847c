import pytest
from tests.postgres import drop_database, postgres_url
from tests.service.desk import Desk

from caserouter.store import migrate


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """A fresh database of each kind in turn."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'caserouter.db'}"
        migrate.upgrade(url)
        yield url
    else:
        url = postgres_url()
        yield url
        drop_database(url)


@pytest.fixture
def desk(database_url):
    """A service with the default policy and nobody in it."""
    desk = Desk(database_url)
    yield desk
    desk.close()
