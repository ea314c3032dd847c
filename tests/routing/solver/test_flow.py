"""The linear relaxation: its bound, its prices and the range of its costs."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from tests.routing.solver.oracle import best_cost
from tests.routing.solver.problems import problem_of, problems

from caserouter.domain.errors import SolverError
from caserouter.routing.problem import MAX_COST, RoutingProblem
from caserouter.routing.solver import flow_bound
from caserouter.routing.solver.flow import choose_scale, relax
from caserouter.routing.solver.instance import Instance, build_instance

MODEST = settings(max_examples=60, deadline=None)
ALLOWED = 2**62
"""OR-Tools accepts costs whose product with the square of the nodes stays below this."""


@given(problem=problems())
@MODEST
def test_the_bound_never_exceeds_the_optimum(problem: RoutingProblem) -> None:
    assert flow_bound(problem).bound <= best_cost(problem)


@given(problem=problems(side=False, load=False))
@MODEST
def test_the_bound_is_the_linear_optimum_rounded_up(problem: RoutingProblem) -> None:
    """HiGHS on the same relaxation, within its own tolerance, which grows with the costs."""
    exact = _linear_optimum(problem, problem.capacity.tolist())
    assert abs(flow_bound(problem).bound - exact) <= 1 + 1e-6 * float(problem.waiting_cost.sum() + problem.cost.sum())


@given(problem=problems(side=False, load=False), data=st.data())
@MODEST
def test_one_more_unit_saves_no_more_than_its_price(problem: RoutingProblem, data: st.DataObject) -> None:
    """And one unit less costs no less than it: the value of capacity is convex, and the price is its slope towards more.

    The pairs stay as they are: a book that was too small for a case does not become eligible by the added unit.
    """
    if not problem.num_specialists:
        return
    instance = build_instance(problem)
    j = data.draw(st.integers(0, problem.num_specialists - 1))
    price = relax(instance).unit_price[j]
    now, more = _value(instance), _value(_resized(instance, j, +1))
    tolerance = 2 + 1e-9 * float(now)
    assert now - more <= price + tolerance
    if instance.capacity[j]:
        assert _value(_resized(instance, j, -1)) - now >= price - tolerance


def test_the_price_of_a_unit_is_the_saving_towards_more_and_not_the_cost_of_less() -> None:
    """One unit; cases would pay 40 and 30 to be served at 0. A second unit saves 30, while losing the only one costs 40."""
    problem = problem_of([[0], [0]], weight=[1, 1], capacity=[1], waiting_cost=[40, 30])
    found = flow_bound(problem)
    assert (found.bound, found.unit_price.tolist()) == (30, [30.0])


def test_the_price_of_a_unit_passes_from_one_specialist_to_another() -> None:
    """One more unit at specialist 1 takes case 0, at 2 instead of 1, and frees specialist 0 for case 1: saves 30 - 1 - 1 = 28."""
    problem = problem_of([[1, 2], [1, None]], weight=[1, 1], capacity=[1, 0], waiting_cost=[50, 30])
    instance = build_instance(replace(problem, capacity=np.array([1, 1])))
    tight = replace(instance, capacity=np.array([1, 0]))
    assert relax(tight).unit_price.tolist() == [29.0, 28.0]


def test_a_unit_of_a_book_with_room_is_worth_nothing() -> None:
    problem = problem_of([[1, 2]], weight=[1], capacity=[5, 5], waiting_cost=[50])
    assert flow_bound(problem).unit_price.tolist() == [0.0, 0.0]


def test_the_load_price_of_the_last_unit_in_use_is_part_of_the_price() -> None:
    """Two units at 3 and 4 are in use; whoever took one more away from them would save 4."""
    problem = problem_of([[1]], weight=[2], capacity=[3], waiting_cost=[50], load=[[3, 4, 9]])
    found = flow_bound(problem)
    assert (found.bound, found.unit_price.tolist()) == (8, [4.0])


@pytest.mark.parametrize("largest", [1, 10**6, MAX_COST])
@pytest.mark.parametrize(("num_rows", "num_specialists"), [(1, 1), (1_000, 200), (45_000, 5_000)])
@pytest.mark.parametrize("weights", [(1,), (1, 2, 3, 5), tuple(range(1, 13)), (97, 89, 83, 79)])
def test_the_scale_keeps_every_cost_within_range(
    largest: int, num_rows: int, num_specialists: int, weights: tuple[int, ...]
) -> None:
    """In Python's whole numbers, which do not overflow; nothing is solved."""
    instance = _fake(num_rows, num_specialists, largest, weights)
    numerator, denominator = choose_scale(instance)
    nodes = num_rows + num_specialists + 2
    assert numerator >= 1
    assert denominator >= 1
    assert largest * numerator < 2**63
    assert max(weights) * denominator < 2**63
    assert Fraction(largest * numerator, denominator) * nodes * nodes < ALLOWED
    assert Fraction(largest * numerator, denominator) * num_rows < ALLOWED


