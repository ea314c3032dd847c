"""The first complete answer of larger problems, without any budget for improvement."""

import pytest
from tests.routing.solver.oracle import broken_rules, cost_of
from tests.routing.solver.problems import random_problem, with_side_constraints

from caserouter.routing.result import Status
from caserouter.routing.solver import solve


@pytest.mark.parametrize("tightness", [0.8, 1.05])
def test_the_first_answer_of_a_large_problem_is_within_ten_per_cent(tightness: float) -> None:
    """1,000 cases, 200 specialists, a fifth of the pairs; no more than the flow, a short ascent and a dive."""
    problem = random_problem(1_000, 200, tightness=tightness)
    result = solve(problem, work_limit=0.0)
    assert not broken_rules(problem, result.assignment.tolist())
    assert result.objective == cost_of(problem, result.assignment.tolist())
    assert 0 <= result.gap < 0.1


def test_side_constraints_hold_from_the_first_answer_on() -> None:
    """Links, separations, intake limits, team caps and load prices at once."""
    problem = with_side_constraints(random_problem(1_000, 200))
    result = solve(problem, work_limit=0.0)
    assert not broken_rules(problem, result.assignment.tolist())
    assert result.objective == cost_of(problem, result.assignment.tolist())
    assert result.bound <= result.objective


def test_unit_weights_are_exact_without_any_work() -> None:
    result = solve(random_problem(1_000, 200, weights=(1,)), work_limit=0.0)
    assert result.status is Status.OPTIMAL
    assert result.engine == "flow"
    assert result.work == 0.0
