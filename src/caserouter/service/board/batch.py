"""The whole queue of a board as one problem."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from caserouter.routing.problem import RoutingProblem
from caserouter.service.board.board import Board


@dataclass(frozen=True, slots=True)
class BatchProblem:
    """The queue as one assignment problem, which can be pickled, and what its answer means.

    Parameters
    ----------
    problem
        What the solver sees.
    cases
        Id of each case, in the problem's order.
    specialists
        Id of each specialist, in the problem's order.
    priorities
        Priority of each case, where the policy solves level by level.
    strict
        Whether it does.
    work_limit
        Deterministic effort that the policy allows.
    evidence
        What the problem was built from, as JSON: the part that all its decisions share.
    """

    problem: RoutingProblem
    cases: tuple[str, ...]
    specialists: tuple[str, ...]
    priorities: tuple[int, ...]
    strict: bool
    work_limit: float
    evidence: dict[str, Any]


def build_batch(board: Board, now: datetime) -> BatchProblem | None:
    """The queue as one problem; None if no waiting case has a candidate with room."""
    raise NotImplementedError
