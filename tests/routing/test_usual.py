"""The usual rules: what each prefers, and that none of them prefers what the rules forbid."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.routing.desk import case, person, placed, state_of

from caserouter.domain.case import Case
from caserouter.domain.specialist import HeldCase
from caserouter.routing.usual import (
    Fastest,
    FirstEligible,
    LeastLoaded,
    LongestIdle,
    MostSpecialisedFirst,
    RandomChoice,
    RoundRobin,
)

EVERY_RULE = [RoundRobin, LongestIdle, LeastLoaded, MostSpecialisedFirst, Fastest, FirstEligible, RandomChoice]


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


def test_fastest_prefers_whoever_is_best_at_the_case_and_then_the_emptiest_book():
    people = [person("a", skills={"claims": 1}), person("b", skills={"claims": 5}), person("c", skills={"claims": 5})]
    cases = [case(f"C-{k}", required_skills={"claims": 1}) for k in range(3)]
    assert placed(Fastest(), state_of(people), cases) == ["b", "c", "b"]


def test_fastest_weighs_linked_cases_together():
    """C-1 takes a 1 hour and b 2, C-2 takes a 5 and b 3: together 6 and 5."""
    state = state_of([person("a"), person("b")])
    efforts = (np.array([1.0, 2.0]), np.array([5.0, 3.0]))
    cases = case("C-1", linked_cases={"C-2"}), case("C-2")
    group = [replace(state.roster.profile(one), effort=effort) for one, effort in zip(cases, efforts, strict=True)]
    assert {decision.specialist for decision in Fastest().pull(group, None, state)} == {1}


def test_first_eligible_fills_one_book_after_the_other():
    state = state_of([person("a", capacity=2), person("b")])
    assert placed(FirstEligible(), state, [case(f"C-{k}") for k in range(3)]) == ["a", "a", "b"]


@pytest.mark.parametrize("rule", EVERY_RULE)
@given(data=st.data())
@hypothesis_settings(max_examples=40, deadline=None)
def test_few_candidates_and_many_are_compared_alike(rule, data):
    """One by one from a list, at once from an array."""
    num_people = data.draw(st.integers(2, 6))
    people = [person(f"p{j}", skills={"claims": data.draw(st.integers(1, 3))}) for j in range(num_people)]
    state = state_of(people)
    for k in range(data.draw(st.integers(0, 8))):
        state.now += data.draw(st.sampled_from((0.0, 1.0)))
        state.apply(state.roster.profile(case(f"C-{k}")), data.draw(st.integers(0, num_people - 1)))
    among = sorted(data.draw(st.sets(st.integers(0, num_people - 1), min_size=1)))
    group = (state.roster.profile(case("C-9", required_skills={"claims": 1})),)
    assert rule().choose(group, among, state) == rule().choose(group, np.array(among), state)


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
