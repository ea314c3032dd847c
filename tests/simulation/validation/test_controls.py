"""The control variates and the estimates, against cases that can be worked out otherwise."""

import numpy as np
import pytest
from scipy.stats import poisson
from tests.simulation.validation import controls, erlang
from tests.simulation.validation.estimates import Estimate


def test_the_second_customer_waits_for_what_is_left_of_the_first():
    assert controls.fifo_waits(np.array([0.0, 1.0, 5.0]), np.array([3.0, 1.0, 9.0])) == pytest.approx([0.0, 2.0, 0.0])


def test_the_third_customer_waits_for_the_first_of_two_servers_to_be_free():
    assert controls.fifo_waits(np.array([0.0, 1.0, 1.5]), np.array([3.0, 1.0, 9.0]), 2) == pytest.approx([0.0, 0.0, 0.5])


def test_the_expected_wait_of_two_customers_is_that_of_two_exponentials():
    """E[max(S − A, 0)] of means 1 and 2: the service outlasts the gap with 2/3, and then has 1 left; the first customer never waits."""
    assert controls.expected_wait_from_empty(2, rate=0.5, mean=1.0) == pytest.approx(1.0 / 3 / 2)


def test_the_expected_wait_of_many_customers_is_that_of_the_steady_state():
    assert controls.expected_wait_from_empty(200_000, rate=0.6, mean=1.0) == pytest.approx(
        erlang.mean_wait(1, 0.6, 1.0), rel=1e-3
    )


@pytest.mark.parametrize("phases", [1, 2])
def test_the_expected_wait_is_the_mean_of_simulated_ones(phases):
    generator = np.random.default_rng(1)
    found = [
        controls.fifo_waits(np.cumsum(generator.exponential(1.0, 40)), generator.gamma(phases, 0.8 / phases, 40)).mean()
        for _ in range(4000)
    ]
    expected = controls.expected_wait_from_empty(40, rate=1.0, mean=0.8, phases=phases)
    assert Estimate.of(found).value == pytest.approx(expected, abs=4 * Estimate.of(found).error)


def test_the_excess_counts_only_what_goes_over_and_only_within_the_window():
    """Two at once from 1 to 2, three from 2 to 4, and one from there to 9."""
    excess = controls.mean_excess(np.array([0.0, 1.0, 2.0]), np.array([9.0, 3.0, 2.0]), over=1, window=(1.0, 5.0))
    assert excess == pytest.approx((1 * 1 + 2 * 2) / 4)


def test_the_expected_excess_is_a_mean_over_the_poisson_distribution():
    """Load 4, over 3: Σ (n − 3) P(N = n) over n > 3."""
    number = np.arange(4, 60)
    assert controls.expected_excess(4.0, 3) == pytest.approx(float((number - 3) @ poisson.pmf(number, 4.0)))


def test_a_perfect_control_leaves_no_error():
    values = np.array([1.0, 2.0, 4.0, 7.0])
    estimate = Estimate.controlled(2 * values + 1, values[:, None], [3.0])
    assert estimate.value == pytest.approx(7.0)
    assert estimate.error == pytest.approx(0.0, abs=1e-9)


def test_the_interval_of_a_control_that_tells_nothing_is_the_plain_one():
    generator = np.random.default_rng(3)
    values, noise = generator.normal(size=400), generator.normal(size=(400, 1))
    assert Estimate.controlled(values, noise, [0.0]).error == pytest.approx(Estimate.of(values).error, rel=0.02)


def test_a_rough_estimate_is_refused_although_it_may_be_right():
    with pytest.raises(AssertionError, match="too rough"):
        Estimate(1.0, 0.1, 30).assert_agrees(1.0)


def test_a_precise_estimate_of_something_else_is_refused():
    with pytest.raises(AssertionError, match="is not 1"):
        Estimate(1.02, 0.001, 30).assert_agrees(1.0)


def test_a_published_value_brings_its_own_error():
    Estimate(1.02, 0.001, 30).assert_agrees(1.0, reference_error=0.01)
