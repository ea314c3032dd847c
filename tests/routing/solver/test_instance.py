"""Linked cases merged, hopeless pairs dropped: the instance is the same problem."""

from collections.abc import Iterator

import numpy as np
from hypothesis import given, settings
from tests.routing.solver.oracle import best_cost, broken_rules, cost_of, every_answer
from tests.routing.solver.problems import problem_of, problems

from caserouter.routing.problem import RoutingProblem
from caserouter.routing.solver.instance import UNLIMITED, Instance, build_instance

MODEST = settings(max_examples=60, deadline=None)


@given(problem=problems(max_cases=4))
@MODEST
def test_merging_linked_cases_is_exact(problem: RoutingProblem) -> None:
    """Every answer of the problem has its rows, at the same cost, and comes back unchanged."""
    instance = build_instance(problem)
    for answer in every_answer(problem):
        rows = instance.collapse(np.array(answer, dtype=np.int64))
        assert len(rows) == instance.num_rows
        assert instance.objective(rows) == cost_of(problem, answer)
        assert instance.expand(rows, problem.num_cases).tolist() == list(answer)
        assert all(j < 0 or j in _specialists(instance, i) for i, j in enumerate(rows))


@given(problem=problems(max_cases=4))
@MODEST
def test_no_pair_of_the_instance_is_hopeless(problem: RoutingProblem) -> None:
    """A row alone with any of its specialists breaks no rule."""
    instance = build_instance(problem)
    for i, j in zip(instance.pair_row, instance.specialist, strict=True):
        rows = np.full(instance.num_rows, -1, dtype=np.int64)
        rows[i] = j
        assert not broken_rules(problem, instance.expand(rows, problem.num_cases).tolist())


@given(problem=problems(max_cases=4))
@MODEST
def test_the_usable_capacity_excludes_no_answer(problem: RoutingProblem) -> None:
    """It may be less than the capacity, but nothing that keeps the rules loads more."""
    instance = build_instance(problem)
    for answer in every_answer(problem):
        loads = [sum(int(problem.weight[i]) for i in held) for held in _books(answer, problem.num_specialists)]
        assert all(load <= room for load, room in zip(loads, instance.capacity, strict=True))


def test_a_group_adds_up_and_keeps_common_specialists() -> None:
    problem = problem_of(
        [[1, 2, None], [None, 7, 8], [4, 5, 6]],
        weight=[1, 2, 3],
        capacity=[9, 9, 9],
        waiting_cost=[10, 20, 40],
        linked=((2, 0),),
    )
    instance = build_instance(problem)
    assert instance.groups == ((0, 2), (1,))
    assert instance.weight.tolist() == [4, 2]
    assert instance.waiting_cost.tolist() == [50, 20]
    assert instance.count.tolist() == [2, 1]
    assert (instance.row_ptr.tolist(), instance.specialist.tolist(), instance.cost.tolist()) == (
        [0, 2, 4],
        [0, 1, 1, 2],
        [1 + 4, 2 + 5, 7, 8],
    )


def test_a_separation_inside_a_group_leaves_no_pair() -> None:
    problem = problem_of([[1], [1]], weight=[1, 1], capacity=[2], waiting_cost=[5, 5], linked=((0, 1),), separated=((0, 1),))
    assert build_instance(problem).num_rows == 1
    assert len(build_instance(problem).cost) == 0
    assert best_cost(problem) == 10


def test_without_side_constraints_there_are_none() -> None:
    instance = build_instance(problem_of([[1]], weight=[1], capacity=[2], waiting_cost=[5]))
    assert not instance.has_side_constraints
    assert not instance.has_load_price
    assert instance.intake.tolist() == [UNLIMITED]


def _specialists(instance: Instance, row: int) -> list[int]:
    return instance.specialist[instance.row_ptr[row] : instance.row_ptr[row + 1]].tolist()


def _books(answer: tuple[int, ...], num_specialists: int) -> Iterator[list[int]]:
    return ([i for i, holder in enumerate(answer) if holder == j] for j in range(num_specialists))
