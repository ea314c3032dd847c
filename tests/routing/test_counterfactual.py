"""What would have made another person win: on hand-worked queues."""

import numpy as np
import pytest
from tests.routing.desk import case, person
from tests.routing.test_explain import PLAIN, solved

from caserouter.domain.rules import Rule
from caserouter.domain.settings import Prices, Settings
from caserouter.routing.costs import TERMS
from caserouter.routing.counterfactual import _EFFORT, _WORDS, in_money
from caserouter.routing.explain import explain


def second(people, cases, policy=PLAIN):
    return explain("C-1", *solved(people, cases, policy)).runner_up


def test_the_runner_up_needed_so_much_less_of_the_term_that_set_it_back():
    """44.20 against 40.00: one hour each."""
    people = person("a", cost_per_hour="40 USD"), person("b", cost_per_hour="44.20 USD"), person("c", cost_per_hour="90 USD")
    found = second(people, [case("C-1")])
    assert found.sentence == "b would have been chosen with 4.20 USD less handling cost"
    assert (found.specialist, found.money) == ("b", pytest.approx(4.2))


def test_where_no_single_term_could_make_the_difference_it_is_the_cost_in_all():
    """b lacks the preference and two preferred skills: 20 + 2 × 12 more; no term alone is worth 44."""
    policy = Settings(prices=Prices(fairness=0.0, scarcity=0.0, hour=10.0))
    people = person("a", skills={"claims": 1, "fraud": 1}), person("b")
    found = second(people, [case("C-1", preferred_skills={"claims", "fraud"}, preferred_specialists={"a"})], policy)
    assert found.sentence == "b would have been chosen with 44.00 USD less cost in all"


def test_a_tie_is_called_one():
    assert second([person("a"), person("b")], [case("C-1")]).sentence.endswith("would have cost the same")


def test_without_room_anywhere_else_the_next_one_is_named_with_the_obstacle():
    people = person("a", cost_per_hour="10 USD"), person("b", capacity=1, cost_per_hour="20 USD")
    found = second(people, [case("C-1"), case("C-2", excluded_specialists={"a"})])
    assert found.sentence == "b would have been next, had there been room: 1 of 1 units are taken, 1 is needed"


def test_there_is_no_runner_up_where_nobody_else_may():
    assert second([person("a"), person("b")], [case("C-1", excluded_specialists={"b"})]) is None


def test_an_assignment_that_is_not_the_best_says_so():
    queue, _ = solved([person("a", cost_per_hour="10 USD"), person("b", cost_per_hour="30 USD")], [case("C-1")])
    found = explain("C-1", queue, np.array([1])).runner_up
    assert found.sentence == "a would cost 20.00 USD less: the assignment is not proved best"


def test_linked_cases_are_compared_in_all():
    people = person("a", cost_per_hour="40 USD"), person("b", cost_per_hour="42 USD")
    found = second(people, [case("C-1", linked_cases={"C-2"}), case("C-2")])
    assert found.sentence == "b would have been chosen with 4.00 USD less cost in all"


def test_every_term_has_words_and_every_rule_a_place_in_the_order():
    assert set(_WORDS) == set(TERMS)
    assert {str(rule) for rule in Rule} <= set(_EFFORT)


def test_money_has_the_digits_of_its_currency():
    assert (in_money(1234.5, "USD"), in_money(1234.5, "JPY")) == ("1,234.50 USD", "1,234 JPY")
