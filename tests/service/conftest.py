from contextlib import closing

import pytest
from tests.databases import KINDS, fresh_database
from tests.service.desk import Desk
from tests.service.office import Office

from caserouter.service import unit


@pytest.fixture(scope="session", autouse=True)
def _pulls_take_the_time_that_they_need():
    """A pull ends where it is done or has given out its number of cases, and never because the machine was busy just then."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unit, "PULL_SECONDS", 60.0)
        yield


@pytest.fixture(params=KINDS)
def database_url(request, tmp_path):
    """A fresh database of each kind in turn."""
    with fresh_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def office(database_url):
    """A service with the default policy and nobody in it."""
    with closing(Office(database_url)) as office:
        yield office


@pytest.fixture
def desk(database_url):
    """The same, for a closer look at its cases."""
    with closing(Desk(database_url)) as desk:
        yield desk
