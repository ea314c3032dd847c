"""Whatever the problem: the answer breaks no rule, costs what it says, and lies between the bound and nothing better."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.routing.solver.oracle import best_cost, broken_rules, cost_of
from tests.routing.solver.problems import problem_of, problems, random_problem, with_side_constraints

from caserouter.routing.problem import IntArray, RoutingProblem
from caserouter.routing.result import RoutingResult, Status
from caserouter.routing.solver import solve

MODEST = settings(max_examples=60, deadline=None)


def _check(problem: RoutingProblem, result: RoutingResult) -> None:
    """All that a caller may rely on, by a checker that shares no code with the solver."""
    assignment = result.assignment.tolist()
    assert not broken_rules(problem, assignment)
    assert result.objective == cost_of(problem, assignment)
    assert result.bound <= result.objective
    assert (result.status is Status.OPTIMAL) == (result.bound == result.objective)


@given(problem=problems(max_cases=9, max_specialists=5), work_limit=st.sampled_from([0.0, 0.01, 0.3]))
@MODEST
def test_an_answer_breaks_no_rule_and_costs_what_it_says(problem: RoutingProblem, work_limit: float) -> None:
    _check(problem, solve(problem, work_limit=work_limit))


@given(problem=problems(), work_limit=st.sampled_from([0.0, 0.5]))
@settings(MODEST, max_examples=100)
def test_brute_force_agrees(problem: RoutingProblem, work_limit: float) -> None:
    """A proved optimum is one, and the bound of any answer, proved or not, never exceeds it."""
    result = solve(problem, work_limit=work_limit)
    best = best_cost(problem)
    assert result.bound <= best <= result.objective
    if result.status is Status.OPTIMAL:
        assert result.objective == best


@given(problem=problems())
@MODEST
def test_small_problems_are_proved(problem: RoutingProblem) -> None:
    assert solve(problem, work_limit=5.0).status is Status.OPTIMAL


@pytest.mark.parametrize("seed", range(6))
def test_larger_problems_hold_as_well(seed: int) -> None:
    """Large enough for neighbourhoods; every other one with every side constraint."""
    problem = random_problem(120, 25, density=0.5, weights=range(1, 13), seed=seed)
    if seed % 2:
        problem = with_side_constraints(problem, seed=seed)
    _check(problem, solve(problem, work_limit=0.4, seed=seed))


@pytest.mark.parametrize("seed", [5, 31])
def test_an_answer_found_outside_the_promising_pairs_is_searched_on(seed: int) -> None:
    """Costs alike, so that a proof, which looks at every pair, betters the incumbent by one that neighbourhoods had left out."""
    problem = random_problem(60, 40, density=1.0, tightness=1.2, weights=range(1, 8), seed=seed)
    random = np.random.default_rng(seed)
    problem = replace(problem, cost=random.integers(1_000, 1_060, problem.num_pairs))
    problem = with_side_constraints(problem, seed=seed)
    _check(problem, solve(problem, work_limit=0.6))


@given(problem=problems(max_cases=8, max_specialists=4), seed=st.integers(0, 2**31 - 1))
@settings(MODEST, max_examples=30)
def test_the_same_seed_and_work_limit_give_the_same_answer(problem: RoutingProblem, seed: int) -> None:
    first, second = (solve(problem, work_limit=0.1, seed=seed) for _ in range(2))
    assert first.assignment.tolist() == second.assignment.tolist()
    assert (first.objective, first.bound, first.work) == (second.objective, second.bound, second.work)


def test_a_larger_problem_repeats_too() -> None:
    """Neighbourhoods are drawn at random, and both engines take turns."""
    problem = with_side_constraints(random_problem(200, 40, seed=3), seed=3)
    first, second = (solve(problem, work_limit=0.5, seed=7) for _ in range(2))
    assert first.assignment.tolist() == second.assignment.tolist()
    assert (first.objective, first.bound, first.work) == (second.objective, second.bound, second.work)


@given(problem=problems(max_weight=1, side=False))
@MODEST
def test_unit_weights_are_settled_by_the_flow_alone(problem: RoutingProblem) -> None:
    """Without side constraints, load prices included: the flow splits nothing."""
    result = solve(problem, work_limit=0.0)
    assert result.status is Status.OPTIMAL
    assert result.objective == best_cost(problem)


@given(problem=problems(), data=st.data())
@settings(MODEST, max_examples=40)
def test_the_order_of_cases_and_specialists_does_not_matter(problem: RoutingProblem, data: st.DataObject) -> None:
    cases = data.draw(st.permutations(range(problem.num_cases)))
    people = data.draw(st.permutations(range(problem.num_specialists)))
    first, second = solve(problem, work_limit=5.0), solve(_permuted(problem, cases, people), work_limit=5.0)
    assert first.status is second.status is Status.OPTIMAL
    assert first.objective == second.objective


@given(problem=problems(max_specialists=2), data=st.data())
@settings(MODEST, max_examples=40)
def test_one_more_specialist_never_makes_the_optimum_worse(problem: RoutingProblem, data: st.DataObject) -> None:
    """With the costs as they are: the newcomer may always be left idle."""
    price = st.none() | st.integers(0, 100)
    column = data.draw(st.lists(price, min_size=problem.num_cases, max_size=problem.num_cases))
    larger = _with_specialist(problem, column, capacity=data.draw(st.integers(0, 12)))
    before, after = solve(problem, work_limit=5.0), solve(larger, work_limit=5.0)
    assert before.status is after.status is Status.OPTIMAL
    assert after.objective <= before.objective


@given(problem=problems(), data=st.data())
@settings(MODEST, max_examples=40)
def test_an_answer_is_never_worse_than_its_start(problem: RoutingProblem, data: st.DataObject) -> None:
    start = solve(problem, work_limit=data.draw(st.sampled_from([0.0, 0.5]))).assignment
    result = solve(problem, work_limit=0.0, start=start)
    _check(problem, result)
    assert result.objective <= cost_of(problem, start.tolist())


def _matrix(problem: RoutingProblem) -> list[list[int | None]]:
    rows: list[list[int | None]] = [[None] * problem.num_specialists for _ in range(problem.num_cases)]
    for i, j, cost in zip(problem.pair_case, problem.specialist, problem.cost, strict=True):
        rows[i][j] = int(cost)
    return rows


def _loads(problem: RoutingProblem) -> list[list[int]]:
    return [problem.load_price[a:b].tolist() for a, b in zip(problem.load_indptr[:-1], problem.load_indptr[1:], strict=True)]


def _permuted(problem: RoutingProblem, cases: list[int], people: list[int]) -> RoutingProblem:
    """Row *k* of the result is row ``cases[k]``, specialist *k* is specialist ``people[k]``."""
    matrix, place = _matrix(problem), {case: k for k, case in enumerate(cases)}

    def picked(values: IntArray, order: list[int]) -> list[int]:
        return [int(values[k]) for k in order] if len(values) else []

    loads = {"load": [_loads(problem)[j] for j in people]} if len(problem.load_price) else {}
    return problem_of(
        [[matrix[i][j] for j in people] for i in cases],
        weight=picked(problem.weight, cases),
        waiting_cost=picked(problem.waiting_cost, cases),
        capacity=picked(problem.capacity, people),
        intake=picked(problem.intake, people),
        team=picked(problem.team, people),
        team_capacity=problem.team_capacity,
        linked=tuple(tuple(place[i] for i in group) for group in problem.linked),
        separated=tuple((place[a], place[b]) for a, b in problem.separated),
        **loads,
    )


def _with_specialist(problem: RoutingProblem, column: list[int | None], *, capacity: int) -> RoutingProblem:
    """One more specialist, in no team, without intake limit, whose load is free."""
    loads = {"load": [*_loads(problem), [0] * capacity]} if len(problem.load_price) else {}
    return problem_of(
        [[*row, cost] for row, cost in zip(_matrix(problem), column, strict=True)],
        weight=problem.weight.tolist(),
        waiting_cost=problem.waiting_cost.tolist(),
        capacity=[*problem.capacity.tolist(), capacity],
        intake=[*problem.intake.tolist(), -1] if len(problem.intake) else [],
        team=[*problem.team.tolist(), -1] if len(problem.team_capacity) else [],
        team_capacity=problem.team_capacity,
        linked=problem.linked,
        separated=problem.separated,
        **loads,
    )
