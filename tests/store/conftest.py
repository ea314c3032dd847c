"""One suite, two databases: every test that asks for `database` runs on SQLite and on PostgreSQL."""

from contextlib import closing

import pytest
from tests.databases import KINDS, fresh_database
from tests.databases import sqlite_url as new_file

from caserouter.store.database import Database


@pytest.fixture
def sqlite_url(tmp_path):
    return new_file(tmp_path / "cases.db")


@pytest.fixture(params=KINDS)
def url(request, tmp_path):
    with fresh_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture(params=KINDS)
def empty_url(request, tmp_path):
    with fresh_database(request.param, tmp_path, empty=True) as url:
        yield url


@pytest.fixture
def database(url):
    with closing(Database.open(url)) as database:
        yield database


@pytest.fixture
def postgres(tmp_path):
    with fresh_database("postgresql", tmp_path) as url, closing(Database.open(url)) as database:
        yield database
