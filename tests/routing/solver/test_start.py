"""A solve that starts from a known assignment."""

import dataclasses

import numpy as np
import pytest

from caserouter.domain.errors import SolverError
from caserouter.routing.problem import RoutingProblem
from caserouter.routing.solver import solve

TWO_BY_TWO = RoutingProblem.from_matrix([[5, 9], [5, 9]], weight=[1, 1], capacity=[1, 1], waiting_cost=[50, 50])
"""Both cases cost 5 with the first and 9 with the second specialist, who have room for one each: 14 either way."""


@pytest.mark.parametrize("start", [[0, 1], [1, 0]])
def test_an_optimal_start_is_kept(start):
    assert solve(TWO_BY_TWO, start=np.array(start)).assignment.tolist() == start


def test_a_poor_start_is_left():
    assert solve(TWO_BY_TWO, start=np.array([-1, -1])).objective == 14


def test_a_start_assigns_linked_cases_as_one():
    problem = dataclasses.replace(TWO_BY_TWO, capacity=np.array([2, 2]), linked=((0, 1),))
    assert solve(problem, start=np.array([0, 0])).assignment.tolist() == [0, 0]


def test_a_start_that_breaks_a_rule_is_refused():
    with pytest.raises(SolverError, match="capacity broken at index 0"):
        solve(TWO_BY_TWO, start=np.array([0, 0]))
