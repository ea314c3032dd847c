"""The service is killed under load, again and again: nothing that it acknowledged is lost, and nothing is done twice.

More of it: ``python scripts/soak.py --kills 200``.
"""

import pytest
from tests.service.crash.killing import FAILPOINTS, draw_kills
from tests.service.crash.soaking import soak, table

SEED = 20_261_122


def check(num_kills):
    kills = draw_kills(num_kills, SEED)
    results = soak(kills, SEED)
    assert not [f"{result.kill}: {sentence}" for result in results for sentence in result.findings]
    assert {result.kill.failpoint for result in results if result.fired} == {"", *FAILPOINTS}, table(results)
    assert sum(result.num_requests for result in results) > 20 * num_kills
    assert sum(result.num_open for result in results), "every answer came before the kill: nothing was interrupted"


@pytest.mark.slow
def test_nothing_is_lost_in_ten_kills():
    check(10)


@pytest.mark.durability
def test_nothing_is_lost_in_forty_kills():
    check(40)


def test_every_failpoint_has_its_turn_on_both_databases():
    kills = draw_kills(40, SEED)
    for database in ("sqlite", "postgresql"):
        assert {kill.failpoint for kill in kills if kill.database == database} == {"", *FAILPOINTS}


def test_a_quarter_of_the_kills_on_postgresql_take_its_server_along():
    kills = draw_kills(200, SEED)
    on_postgresql = [kill for kill in kills if kill.database == "postgresql"]
    assert len(on_postgresql) == 100
    assert sum(kill.server_too for kill in on_postgresql) == 25
    assert not any(kill.server_too for kill in kills if kill.database == "sqlite")


def test_the_same_seed_draws_the_same_kills():
    assert draw_kills(10, 3) == draw_kills(10, 3) != draw_kills(10, 4)
