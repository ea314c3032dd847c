from contextlib import closing

import pytest
from tests.databases import sqlite_url
from tests.service.office import Office


@pytest.fixture
def file_office(tmp_path):
    """A service on SQLite, for what does not depend on the database."""
    with closing(Office(sqlite_url(tmp_path / "office.db"))) as office:
        yield office
