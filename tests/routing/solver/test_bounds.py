"""The Lagrangian bound and the pairs that it rules out."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.routing.solver.oracle import best_cost, cost_of, every_answer
from tests.routing.solver.problems import problem_of, problems, random_problem

from caserouter.routing.problem import MAX_COST, RoutingProblem
from caserouter.routing.solver.columns import FloatArray, all_columns, reduced_costs, row_prices
from caserouter.routing.solver.core import core_effort, core_pairs
from caserouter.routing.solver.cpsat import AssignmentModel
from caserouter.routing.solver.dual_ascent import ascend, certify
from caserouter.routing.solver.flow import relax
from caserouter.routing.solver.instance import Instance, build_instance

MODEST = settings(max_examples=60, deadline=None)


@given(problem=problems(), data=st.data())
@MODEST
def test_a_certificate_never_exceeds_the_optimum(problem: RoutingProblem, data: st.DataObject) -> None:
    """At any multipliers whatever, good or bad, above the waiting cost or below zero."""
    instance = build_instance(problem)
    assert certify(instance, _any_multipliers(instance, data)).bound <= best_cost(problem)


@given(problem=problems())
@MODEST
def test_an_ascent_never_exceeds_the_optimum(problem: RoutingProblem) -> None:
    """Its own bound is a float; certified, it is a bound in whole numbers."""
    instance = build_instance(problem)
    best = best_cost(problem)
    bound, value, _, _ = ascend(
        instance, all_columns(instance), instance.waiting_cost.astype(np.float64), iterations=40, target=float(best)
    )
    assert bound <= best + 1e-9 * best + 1e-6
    assert certify(instance, value).bound <= best


@given(problem=problems(max_cases=4), data=st.data())
@MODEST
def test_core_pairs_keep_every_better_answer(problem: RoutingProblem, data: st.DataObject) -> None:
    """Whatever incumbent is in hand, the pairs of every answer strictly better than it survive."""
    instance = build_instance(problem)
    certificate = certify(instance, _any_multipliers(instance, data))
    answers = list(every_answer(problem))
    incumbent = cost_of(problem, data.draw(st.sampled_from(answers)))
    keep = core_pairs(instance, certificate.value, incumbent - certificate.bound + 1.0)
    for answer in answers:
        if cost_of(problem, answer) < incumbent:
            rows = instance.collapse(np.array(answer, dtype=np.int64))
            assert keep[rows[instance.pair_row] == instance.specialist].all()


def test_core_pairs_leave_out_what_cannot_pay() -> None:
    """Two cases, two books of one: at values 3 and 3 each knapsack is worth 2, and a pair at 9 loses 2 + 6."""
    instance = build_instance(problem_of([[1, 9], [9, 1]], weight=[1, 1], capacity=[1, 1], waiting_cost=[20, 20]))
    assert core_pairs(instance, np.array([3.0, 3.0]), 7.9).tolist() == [True, False, False, True]
    assert core_pairs(instance, np.array([3.0, 3.0]), 8.0).tolist() == [True, True, True, True]


def test_the_effort_of_a_scan_grows_with_the_square_of_the_books() -> None:
    """Four pairs at books of 2, then of 20 units: as the largest team inboxes, which are better left unscanned."""
    small, large = (
        build_instance(problem_of([[1, 1], [1, 1]], weight=[room, room], capacity=[2 * room] * 2, waiting_cost=[9, 9]))
        for room in (1, 10)
    )
    assert (core_effort(small), core_effort(large)) == (4 * 2**2 // 8, 4 * 20**2 // 8)


def test_the_lagrangian_bound_is_tighter_than_the_flow() -> None:
    """Three units, two cases of weight 2: the flow serves one and a half, the knapsack one."""
    problem = problem_of([[0], [0]], weight=[2, 2], capacity=[3], waiting_cost=[30, 30])
    instance = build_instance(problem)
    assert relax(instance).bound == 15
    assert certify(instance, np.array([30.0, 30.0])).bound == 30 == best_cost(problem)


def test_a_certificate_of_huge_costs_does_not_overflow() -> None:
    """At a million rows of `MAX_COST` each, sixteenths would pass 64 bits."""
    n = 1_000_000
    problem = RoutingProblem(
        indptr=np.concatenate([[0], np.ones(n)]).astype(np.int64),
        specialist=np.zeros(1, dtype=np.int64),
        cost=np.array([MAX_COST], dtype=np.int64),
        weight=np.ones(n, dtype=np.int64),
        waiting_cost=np.full(n, MAX_COST, dtype=np.int64),
        capacity=np.array([1], dtype=np.int64),
    )
    instance = build_instance(problem)
    assert certify(instance, instance.waiting_cost.astype(np.float64)).bound == n * MAX_COST


def test_a_proved_bound_past_the_precision_of_floats_is_exact() -> None:
    """Sums near 2^54, where floats are 4 apart: the bound of CP-SAT may not be rounded up."""
    n = 20
    problem = problem_of([[10**12 - 1 - i] for i in range(n)], weight=[1] * n, capacity=[n], waiting_cost=[10**12] * n)
    large = replace(build_instance(problem), cost=np.array([10**15 + 2 * i + 1 for i in range(n)], dtype=np.int64))
    large = replace(large, waiting_cost=np.full(n, 2 * 10**15, dtype=np.int64))
    answer = AssignmentModel(large).solve(work_limit=5.0)
    assert answer.bound == sum(10**15 + 2 * i + 1 for i in range(n))


def test_a_climb_from_the_flow_tightens_its_bound() -> None:
    problem = random_problem(150, 20, density=0.4, weights=range(1, 13), seed=1)
    instance = build_instance(problem)
    relaxation = relax(instance)
    value = row_prices(instance, reduced_costs(instance, relaxation.unit_price))
    target = 1.01 * relaxation.bound
    _, value, _, _ = ascend(instance, all_columns(instance), value, iterations=200, target=target)
    assert certify(instance, value).bound > relaxation.bound


def _any_multipliers(instance: Instance, data: st.DataObject) -> FloatArray:
    """Between -0.1 and 1.2 of the waiting cost of each row."""
    parts = data.draw(st.lists(st.floats(-0.1, 1.2), min_size=instance.num_rows, max_size=instance.num_rows))
    value: FloatArray = np.array(parts, dtype=np.float64) * instance.waiting_cost
    return value
