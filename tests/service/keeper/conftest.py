"""The keeper keeps on both databases."""

import pytest
from tests.postgres import drop_database, postgres_url
from tests.service.office import Office

from caserouter.store import migrate


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request, tmp_path):
    """A service on a fresh database."""
    url = postgres_url() if request.param == "postgresql" else f"sqlite:///{tmp_path / 'office.db'}"
    if request.param == "sqlite":
        migrate.upgrade(url)
    office = Office(url)
    yield office
    office.close()
    if request.param == "postgresql":
        drop_database(url)


@pytest.fixture
def file_office(tmp_path):
    """A service on SQLite, for what does not depend on the database."""
    url = f"sqlite:///{tmp_path / 'office.db'}"
    migrate.upgrade(url)
    office = Office(url)
    yield office
    office.close()
