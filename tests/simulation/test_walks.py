"""Walks as Markov chains: visits and hours against sums worked out by hand."""

import pytest

from caserouter.domain.errors import InvalidInput
from caserouter.simulation.language.case_type import CaseType, Stage
from caserouter.simulation.language.quantities import Timing
from caserouter.simulation.walks import (
    expected_hours,
    expected_visits,
    probability_within,
    remaining_hours,
    stage_hours,
    unresolvable_stages,
)

LOOP = CaseType.model_validate(
    {
        "stages": {
            "work": {"handle": "30 min", "documentation": "6 min", "next": {"wait": "0.5", "resolved": "0.5"}},
            "wait": {"by": "customer", "handle": "2 d", "next": "work"},
        },
    }
)


def test_a_stage_that_comes_back_half_the_time_is_visited_twice():
    assert expected_visits(LOOP) == pytest.approx({"work": 2.0, "wait": 1.0})


def test_a_walk_may_start_elsewhere():
    assert expected_visits(LOOP, "wait") == pytest.approx({"work": 2.0, "wait": 2.0})


def test_each_reopening_adds_a_walk_from_its_stage():
    """A fifth of resolutions come back: 0.2 ÷ 0.8 = a quarter of a walk more, from the wait on."""
    reopening = {"probability": 0.2, "after": "1 d", "stage": "wait"}
    reopened = CaseType.model_validate(LOOP.model_dump() | {"reopening": reopening})
    assert expected_visits(reopened) == pytest.approx({"work": 2.0 + 0.25 * 2, "wait": 1.0 + 0.25 * 2})


def test_returns_after_the_window_do_not_count():
    reopening = {"probability": 0.2, "after": "31 d", "window": "30 d"}
    assert expected_visits(CaseType.model_validate(LOOP.model_dump() | {"reopening": reopening})) == expected_visits(LOOP)


def test_hours_are_contacts_with_documentation_and_the_confirmation():
    assert expected_hours(LOOP) == pytest.approx(2 * 0.6)
    confirmation = {"after": "7 d", "handle": "5 min"}
    confirmed = CaseType.model_validate(LOOP.model_dump() | {"confirmation": confirmation})
    assert expected_hours(confirmed) == pytest.approx(1.2 + 5 / 60)
    assert expected_hours(confirmed, by={"anyone"}) == 0.0


def test_what_remains_is_counted_from_each_stage():
    assert remaining_hours(LOOP) == pytest.approx({"work": 1.2, "wait": 1.2})


def test_a_handle_time_of_ones_own_takes_no_factor_of_proficiency():
    stage = Stage.model_validate({"handle": "1 h", "handle_of": {"experts": "30 min"}, "documentation": "6 min"})
    assert stage_hours(stage, ("ann", "juniors"), proficiency=1.5, own=2.0) == pytest.approx(3.1)
    assert stage_hours(stage, ("bob", "experts"), proficiency=1.5, own=2.0) == pytest.approx(1.1)


def test_waits_take_no_time_of_a_specialist():
    assert stage_hours(LOOP.stages["wait"]) == 0.0


def test_a_walk_without_an_end_is_refused():
    endless = CaseType.model_validate({"stages": {"a": {"handle": "1 h", "next": "b"}, "b": {"handle": "1 h", "next": "a"}}})
    assert unresolvable_stages(endless) == ("a", "b")
    with pytest.raises(InvalidInput, match=r"stage a: the walk never ends from there; lead it to resolved"):
        expected_visits(endless)


def test_a_case_that_always_comes_back_is_refused():
    always = CaseType.model_validate(LOOP.model_dump() | {"reopening": {"probability": 1, "after": "1 d"}})
    with pytest.raises(InvalidInput, match=r"every resolution comes back, so no case ever ends; give one below 1"):
        expected_visits(always)


@pytest.mark.parametrize(
    ("text", "hours", "share"),
    [
        ("2 h", 1.9, 0.0),
        ("2 h", 2.0, 1.0),
        ("0 h", 0.0, 1.0),
        ("exponential(2 h)", 2.0, 0.6321206),
        ("uniform(1 h, 3 h)", 1.5, 0.25),
        ("uniform(1 h, 3 h)", 4.0, 1.0),
        ("gamma(2 h, cv=1)", 2.0, 0.6321206),
        ("gamma(2 h, cv=0.5)", 2.0, 0.5665299),
        ("lognormal(2 h, cv=1)", 2**0.5, 0.5),
    ],
)
def test_the_share_of_times_within_a_span(text, hours, share):
    """Gamma with cv ½ has shape 4: P(T ≤ mean) = 1 − e⁻⁴ (1 + 4 + 8 + 32/3); the median of a lognormal time is mean ÷ √(1 + cv²)."""
    assert probability_within(Timing.model_validate(text), hours) == pytest.approx(share)
