"""The peers that the assignment model is compared with, each given the whole problem as its own documentation would have it."""

from dataclasses import dataclass
from math import lcm

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow
from ortools.sat.python import cp_model
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_matrix, csr_matrix, hstack, identity
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from caserouter.routing.problem import IntArray, RoutingProblem


@dataclass(frozen=True)
class Model:
    """The integer programme: minimise cost @ x, every case once or waiting, every book within its capacity."""

    cost: NDArray[np.float64]
    once: csr_matrix
    load: csr_matrix
    capacity: IntArray

    @classmethod
    def of(cls, problem: RoutingProblem) -> "Model":
        n, m, k = problem.num_cases, problem.num_specialists, problem.num_pairs
        row, column = problem.pair_case, np.arange(k)
        chosen = coo_matrix((np.ones(k), (row, column)), shape=(n, k))
        load = coo_matrix((problem.weight[row].astype(float), (problem.specialist, column)), shape=(m, k))
        return cls(
            np.concatenate([problem.cost, problem.waiting_cost]).astype(float),
            hstack([chosen, identity(n)]).tocsr(),
            hstack([load, csr_matrix((m, n))]).tocsr(),
            problem.capacity,
        )


def highs_lp(model: Model, method: str) -> float:
    """The linear relaxation by SciPy's HiGHS: `highs-ds` (dual simplex) or `highs-ipm` (interior point)."""
    return float(
        linprog(
            model.cost, A_ub=model.load, b_ub=model.capacity, A_eq=model.once, b_eq=np.ones(model.once.shape[0]), method=method
        ).fun
    )


def highs_mip(problem: RoutingProblem, seconds: float) -> float | None:
    """Objective of SciPy's HiGHS MIP solver after `seconds`, None where it found nothing."""
    model = Model.of(problem)
    answer = milp(
        model.cost,
        integrality=np.ones(len(model.cost)),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(model.once, 1, 1),
            LinearConstraint(model.load, -np.inf, model.capacity),
        ],
        options={"time_limit": seconds, "mip_rel_gap": 1e-9},
    )
    return None if answer.x is None else float(answer.fun)


def cp_sat(problem: RoutingProblem, seconds: float) -> float | None:
    """Objective of CP-SAT given the whole model and both cores for `seconds`, None where it found nothing."""
    model = cp_model.CpModel()
    take = [model.new_bool_var("") for _ in range(problem.num_pairs)]
    wait = [model.new_bool_var("") for _ in range(problem.num_cases)]
    for i in range(problem.num_cases):
        model.add_exactly_one([*take[problem.indptr[i] : problem.indptr[i + 1]], wait[i]])
    row = problem.pair_case
    for j in range(problem.num_specialists):
        pairs = np.flatnonzero(problem.specialist == j)
        terms = [take[a] for a in pairs]
        model.add(cp_model.LinearExpr.weighted_sum(terms, problem.weight[row[pairs]].tolist()) <= int(problem.capacity[j]))
    costs = [*problem.cost.tolist(), *problem.waiting_cost.tolist()]
    model.minimize(cp_model.LinearExpr.weighted_sum([*take, *wait], costs))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    return solver.objective_value if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def greedy(problem: RoutingProblem) -> float:
    """By priority: the dearest to leave waiting goes first, to whoever is cheapest among those with room."""
    room = problem.capacity.copy()
    total = 0
    for i in np.argsort(-problem.waiting_cost, kind="stable"):
        pairs = slice(problem.indptr[i], problem.indptr[i + 1])
        fits = room[problem.specialist[pairs]] >= problem.weight[i]
        if fits.any():
            best = np.argmin(np.where(fits, problem.cost[pairs], np.iinfo(np.int64).max))
            room[problem.specialist[pairs][best]] -= problem.weight[i]
            total += int(problem.cost[pairs][best])
        else:
            total += int(problem.waiting_cost[i])
    return float(total)


def raw_flow(problem: RoutingProblem) -> min_cost_flow.SimpleMinCostFlow:
    """The bare min-cost flow on the relaxation's arcs, ready to be solved."""
    n, m = problem.num_cases, problem.num_specialists
    scale = lcm(*np.unique(problem.weight).tolist())
    row = problem.pair_case
    fits = problem.weight[row] <= problem.capacity[problem.specialist]
    row, specialist, cost = row[fits], problem.specialist[fits], problem.cost[fits]
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([row, np.arange(n), n + np.arange(m)]),
        np.concatenate([n + specialist, np.full(n + m, n + m)]),
        np.concatenate([problem.weight[row], problem.weight, problem.capacity]),
        np.concatenate(
            [
                cost * scale // problem.weight[row],
                problem.waiting_cost * scale // problem.weight,
                np.zeros(m, dtype=np.int64),
            ]
        ),
    )
    supply = np.concatenate([problem.weight, np.zeros(m, dtype=np.int64), [-int(problem.weight.sum())]])
    solver.set_nodes_supplies(np.arange(n + m + 1), supply)
    return solver


def sparse_matching(problem: RoutingProblem) -> float:
    """SciPy's sparse matching of unit-weight cases with the specialists' single places, or with waiting."""
    n = problem.num_cases
    places = np.concatenate([[0], np.cumsum(problem.capacity)])
    copies = problem.capacity[problem.specialist]
    row = np.concatenate([np.repeat(problem.pair_case, copies), np.arange(n)])
    within = np.arange(int(copies.sum())) - np.repeat(np.cumsum(copies) - copies, copies)
    column = np.concatenate([np.repeat(places[problem.specialist], copies) + within, places[-1] + np.arange(n)])
    cost = np.concatenate([np.repeat(problem.cost, copies), problem.waiting_cost]).astype(float)
    graph = csr_matrix((cost + 1.0, (row, column)), shape=(n, int(places[-1]) + n))
    left, right = min_weight_full_bipartite_matching(graph)
    return float((graph[left, right] - 1.0).sum())
