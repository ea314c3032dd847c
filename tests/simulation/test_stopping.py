"""When to stop replicating."""

import numpy as np
import pytest

from caserouter.simulation.jackknife import estimate_ratio
from caserouter.simulation.stopping import excess_of, next_look

VALUES = np.array([0.4, 0.6, 0.5, 0.5])


def estimate_of(measure, values=VALUES):
    values = np.asarray(values)[None]
    return estimate_ratio(measure, "all", ("all",), np.nan_to_num(values), (~np.isnan(values)).astype(float))


def test_a_proportion_is_held_to_the_half_width_itself():
    found = estimate_of("occupancy")
    assert excess_of([found], [found], 0.05) == pytest.approx(found.half_width()[0] / 0.05)


def test_everything_else_is_held_to_a_share_of_its_value():
    found = estimate_of("waiting_time_mean", VALUES * 100)
    assert excess_of([found], [found], 0.05) == pytest.approx(found.half_width()[0] / (0.05 * 50))


def test_a_difference_is_held_to_a_share_of_the_base():
    base, difference = estimate_of("waiting_time_mean", VALUES * 100), estimate_of("waiting_time_mean", VALUES)
    assert excess_of([difference], [base], 0.05) == pytest.approx(difference.half_width()[0] / (0.05 * 50))


def test_the_widest_decides_and_all_of_them_hold_at_once():
    narrow, wide = estimate_of("occupancy", VALUES / 10), estimate_of("occupancy")
    assert excess_of([narrow, wide], [narrow, wide], 0.1) == pytest.approx(wide.half_width(0.975)[0] / 0.1)


def test_what_nothing_was_observed_of_is_passed_over():
    nothing = estimate_of("occupancy", [np.nan] * 4)
    assert excess_of([nothing], [nothing], 0.1) == 0.0


def test_what_one_replication_alone_observed_is_not_known_closely():
    once = estimate_of("occupancy", [0.5, np.nan, np.nan, np.nan])
    assert excess_of([once], [once], 0.1) == np.inf


def test_what_does_not_vary_is_known_even_where_it_is_zero():
    zero = estimate_of("waiting_time_mean", [0.0] * 4)
    assert excess_of([zero], [zero], 0.1) == 0.0


@pytest.mark.parametrize(
    ("done", "excess", "most", "planned"),
    [
        (20, 1.2, 1000, 29),  # 20 · 1.44 = 28.8
        (20, 1.01, 1000, 25),  # five more at least
        (20, 3.0, 1000, 40),  # twice as many at most
        (20, np.inf, 1000, 40),
        (20, 3.0, 33, 33),  # never beyond the limit
        (40, 1.2, 1000, 58),
    ],
)
def test_the_next_look_comes_when_the_spread_foresees_enough(done, excess, most, planned):
    assert next_look(done, excess, most) == planned
