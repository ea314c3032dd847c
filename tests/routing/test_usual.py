"""The usual rules: what each prefers, and that none of them prefers what the rules forbid."""

import pytest
from tests.routing.desk import case, person, placed, state_of

from caserouter.domain.case import Case
from caserouter.domain.specialist import HeldCase
from caserouter.routing.usual import LeastLoaded, LongestIdle, MostSpecialisedFirst, RandomChoice, RoundRobin

EVERY_RULE = [RoundRobin, LongestIdle, LeastLoaded, MostSpecialisedFirst, RandomChoice]


def test_round_robin_goes_round_in_order_of_id():
    state = state_of([person("c"), person("a"), person("b")])
    assert placed(RoundRobin(), state, [case(f"C-{k}") for k in range(4)]) == ["a", "b", "c", "a"]


def test_round_robin_passes_over_those_who_may_not_take_the_case():
    state = state_of([person("a"), person("b", skills={"claims": 3}), person("c")])
    cases = [case("C-1"), case("C-2"), case("C-3", required_skills={"claims": 2})]
    assert placed(RoundRobin(), state, cases) == ["a", "b", "b"]


def test_longest_idle_takes_turns_even_within_one_moment():
    state = state_of([person("a"), person("b")])
    assert placed(LongestIdle(), state, [case(f"C-{k}") for k in range(3)]) == ["a", "b", "a"]


def test_least_loaded_compares_shares_of_capacity():
    """a holds 4 of 10, b holds 3 of 5: a has the emptier book although it holds more."""
    state = state_of(
        [
            person("a", held_cases=[HeldCase(id="H-1", weight=4)]),
            person("b", capacity=5, held_cases=[HeldCase(id="H-2", weight=3)]),
        ]
    )
    assert placed(LeastLoaded(), state, [case("C-1")]) == ["a"]


def test_most_specialised_first_keeps_the_versatile_free():
    state = state_of([person("a", skills={"claims": 3, "billing": 3}), person("b", skills={"claims": 3})])
    assert placed(MostSpecialisedFirst(), state, [case("C-1", required_skills={"claims": 1})]) == ["b"]


def test_random_depends_on_seed_case_and_attempt_alone():
    people = [person(f"p{k}") for k in range(50)]
    first, again, other = (placed(RandomChoice(seed), state_of(people), [case("C-1"), case("C-2")]) for seed in (7, 7, 8))
    assert first == again
    assert first != other


def test_random_draws_anew_at_the_next_attempt():
    state = state_of([person(f"p{k}") for k in range(50)])
    profile = state.roster.profile(case("C-1"))
    first = RandomChoice().place(profile, state)
    state.apply(profile, first.specialist)
    state.release(profile)
    second = RandomChoice().place(profile, state)
    assert (first.attempt, second.attempt) == (0, 1)
    assert first.specialist != second.specialist


@pytest.mark.parametrize("rule", EVERY_RULE)
def test_a_full_book_takes_nothing(rule):
    state = state_of([person("a", capacity=1), person("b", capacity=3)])
    assert placed(rule(), state, [case("C-1", weight=3), case("C-2", weight=1), case("C-3")]) == ["b", "a", None]


@pytest.mark.parametrize("rule", EVERY_RULE)
def test_ignoring_the_rules_offers_to_everybody(rule):
    state = state_of([person("a", capacity=0)])
    asked = case("C-1", required_skills={"claims": 5}, excluded_specialists={"a"})
    assert placed(rule(ignore_rules=True), state, [asked]) == ["a"]


@pytest.mark.parametrize("rule", EVERY_RULE)
def test_an_empty_roster_leaves_everything_waiting(rule):
    asked: Case = case("C-1")
    assert placed(rule(), state_of([]), [asked]) == [None]
    assert placed(rule(ignore_rules=True), state_of([]), [asked]) == [None]
