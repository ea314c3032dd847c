"""Draws: keyed by what they are for, uniform, and the same however they are asked for."""

import numpy as np
import pytest
from scipy import stats

from caserouter.simulation import draws as module
from caserouter.simulation.draws import BLOCK, CaseDraws, Draws, unit_mean
from caserouter.simulation.language.quantities import Timing

TIMINGS = ["30 min", "exponential(2 h)", "lognormal(2 h, cv=0.8)", "gamma(2 h, cv=0.5)", "uniform(1 h, 3 h)"]


def test_a_draw_does_not_depend_on_what_was_asked_before():
    alone = Draws(7, 3).uniform("post", "type", 5000)
    late = Draws(7, 3)
    late.uniforms("post", "type", 3000)
    late.block("calls", "type", 2, 9)
    assert late.uniform("post", "type", 5000) == alone


def test_draws_are_the_same_on_every_machine_and_in_every_version():
    assert Draws(0, 0).uniform("post", "type", 0) == 0.9449671664138667
    assert Draws(7, 3).uniform("post", "type", 1000, 2) == 0.611857441903162


@pytest.mark.parametrize(
    "other", [(8, 3, "post", "type", 0), (7, 4, "post", "type", 0), (7, 3, "pos", "ttype", 0), (7, 3, "post", "type", 1)]
)
def test_seed_replication_stream_purpose_and_number_each_make_other_draws(other):
    seed, replication, stream, purpose, number = other
    ours = Draws(7, 3).uniforms("post", "type", 4000)
    theirs = Draws(seed, replication).uniforms(stream, purpose, 4000, number)
    assert not np.intersect1d(ours, theirs).size
    assert abs(np.corrcoef(ours, theirs)[0, 1]) < 0.06


def test_the_first_draws_stay_the_same_when_more_are_asked_for():
    draws = Draws(0, 0)
    assert np.array_equal(draws.uniforms("post", "type", 10), draws.uniforms("post", "type", 10 * BLOCK)[:10])


def test_draws_at_scattered_ordinals_are_those_of_the_ordinals():
    draws = Draws(0, 0)
    ordinals = np.array([3 * 10**9 + 7, 5, BLOCK, 5, BLOCK - 1, 10**12])
    assert draws.at("post", "type", ordinals).tolist() == [draws.uniform("post", "type", int(k)) for k in ordinals]
    assert draws.at("post", "type", ordinals[:0]).shape == (0,)


def test_uniforms_are_uniform_and_never_zero_or_one():
    found = Draws(1, 0).uniforms("post", "type", 100_000)
    assert stats.kstest(found, "uniform").pvalue > 0.001
    assert found.min() > 0.0
    assert found.max() < 1.0


def test_even_the_extreme_uniforms_lie_inside_the_interval(monkeypatch):
    draws = Draws(1, 0)

    class Extreme:
        state = None

        def random_raw(self, n):
            return np.resize(np.array([0, 2**64 - 1], dtype=np.uint64), n)

    monkeypatch.setattr(draws, "_philox", Extreme())
    assert draws.uniforms("post", "type", 2).tolist() == [2.0**-53, 1 - 2.0**-53]


@pytest.mark.parametrize("text", TIMINGS)
def test_variates_have_mean_one_and_the_stated_cv(text):
    timing = Timing.model_validate(text)
    found = unit_mean(timing.shape, timing.cv, (np.arange(200_000) + 0.5) / 200_000)
    assert found.mean() == pytest.approx(1.0, abs=1e-3)
    assert found.std() == pytest.approx(timing.cv, abs=1e-2)
    assert np.all(np.diff(found) >= 0.0)


def test_no_variate_is_below_zero_at_the_widest_uniform():
    widest = Timing.model_validate("uniform(0 h, 4 h)")
    assert unit_mean("uniform", widest.cv, np.array([2.0**-53]))[0] >= 0.0


@pytest.mark.parametrize("text", TIMINGS)
def test_a_case_draws_the_variate_of_its_uniform(text):
    timing = Timing.model_validate(text)
    draws = CaseDraws(Draws(2, 1), ("post", "calls"))
    uniform = draws.uniform(1, "handle", 700, 2)
    assert uniform == Draws(2, 1).uniform("calls", "handle", 700, 2)
    expected = timing.mean * unit_mean(timing.shape, timing.cv, np.array([uniform]))[0]
    assert draws.variate(1, "handle", 700, 2, timing) == pytest.approx(expected, rel=1e-12)


def test_times_with_one_shape_differ_by_their_means_alone():
    draws = CaseDraws(Draws(2, 1), ("post",))
    short, long = Timing.model_validate("gamma(1 h, cv=0.5)"), Timing.model_validate("gamma(3 h, cv=0.5)")
    assert draws.variate(0, "handle", 4, 0, long) == pytest.approx(3 * draws.variate(0, "handle", 4, 0, short))


def test_blocks_that_were_dropped_come_back_the_same(monkeypatch):
    monkeypatch.setattr(module, "_MAX_BLOCKS", 4)
    draws = CaseDraws(Draws(2, 1), ("post",))
    first = [draws.uniform(0, "handle", k * BLOCK) for k in range(50)]
    assert len(draws._blocks) <= 4
    assert [draws.uniform(0, "handle", k * BLOCK) for k in range(50)] == first
