"""Problems that are none: each is refused with what is wrong with it."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.routing.solver.problems import problem_of

from caserouter.domain.errors import InvalidInput, SolverError
from caserouter.routing.problem import MAX_COST
from caserouter.routing.solver import flow_bound, solve

SOUND = problem_of([[1, 2], [3, 4]], weight=[1, 2], capacity=[2, 2], waiting_cost=[10, 20], load=[[0, 1], [0, 5]])
"""Two cases, two specialists, four pairs."""


def _ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"indptr": _ints(0, 4)}, "indptr has 2 entries, 3 expected"),
        ({"indptr": _ints(0, 2, 3)}, "cost, specialist and indptr disagree"),
        ({"indptr": _ints(1, 2, 4)}, "indptr: starts at 0 and does not fall"),
        ({"indptr": _ints(0, 5, 4)}, "indptr: starts at 0 and does not fall"),
        ({"cost": _ints(1, 2, 3)}, "cost, specialist and indptr disagree"),
        ({"waiting_cost": _ints(1)}, "waiting_cost has 1 entries, 2 expected"),
        ({"weight": _ints(1, 0)}, "a weight is 1 or more"),
        ({"capacity": _ints(2, -1)}, "a capacity is 0 or more"),
        ({"cost": _ints(1, 2, 3, -4)}, "cost: outside 0 … 1000000000000; choose a coarser unit"),
        ({"cost": _ints(1, 2, 3, MAX_COST + 1)}, "cost: outside 0 … 1000000000000; choose a coarser unit"),
        ({"waiting_cost": _ints(-1, 5)}, "waiting_cost: outside 0 … 1000000000000; choose a coarser unit"),
        ({"specialist": _ints(0, 1, 0, 2)}, "specialist: index out of range"),
        ({"specialist": _ints(0, 1, 1, 0)}, "specialist: not strictly rising within a case"),
        ({"specialist": _ints(0, 1, 1, 1)}, "specialist: not strictly rising within a case"),
        ({"intake": _ints(1)}, "intake has 1 entries, 2 expected"),
        ({"team": _ints(0), "team_capacity": _ints(5)}, "team has 1 entries, 2 expected"),
        ({"team": _ints(0, 1), "team_capacity": _ints(5)}, "team: index out of range, there are 1"),
        ({"team": _ints(0, 0), "team_capacity": _ints(-5)}, "a team_capacity is 0 or more"),
        ({"load_indptr": _ints(0, 2)}, "load_indptr has 2 entries, 3 expected"),
        ({"load_indptr": _ints(0, 1, 4)}, "load_price: not one entry per unit of capacity"),
        ({"load_price": _ints(0, 1, 0)}, "load_price: not one entry per unit of capacity"),
        ({"load_price": _ints(0, 1, 5, 0)}, "load_price: falls within a specialist"),
        ({"load_price": _ints(-1, 1, 0, 5)}, "load_price: outside 0 … 1000000000000; choose a coarser unit"),
        ({"load_price": _ints(0, MAX_COST + 1, 0, 5)}, "load_price: outside 0 … 1000000000000; choose a coarser unit"),
        ({"linked": ((0, 2),)}, "linked: case 2 out of range, there are 2"),
        ({"linked": ((0, 1), (1,))}, "linked: a case is named twice"),
        ({"separated": ((0, -1),)}, "separated: case -1 out of range, there are 2"),
    ],
)
def test_a_malformed_problem_is_refused(fields: dict[str, Any], message: str) -> None:
    malformed = replace(SOUND, **fields)
    for refuse in (solve, flow_bound):
        with pytest.raises(SolverError) as refused:
            refuse(malformed)
        assert str(refused.value) == message


def test_the_sound_problem_is_not_refused() -> None:
    """Case 0, of weight 1, at specialist 1 and case 1, of weight 2, at 0: 2 + 0 and 3 + 0 + 1. The other way it is 1 + 4 + 5."""
    assert solve(SOUND).objective == 2 + 0 + 3 + 0 + 1


@pytest.mark.parametrize(
    ("start", "message"),
    [
        ([0], r"start has shape (1,), (2,) expected"),
        ([5, -1], "case 0: assigned to specialist 5, who is not eligible for it"),
        ([0, 0], "capacity broken at index 0; please report this"),
    ],
)
def test_a_start_that_breaks_a_rule_is_refused(start: list[int], message: str) -> None:
    problem = problem_of([[1, 2], [3, 4]], weight=[1, 2], capacity=[2, 2], waiting_cost=[10, 20])
    with pytest.raises(SolverError) as refused:
        solve(problem, start=_ints(*start))
    assert str(refused.value) == message


@pytest.mark.parametrize("name", ["work_limit", "time_limit", "gap"])
@pytest.mark.parametrize("value", [-1.0, float("nan")])
def test_a_budget_is_a_number_of_zero_or_more(name: str, value: float) -> None:
    limits: dict[str, Any] = {name: value}
    with pytest.raises(InvalidInput, match=f"{name}: {value}: not a number of 0 or more; choose one, or leave it out"):
        solve(SOUND, **limits)
