"""One suite, two databases: every test that asks for `database` runs on SQLite and on PostgreSQL."""

import shutil
from contextlib import closing

import pytest
from tests.postgres import drop_database, postgres_url

from caserouter.store import migrate
from caserouter.store.database import Database


@pytest.fixture(scope="session")
def _migrated_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "migrated.db"
    migrate.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(tmp_path, _migrated_file):
    shutil.copy(_migrated_file, tmp_path / "cases.db")
    return f"sqlite:///{tmp_path / 'cases.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request):
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    url = postgres_url()
    yield url
    drop_database(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request, tmp_path):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    url = postgres_url(empty=True)
    yield url
    drop_database(url)


@pytest.fixture
def database(url):
    with closing(Database.open(url)) as database:
        yield database


@pytest.fixture
def postgres():
    url = postgres_url()
    with closing(Database.open(url)) as database:
        yield database
    drop_database(url)
