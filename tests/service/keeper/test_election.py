"""One keeper of several keeps, and another follows when it goes."""

import pytest
import sqlalchemy as sa
from tests.postgres import drop_database, postgres_url, run_on_server

from caserouter.service.keeper.election import Alone
from caserouter.store import advisory_lock
from caserouter.store.advisory_lock import AdvisoryLock


@pytest.fixture
def candidates(monkeypatch):
    monkeypatch.setattr(advisory_lock, "ASK_SECONDS", 0.0)
    url = postgres_url()
    pair = AdvisoryLock(sa.make_url(url)), AdvisoryLock(sa.make_url(url))
    yield pair
    for one in pair:
        one.close()
    drop_database(url)


def test_where_one_process_owns_the_database_it_keeps():
    assert Alone().won()


def test_one_of_two_is_elected_and_stays_so(candidates):
    first, second = candidates
    assert [first.won(), second.won(), first.won(), second.won()] == [True, False, True, False]


def test_the_next_follows_when_the_elected_one_stands_down(candidates):
    first, second = candidates
    assert first.won()
    first.close()
    assert second.won()


def test_whoever_lost_the_connection_has_to_be_elected_anew(candidates):
    first, second = candidates
    assert first.won()
    run_on_server("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = 1667330917")
    assert not first.won()
    assert second.won()
    assert not first.won()
