"""What a solve returns: the assignment and the evidence of how good it is."""

from dataclasses import dataclass
from enum import StrEnum

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
        distance = self.objective - self.bound
        if distance <= 0:
            return 0.0
        return distance / self.pair_cost if self.pair_cost > 0 else float("inf")


def price(problem: RoutingProblem, assignment: IntArray) -> tuple[int, int]:
    """Objective and pair cost of `assignment`, both in cost units."""
    raise NotImplementedError
