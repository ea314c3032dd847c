"""The scarcity price: high where few free people could take a kind of case that keeps coming."""

import numpy as np
import pytest
from tests.routing.desk import case, person, state_of

from caserouter.domain.settings import Settings
from caserouter.routing.scarcity import REPEAT_HOURS, CaseMix, case_mix, scarcity_price


def mix_of(state, *cases, **kwargs):
    return case_mix([state.roster.profile(one) for one in cases], state.roster, state.now, **kwargs)


def test_the_price_follows_the_formula():
    # Kind 0: both may take it, A = 3 + 1; kind 1: only the second, A = 1.
    mix = CaseMix(np.array([0, 2, 3]), np.array([0, 1, 1]), np.array([5.0, 2.0]))
    common, rare = 60 * 5 / (4 + 1) ** 2, 60 * 2 / (1 + 1) ** 2
    assert scarcity_price(mix, np.array([3, 1]), 60.0).tolist() == pytest.approx([common, common + rare])


def test_an_overfull_book_counts_as_a_full_one():
    mix = CaseMix(np.array([0, 1]), np.array([0]), np.array([1.0]))
    assert scarcity_price(mix, np.array([-5]), 60.0).tolist() == [60.0]


def test_the_queue_itself_stands_for_the_future_without_a_mix():
    state = state_of([person("a", skills={"claims": 3}), person("b")])
    mix = mix_of(state, case("C-1", weight=2, priority=1), case("C-2"), case("C-3", required_skills={"claims": 1}, weight=3))
    assert mix.rate.tolist() == pytest.approx([(2 * 8.0 + 1.0) / REPEAT_HOURS, 3.0 / REPEAT_HOURS])
    assert mix.specialist.tolist() == [0, 1, 0]
    assert mix.free_capacity(state.free).tolist() == [20.0, 10.0]


def test_the_policys_mix_is_spread_over_the_kinds_seen_of_each_type():
    state = state_of([person("a", skills={"claims": 3})], Settings(mix={"claim": 3.0, "unseen": 9.0}))
    mix = mix_of(
        state,
        case("C-1", type="claim"),
        case("C-2", type="claim"),
        case("C-3", type="claim", required_skills={"claims": 1}),
        case("C-4"),
    )
    assert mix.rate.tolist() == pytest.approx([2.0, 1.0])


def test_only_the_busiest_kinds_are_kept_and_stand_for_the_whole_rate():
    state = state_of([person("a", skills={"claims": 3})])
    cases = case("C-1"), case("C-2", required_skills={"claims": 1}, weight=3)
    mix = mix_of(state, *cases, most=1)
    assert mix.rate.tolist() == pytest.approx([4.0 / REPEAT_HOURS])
    assert mix.rate.sum() == pytest.approx(mix_of(state, *cases).rate.sum())


def test_no_cases_and_nobody_price_nothing():
    state = state_of([person("a")])
    assert scarcity_price(mix_of(state), state.free, 60.0).tolist() == [0.0]
    empty = state_of([])
    assert scarcity_price(mix_of(empty, case("C-1")), empty.free, 60.0).shape == (0,)
