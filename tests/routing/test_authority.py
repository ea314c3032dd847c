"""What everybody may decide alone, as arrays."""

import numpy as np
import pytest
from tests.routing.desk import case, person

from caserouter.domain.money import Money
from caserouter.routing.authority import AuthorityTable


def held_by(*people):
    return AuthorityTable(people)


def test_authority_counts_in_the_currency_asked_and_unlimited_in_all():
    table = held_by(
        person("a", authority={"credit": "100 USD"}),
        person("b", authority={"credit": "unlimited"}),
        person("c", authority={"credit": "90 EUR"}),
    )
    assert table.limits("credit", "USD").tolist() == [10_000.0, np.inf, -1.0]
    assert table.limits("credit", "EUR").tolist() == [-1.0, np.inf, 9_000.0]
    assert table.limits("refund", "USD").tolist() == [-1.0, -1.0, -1.0]


@pytest.mark.parametrize(("amount", "covers"), [("99 USD", [1, 1]), ("100 USD", [1, 1]), ("100.01 USD", [0, 1]), ("0 USD", None)])
def test_amounts_between_two_limits_need_the_same_level(amount, covers):
    table = held_by(person("a", authority={"credit": "100 USD"}), person("b", authority={"credit": "500 USD"}))
    level = table.level_needed(case("C-1", action="credit", amount=Money.model_validate(amount)))
    if covers is None:
        assert level == -1
    else:
        assert table.covers("credit", "USD", level).tolist() == [bool(one) for one in covers]


def test_an_amount_above_every_limit_is_covered_by_nobody():
    table = held_by(person("a", authority={"credit": "100 USD"}))
    level = table.level_needed(case("C-1", action="credit", amount="101 USD"))
    assert not table.covers("credit", "USD", level).any()
