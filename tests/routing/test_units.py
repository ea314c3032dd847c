"""Cost units: whole, rounded down, coarse enough never to overflow and fine enough to tell cheap cases apart."""

import numpy as np
import pytest

from caserouter.domain.errors import SolverError
from caserouter.routing.problem import MAX_COST
from caserouter.routing.units import choose_unit, in_units

NONE = np.zeros(0)


def test_a_cent_is_the_usual_unit():
    assert choose_unit(np.array([48.0]), np.array([1200.0]), NONE) == 0.01
    assert choose_unit(NONE, NONE, NONE) == 0.01


@pytest.mark.parametrize("largest", [1.01e10, 7e15, 1e60, 1e300])
def test_large_costs_take_a_coarser_unit_and_never_overflow(largest):
    costs = np.array([largest])
    unit = choose_unit(costs, NONE, NONE)
    assert 0 < in_units(costs, unit)[0] <= MAX_COST
    assert in_units(costs, unit)[0] >= MAX_COST // 10


def test_small_costs_take_a_finer_unit():
    costs = np.array([0.003, 0.004])
    units = in_units(costs, choose_unit(costs, NONE, NONE))
    assert 1_000 <= units[0] < units[1] < 100_000


def test_the_heaviest_case_at_the_dearest_load_stays_in_range():
    load = np.array([1e11])
    assert in_units(load, choose_unit(NONE, NONE, load))[0] * 12 <= MAX_COST


def test_units_round_down_but_not_below_a_whole_cent():
    assert in_units(np.array([0.29, 0.299, 48.0]), 0.01).tolist() == [29, 29, 4800]


@pytest.mark.parametrize("wrong", [np.inf, np.nan, -1.0])
def test_a_cost_that_is_no_number_is_an_error_that_says_so(wrong):
    with pytest.raises(SolverError, match=r"waiting cost .*: a cost is a finite number, 0 or more"):
        choose_unit(NONE, np.array([1.0, wrong]), NONE)
