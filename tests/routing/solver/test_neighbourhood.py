"""Neighbourhoods: what is taken out is put back, and the rest stays."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.routing.solver.oracle import broken_rules, cost_of
from tests.routing.solver.problems import problems, random_problem, with_side_constraints

from caserouter.routing.problem import RoutingProblem
from caserouter.routing.solver import solve
from caserouter.routing.solver.columns import all_columns
from caserouter.routing.solver.cpsat import AssignmentModel
from caserouter.routing.solver.dual_ascent import ascend, certify
from caserouter.routing.solver.instance import build_instance
from caserouter.routing.solver.neighbourhood import draw_specialists, extract, gap_parts
from caserouter.routing.solver.neighbourhood_search import core_instance, solve_again

MODEST = settings(max_examples=50, deadline=None)


@given(problem=problems(max_cases=8, max_specialists=5), data=st.data())
@MODEST
def test_what_is_taken_out_comes_back_unchanged(problem: RoutingProblem, data: st.DataObject) -> None:
    """And the difference that a change makes inside is the difference that it makes outside."""
    if not problem.num_specialists:
        return
    instance = build_instance(problem)
    rows = instance.collapse(solve(problem, work_limit=0.0).assignment)
    some = data.draw(st.sets(st.integers(0, problem.num_specialists - 1), min_size=1))
    part = extract(instance, all_columns(instance), rows, np.array(sorted(some), dtype=np.int64))
    before = part.local(rows)
    assert part.merge(rows, before).tolist() == rows.tolist()
    emptied = part.merge(rows, np.full(len(part.rows), -1, dtype=np.int64))
    outside = instance.objective(emptied) - instance.objective(rows)
    inside = part.instance.objective(np.full(len(before), -1, dtype=np.int64)) - part.instance.objective(before)
    assert outside == inside
    assert not broken_rules(problem, instance.expand(emptied, problem.num_cases).tolist())


@given(problem=problems(max_cases=8, max_specialists=5), data=st.data())
@MODEST
def test_a_neighbourhood_solved_again_fits_into_the_rest(problem: RoutingProblem, data: st.DataObject) -> None:
    """By either engine, from an assignment that a little work left as it is."""
    instance = build_instance(problem)
    if not len(instance.cost):
        return
    rows = instance.collapse(solve(problem, work_limit=0.0).assignment)
    some = data.draw(st.sets(st.integers(0, problem.num_specialists - 1), min_size=1))
    part = extract(instance, all_columns(instance), rows, np.array(sorted(some), dtype=np.int64))
    if not len(part.rows):
        return
    before, value = part.local(rows), instance.waiting_cost.astype(np.float64)
    core, _ = core_instance(part.instance, before, value[part.rows])
    exact = AssignmentModel(core, before).solve(work_limit=5.0).assignment
    assert exact is not None
    again, _ = solve_again(part, value, seed=data.draw(st.integers(0, 100)))
    assert part.instance.objective(exact) <= min(part.instance.objective(before), part.instance.objective(again))
    for local in (exact, again):
        merged = instance.expand(part.merge(rows, local), problem.num_cases).tolist()
        assert not broken_rules(problem, merged)
        gained = part.instance.objective(before) - part.instance.objective(local)
        assert cost_of(problem, merged) == instance.objective(rows) - gained


def test_the_gap_splits_into_parts_by_specialist() -> None:
    """Objective - bound = the parts of the specialists + what each waiting row costs above its multiplier."""
    problem = with_side_constraints(random_problem(80, 15, density=0.5, seed=2), seed=2)
    instance = build_instance(problem)
    rows = instance.collapse(solve(problem, work_limit=0.0).assignment)
    waiting = instance.waiting_cost.astype(np.float64)
    _, value, _, _ = ascend(instance, all_columns(instance), waiting, iterations=50, target=float(instance.objective(rows)))
    certificate = certify(instance, value)
    parts = gap_parts(instance, rows, certificate.value, certificate.knapsack)
    left = (waiting - certificate.value)[rows < 0].sum()
    gap = instance.objective(rows) - certificate.bound
    assert parts.min() >= 0
    assert gap <= parts.sum() + left < gap + 1


def test_specialists_are_drawn_once_each_and_in_order() -> None:
    problem = random_problem(80, 15, density=0.5, seed=2)
    instance = build_instance(problem)
    rows = solve(problem, work_limit=0.0).assignment
    for seed in range(20):
        random = np.random.default_rng(seed)
        drawn = draw_specialists(all_columns(instance), rows, np.zeros(15), 6, random).tolist()
        assert len(drawn) == 6
        assert all(a < b for a, b in pairwise(drawn))


def test_specialists_are_drawn_where_the_gap_is() -> None:
    """All of it is with specialist 3, who is drawn more often than anybody else."""
    problem = random_problem(80, 15, density=0.5, seed=2)
    slack = np.zeros(15)
    slack[3] = 1_000.0
    rows = solve(problem, work_limit=0.0).assignment
    columns = all_columns(build_instance(problem))
    drawn = [draw_specialists(columns, rows, slack, 5, np.random.default_rng(seed)) for seed in range(40)]
    assert int(np.argmax(np.bincount(np.concatenate(drawn)))) == 3
