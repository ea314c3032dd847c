"""What a solve returns: the assignment and the evidence of how good it is."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.errors import SolverError
from caserouter.routing.problem import IntArray, RoutingProblem

WAITING = -1
"""The specialist of a case that is left waiting."""


class Status(StrEnum):
    """How much is known of the answer."""

    OPTIMAL = "optimal"
    """The objective equals the bound: proved best."""
    FEASIBLE = "feasible"
    """Every rule holds; the gap says how far from best it can be."""
    INTERRUPTED = "interrupted"
    """As feasible, and the solve was stopped before its budget was spent."""


@dataclass(frozen=True, slots=True, eq=False)
class RoutingResult:
    """An assignment with its certificate.

    Parameters
    ----------
    status
        What is known of it.
    assignment
        Specialist of each case, or `WAITING`; shape (num_cases,).
    objective
        Total cost in cost units: pairs, waiting and load.
    pair_cost
        The part of the objective that the chosen pairs cost.
    bound
        No assignment costs less than this, in cost units; rounded down.
    engine
        What found the answer.
    runtime
        Seconds of wall clock.
    work
        Deterministic effort spent.
    """

    status: Status
    assignment: IntArray
    objective: int
    pair_cost: int
    bound: int
    engine: str
    runtime: float
    work: float

    @property
    def gap(self) -> float:
        """(objective − bound) ÷ pair cost of the answer; 0 where both are equal, infinite where no pair was chosen."""
        return relative_gap(self.objective, self.bound, self.pair_cost)


def relative_gap(objective: int, bound: int, pair_cost: int) -> float:
    """(objective − bound) ÷ pair cost; 0 where the objective meets the bound, infinite where no pair was chosen."""
    if objective <= bound:
        return 0.0
    return (objective - bound) / pair_cost if pair_cost > 0 else float("inf")


def pair_costs(problem: RoutingProblem, assignment: IntArray) -> IntArray:
    """Cost of each case's chosen pair, or of its waiting; shape (num_cases,).

    Raises
    ------
    SolverError
        If a case is assigned to a specialist who is not eligible for it.
    """
    row = problem.pair_case
    chosen = assignment[row] == problem.specialist
    if int(chosen.sum()) != int((assignment != WAITING).sum()):
        found = np.zeros(problem.num_cases, dtype=bool)
        found[row[chosen]] = True
        stray = np.flatnonzero((assignment != WAITING) & ~found)
        raise SolverError(f"case {stray[0]}: assigned to specialist {assignment[stray[0]]}, who is not eligible for it")
    cost = problem.waiting_cost.copy()
    cost[row[chosen]] = problem.cost[chosen]
    return cost


def objective(problem: RoutingProblem, assignment: IntArray) -> tuple[int, int]:
    """Objective and pair cost of `assignment`, both in cost units."""
    cost = pair_costs(problem, assignment)
    assigned = assignment != WAITING
    total = int(cost.sum())
    if len(problem.load_price):
        load = np.bincount(assignment[assigned], weights=problem.weight[assigned], minlength=problem.num_specialists).astype(
            np.int64
        )
        priced = np.concatenate([[0], np.cumsum(problem.load_price)])
        total += int((priced[problem.load_indptr[:-1] + load] - priced[problem.load_indptr[:-1]]).sum())
    return total, int(cost[assigned].sum())


def check_answer(problem: RoutingProblem, assignment: IntArray, stated: int) -> None:
    """The last gate of every solve: an answer that breaks a rule, or misstates its cost, is an error and never returned.

    Raises
    ------
    SolverError
        Naming the first rule that is broken.
    """
    total, _ = objective(problem, assignment)
    if total != stated:
        raise SolverError(f"objective {stated}: the assignment costs {total}; please report this")
    held = np.flatnonzero(assignment != WAITING)
    taken = assignment[held]
    m = problem.num_specialists
    load = np.bincount(taken, weights=problem.weight[held], minlength=m)
    _refuse(load > problem.capacity, "capacity")
    if len(problem.intake):
        _refuse((np.bincount(taken, minlength=m) > problem.intake) & (problem.intake >= 0), "intake limit")
    if len(problem.team_capacity):
        in_team = problem.team >= 0
        load_by_team = np.bincount(problem.team[in_team], weights=load[in_team], minlength=len(problem.team_capacity))
        _refuse(load_by_team > problem.team_capacity, "team cap")
    for group in problem.linked:
        _refuse(np.array([len(set(assignment[list(group)].tolist())) > 1]), f"link between cases {group}")
    for a, b in problem.separated:
        _refuse(np.array([assignment[a] == assignment[b] != WAITING]), f"separation of cases {a} and {b}")


def _refuse(broken: NDArray[np.bool_], rule: str) -> None:
    if broken.any():
        raise SolverError(f"{rule} broken at index {int(np.argmax(broken))}; please report this")
