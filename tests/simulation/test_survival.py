"""Kaplan–Meier means and quantiles, with each replication left out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from caserouter.simulation import survival
from caserouter.simulation.survival import Sample, product_limit, sort_by_time, stable_order

LEUKAEMIA = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+".split()
"""Weeks of remission under 6-MP of Freireich et al. (1963), the example of most textbooks; a plus is a censored time."""

QUARTERS = (0.25, 0.5, 0.75)


def sample_of(time, event, group=None, replication=None, num_groups=1, num_replications=1):
    time, event = np.asarray(time, float), np.asarray(event, bool)
    group = np.zeros(len(time), int) if group is None else np.asarray(group)
    replication = np.zeros(len(time), int) if replication is None else np.asarray(replication)
    order = sort_by_time(time, event)
    order = order[stable_order(group[order], num_groups)]
    return Sample(time[order], event[order], group[order], replication[order], num_groups, num_replications)


def by_definition(time, event, probability, longest):
    """Restricted mean and quantile from SciPy's survival function; the second route."""
    if len(time) == 0:
        return np.nan, np.nan
    curve = stats.ecdf(stats.CensoredData(uncensored=time[event], right=time[~event])).sf
    steps = np.concatenate([[0.0], curve.quantiles, [max(longest, curve.quantiles[-1])]])
    heights = np.concatenate([[1.0], curve.probabilities])
    reached = np.flatnonzero(curve.probabilities <= 1 - probability + 1e-9)
    reached = reached[np.isin(curve.quantiles[reached], time[event])]
    return float((np.diff(steps) * heights).sum()), curve.quantiles[reached[0]] if len(reached) else np.nan


def test_the_textbook_example_comes_out():
    """S falls to 0.7529 at 10, 0.6902 at 13, 0.5378 at 22 and 0.4482 at 23; the mean up to week 35 is 23.29, as R's survfit says."""
    time = [float(text.rstrip("+")) for text in LEUKAEMIA]
    event = [not text.endswith("+") for text in LEUKAEMIA]
    mean, quantiles = product_limit(sample_of(time, event), (0.24, 0.25, 0.5, 0.56))
    assert mean[0, -1] == pytest.approx(23.287, abs=0.001)
    assert quantiles[:3, 0, -1].tolist() == [10.0, 13.0, 23.0]
    assert np.isnan(quantiles[3, 0, -1])


def test_without_open_cases_it_is_the_empirical_distribution():
    time = np.array([4.0, 1, 9, 2, 7, 7, 3, 8, 5, 6])
    mean, quantiles = product_limit(sample_of(time, np.ones(10)), (0.5, 0.9, 0.95))
    assert mean[0, -1] == pytest.approx(time.mean())
    assert quantiles[:, 0, -1].tolist() == np.quantile(time, (0.5, 0.9, 0.95), method="inverted_cdf").tolist()


def test_an_open_case_hands_its_mass_to_those_resolved_later():
    """Of 1, 2+, 3: mass 1/3 at 1, and the other 2/3 at 3."""
    mean, quantiles = product_limit(sample_of([1, 2, 3], [1, 0, 1]), (0.3, 0.34))
    assert mean[0, -1] == pytest.approx(1 / 3 + 2)
    assert quantiles[:, 0, -1].tolist() == [1.0, 3.0]


def test_where_the_longest_is_open_the_mean_is_restricted_to_it():
    """Of 1 and 5+: half is over at 1, half lasts until 5 at least."""
    mean, quantiles = product_limit(sample_of([1, 5], [1, 0]), (0.5, 0.51))
    assert mean[0, -1] == pytest.approx(3.0)
    assert quantiles[0, 0, -1] == 1.0
    assert np.isnan(quantiles[1, 0, -1])


def test_open_cases_alone_reach_no_quantile():
    mean, quantiles = product_limit(sample_of([2, 5], [0, 0]), (0.5,))
    assert mean[0, -1] == 5.0
    assert np.isnan(quantiles).all()


def test_a_case_that_is_open_at_a_resolution_was_still_at_risk():
    """Of 2, 2+: the resolution counts as one of two."""
    _, quantiles = product_limit(sample_of([2, 2], [0, 1]), (0.5, 0.6))
    assert quantiles[0, 0, -1] == 2.0
    assert np.isnan(quantiles[1, 0, -1])


@st.composite
def samples(draw):
    size = draw(st.integers(1, 40))
    rows = [
        draw(st.lists(values, min_size=size, max_size=size))
        for values in (st.integers(0, 12), st.integers(0, 2), st.integers(0, 3))
    ]
    event = draw(st.lists(st.sampled_from([True, True, False]), min_size=size, max_size=size))
    return np.array(rows[0], float), np.array(event), np.array(rows[1]), np.array(rows[2])


@given(samples(), st.booleans())
def test_every_leave_one_out_estimate_is_that_of_the_others_alone(drawn, in_small_chunks):
    time, event, group, replication = drawn
    with pytest.MonkeyPatch.context() as patch:
        if in_small_chunks:
            patch.setattr(survival, "_CHUNK", 1)
        mean, quantiles = product_limit(sample_of(time, event, group, replication, 3, 4), QUARTERS)
    for g in range(3):
        longest = time[group == g].max(initial=0.0)
        for left_out in range(5):
            rows = (group == g) & (replication != left_out)
            for place, probability in enumerate(QUARTERS):
                expected = by_definition(time[rows], event[rows], probability, longest if not event[group == g].all() else 0.0)
                assert [mean[g, left_out], quantiles[place, g, left_out]] == pytest.approx(expected, nan_ok=True)


def test_ranks_are_exact_where_the_share_is_a_whole_number_of_many_cases():
    """A rank one too high would come from p · n being a hair above the whole number."""
    for size in (20, 100, 1000, 20_000):
        _, quantiles = product_limit(sample_of(np.arange(1, size + 1), np.ones(size)), (0.5, 0.9, 0.95))
        assert quantiles[:, 0, -1].tolist() == [size / 2, size * 9 // 10, size * 19 // 20]
