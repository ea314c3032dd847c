"""The commands run on both databases."""

import pytest
from tests.service.office import Office


@pytest.fixture
def office(database_url):
    """A service on a fresh database."""
    office = Office(database_url)
    yield office
    office.close()