def test_the_scale_is_exact_where_there_is_room() -> None:
    """The least common multiple of the weights 1 to 12."""
    assert choose_scale(_fake(1_000, 200, 10**6, tuple(range(1, 13)))) == (min(27_720, 2**61 // (10**6 * 1_202**2)), 1)
    assert choose_scale(_fake(100, 20, 10**6, tuple(range(1, 13)))) == (27_720, 1)


def test_the_largest_costs_are_bounded_from_below() -> None:
    """2,000 rows at `MAX_COST`: the flow has to round, down, and stays within a millionth."""
    n = 2_000
    problem = problem_of(
        [[MAX_COST - i] for i in range(n)], weight=[1 + i % 12 for i in range(n)], capacity=[n], waiting_cost=[MAX_COST] * n
    )
    instance = build_instance(problem)
    assert choose_scale(instance)[1] > 1
    exact = _linear_optimum(problem, [n])
    bound = flow_bound(problem).bound
    assert exact * (1 - 1e-6) <= bound <= exact + 1


def test_costs_beyond_the_range_are_refused() -> None:
    problem = problem_of([[MAX_COST + 1]], weight=[1], capacity=[1], waiting_cost=[1])
    with pytest.raises(SolverError, match=r"cost: outside 0 … 1000000000000; choose a coarser unit"):
        flow_bound(problem)


def _fake(num_rows: int, num_specialists: int, largest: int, weights: tuple[int, ...]) -> Instance:
    """Rows without pairs but for one, as large as wanted."""
    problem = RoutingProblem(
        indptr=np.concatenate([[0], np.ones(num_rows)]).astype(np.int64),
        specialist=np.zeros(1, dtype=np.int64),
        cost=np.array([largest], dtype=np.int64),
        weight=np.resize(np.array(weights, dtype=np.int64), num_rows),
        waiting_cost=np.full(num_rows, largest, dtype=np.int64),
        capacity=np.full(num_specialists, 100, dtype=np.int64),
    )
    problem.validate()
    return build_instance(problem)


def _resized(instance: Instance, j: int, units: int) -> Instance:
    capacity = instance.capacity.copy()
    capacity[j] += units
    width = np.diff(instance.load_ptr).max(initial=0) + 1
    load_ptr = np.arange(instance.num_specialists + 1, dtype=np.int64) * width
    return replace(instance, capacity=capacity, load_ptr=load_ptr, load_cost=np.zeros(load_ptr[-1], dtype=np.int64))


def _value(instance: Instance) -> float:
    """Optimum of the relaxation, from the flow that it found."""
    flow = relax(instance).flow
    row, weight = instance.pair_row, instance.weight
    left = weight - np.bincount(row, weights=flow, minlength=instance.num_rows)
    return float((flow * instance.cost / weight[row]).sum() + (left * instance.waiting_cost / weight).sum())


def _linear_optimum(problem: RoutingProblem, capacity: list[int]) -> float:
    """The relaxation of whole pairs into parts, where only pairs that fit count, by HiGHS."""
    row, specialist = problem.pair_case, problem.specialist
    fits = problem.weight[row] <= np.array(capacity)[specialist]
    row, specialist, cost = row[fits], specialist[fits], problem.cost[fits]
    if not len(cost):
        return float(problem.waiting_cost.sum())
    once = (np.arange(problem.num_cases)[:, None] == row).astype(float)
    load = (np.arange(problem.num_specialists)[:, None] == specialist) * problem.weight[row]
    unit = float(max(cost.max(), problem.waiting_cost.max(), 1))
    found = linprog(
        (cost - problem.waiting_cost[row]) / unit,
        A_ub=np.vstack([once, load]),
        b_ub=np.concatenate([np.ones(problem.num_cases), capacity]),
        method="highs",
    )
    return float(found.fun * unit + problem.waiting_cost.sum())
