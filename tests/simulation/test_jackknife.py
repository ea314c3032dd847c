"""Intervals from replications."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from caserouter.simulation.jackknife import Estimate, divide, estimate_ratio, half_width_of, shared_confidence


def ratio(numerator, denominator):
    return estimate_ratio("measure", "all", ("all",), np.array([numerator], float), np.array([denominator], float))


def test_a_ratio_is_one_of_sums_and_no_mean_of_ratios():
    assert ratio([1, 9], [10, 10]).value.tolist() == [0.5]
    assert ratio([10, 9], [10, 90]).value.tolist() == [0.19]


def test_each_replication_is_left_out_in_turn():
    found = ratio([1, 2, 6], [2, 4, 6])
    assert found.left_out.tolist() == [[8 / 10, 7 / 8, 3 / 6]]
    assert found.own.tolist() == [[1 / 2, 2 / 4, 6 / 6]]


def test_the_interval_of_a_ratio_is_as_worked_out_by_hand():
    """θ = 9/12; pseudo-values 3θ − 2θ₋ᵢ = 0.65, 0.5, 1.25; their standard deviation is 0.3968627; t with 2 degrees is 4.3026527."""
    found = ratio([1, 2, 6], [2, 4, 6])
    assert found.pseudo_values[0] == pytest.approx([0.65, 0.5, 1.25])
    assert found.half_width() == pytest.approx([4.3026527 * 0.3968627 / 3**0.5])


@given(st.lists(st.integers(-50, 50), min_size=7, max_size=7))
def test_the_interval_of_a_mean_is_students(values):
    found = ratio(values, np.ones(7))
    assert found.value[0] == pytest.approx(np.mean(values))
    assert found.half_width()[0] == pytest.approx(stats.t.ppf(0.975, 6) * stats.sem(values), abs=1e-9)


def test_the_jackknife_of_a_ratio_agrees_with_the_delta_method():
    """The linearised variance Σ (Nᵢ − θ Dᵢ)² ÷ (R (R − 1) D̄²), a second route, for many replications of large denominators."""
    rng = np.random.default_rng(5)
    denominator = rng.poisson(500, 400).astype(float)
    numerator = rng.binomial(denominator.astype(int), 0.8).astype(float)
    found = ratio(numerator, denominator)
    residual = numerator - found.value[0] * denominator
    linearised = np.sqrt((residual**2).sum() / (400 * 399)) / denominator.mean()
    assert found.half_width()[0] == pytest.approx(stats.t.ppf(0.975, 399) * linearised, rel=0.01)


def test_intervals_of_a_ratio_cover_as_often_as_they_say():
    """2,000 times 12 replications with some 30 cases each: a share of 95 % covered, within four of its standard errors."""
    rng = np.random.default_rng(11)
    denominator = rng.poisson(30, (2000, 12)).astype(float)
    numerator = rng.binomial(denominator.astype(int), 0.4).astype(float)
    found = estimate_ratio("measure", "all", ("all",) * 2000, numerator, denominator)
    covered = (np.abs(found.value - 0.4) <= found.half_width()).mean()
    assert covered == pytest.approx(0.95, abs=4 * (0.95 * 0.05 / 2000) ** 0.5)


def test_one_replication_gives_no_interval():
    assert np.isnan(ratio([3], [4]).half_width()).all()


def test_a_group_that_one_replication_alone_has_seen_gives_no_interval():
    found = ratio([0, 3, 0], [0, 4, 0])
    assert found.value.tolist() == [0.75]
    assert found.num_replications.tolist() == [1]
    assert np.isnan(found.half_width()).all()


def test_replications_without_the_group_give_no_degrees_of_freedom():
    found = ratio([1, 3, 0, 0], [4, 4, 0, 0])
    spread = found.pseudo_values.std(ddof=1) / 4**0.5
    assert found.half_width()[0] == pytest.approx(stats.t.ppf(0.975, 1) * spread)


def test_what_nobody_observed_is_not_a_number():
    assert np.isnan(ratio([0, 0], [0, 0]).value).all()
    assert np.isnan(divide(np.array([1.0]), np.array([0.0]))).all()


def test_equal_replications_give_an_interval_of_width_zero():
    assert half_width_of(np.full((1, 5), 0.25), np.array([5])).tolist() == [0.0]


def test_intervals_that_are_read_together_share_the_error():
    assert shared_confidence(1) == pytest.approx(0.95)
    assert shared_confidence(10) == pytest.approx(0.995)
    assert shared_confidence(0) == pytest.approx(0.95)


def test_simultaneous_intervals_are_wider():
    found = ratio([1, 2, 6], [2, 4, 6])
    assert found.half_width(shared_confidence(3)) > found.half_width()


def test_one_group_can_be_taken_out():
    found = estimate_ratio("measure", "case_type", ("a", "b"), np.array([[1.0, 2], [3, 4]]), np.array([[2.0, 2], [4, 4]]))
    assert found.only("b").value.tolist() == [7 / 8]
    assert isinstance(found.only("b"), Estimate)
    with pytest.raises(ValueError, match="not in tuple"):
        found.only("c")
