"""Rosters: sorted, checked, and asked for skills, languages and authority as arrays."""

import numpy as np
import pytest
from tests.routing.desk import NOW, case, person

from caserouter.domain.account import Account
from caserouter.domain.errors import InvalidInput
from caserouter.domain.money import Money
from caserouter.domain.settings import Prices, Settings
from caserouter.domain.specialist import HeldCase, IntakeLimit, Role
from caserouter.routing.clock import Clock
from caserouter.routing.roster import Roster


def compiled(*people, **kwargs):
    return Roster.compile(people, clock=Clock(NOW), **kwargs)


def test_people_are_sorted_by_id_whatever_the_order_of_the_input():
    roster = compiled(person("c", team="west"), person("a", backup="c"), person("b", team="east"))
    assert [one.id for one in roster.specialists] == ["a", "b", "c"]
    assert roster.teams == ("east", "west")
    assert roster.team.tolist() == [-1, 0, 1]
    assert roster.backup.tolist() == [2, -1, -1]


def test_books_intake_roles_and_costs_become_arrays():
    held = (HeldCase(id="H-1", weight=3), HeldCase(id="H-2"))
    first = person("a", held_cases=held, intake=IntakeLimit(limit=5, used=2), role=Role.MANAGER, cost_per_hour="60 USD")
    roster = compiled(first, person("b"), settings=Settings(prices=Prices(hour=40.0)))
    assert roster.caseload.tolist() == [4, 0]
    assert roster.intake_left.tolist() == [3, -1]
    assert roster.role.tolist() == [3, 1]
    assert roster.cost_per_hour.tolist() == [60.0, 40.0]


def test_what_nobody_has_is_an_empty_mask_rather_than_an_error():
    roster = compiled(person("a", skills={"claims": 4}, languages=frozenset({"es"})), person("b"))
    assert roster.proficiency("claims").tolist() == [4, 0]
    assert roster.proficiency("juggling").tolist() == [0, 0]
    assert roster.speaks("es").tolist() == [True, False]
    assert not roster.speaks("tlh").any()


def test_authority_counts_in_the_currency_asked_and_unlimited_in_all():
    roster = compiled(
        person("a", authority={"credit": "100 USD"}),
        person("b", authority={"credit": "unlimited"}),
        person("c", authority={"credit": "90 EUR"}),
    )
    assert roster.authority("credit", "USD").tolist() == [10_000.0, np.inf, -1.0]
    assert roster.authority("credit", "EUR").tolist() == [-1.0, np.inf, 9_000.0]
    assert roster.authority("refund", "USD").tolist() == [-1.0, -1.0, -1.0]


@pytest.mark.parametrize(("amount", "covers"), [("99 USD", [1, 1]), ("100 USD", [1, 1]), ("100.01 USD", [0, 1]), ("0 USD", None)])
def test_amounts_between_two_limits_need_the_same_level(amount, covers):
    roster = compiled(person("a", authority={"credit": "100 USD"}), person("b", authority={"credit": "500 USD"}))
    level = roster.level_needed(case("C-1", action="credit", amount=Money.model_validate(amount)))
    if covers is None:
        assert level == -1
    else:
        assert roster.covers("credit", "USD", level).tolist() == [bool(one) for one in covers]


def test_an_amount_above_every_limit_is_covered_by_nobody():
    roster = compiled(person("a", authority={"credit": "100 USD"}))
    level = roster.level_needed(case("C-1", action="credit", amount="101 USD"))
    assert not roster.covers("credit", "USD", level).any()


def test_an_id_that_occurs_twice_is_refused():
    with pytest.raises(InvalidInput, match="specialist a: the id occurs more than once; ids are unique"):
        compiled(person("a"), person("b"), person("a"))
    with pytest.raises(InvalidInput, match="account A-1"):
        compiled(person("a"), accounts=[Account(id="A-1"), Account(id="A-1")])


def test_nobody_at_all_is_a_roster_too():
    roster = compiled()
    assert roster.num_specialists == 0
    assert roster.proficiency("claims").shape == (0,)


def test_a_repriced_roster_differs_in_prices_alone():
    roster = compiled(person("a"), person("b", cost_per_hour="60 USD"))
    dearer = roster.repriced(Prices(hour=96.0))
    assert dearer.cost_per_hour.tolist() == [96.0, 60.0]
    assert (dearer.settings.prices.hour, roster.settings.prices.hour) == (96.0, 48.0)
    assert roster.cost_per_hour.tolist() == [48.0, 60.0]
    assert dearer.specialists is roster.specialists
