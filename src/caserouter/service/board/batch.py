"""The whole queue of a board as one problem."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from caserouter.routing.build import build_queue
from caserouter.routing.candidates import open_to
from caserouter.routing.problem import RoutingProblem
from caserouter.routing.profile import CaseProfile, Kind
from caserouter.routing.state import RoutingState
from caserouter.service.board.board import Board
from caserouter.service.board.evidence import stamp


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
    """The queue as one problem; None if no waiting case has a candidate with room.

    Cases of a kind for which nobody has room are left out, together with those that are linked to them.
    """
    view = board.view(now)
    state = view.state
    profiles = servable(list(view.line), state)
    if not profiles:
        return None
    queue = build_queue(profiles, state, mix=view.pricer.mix(state) if board.price_inputs else None)
    problem, settings = queue.problem, board.document.routing
    if not problem.num_pairs:
        return None
    size = {"num_cases": problem.num_cases, "num_pairs": problem.num_pairs, "num_waiting": len(view.line)}
    return BatchProblem(
        problem=problem,
        cases=tuple(profile.id for profile in queue.profiles),
        specialists=tuple(one.id for one in state.roster.specialists),
        priorities=tuple(profile.priority for profile in queue.profiles),
        strict=settings.priority == "strict",
        work_limit=settings.work_limit,
        evidence={**stamp(board, now, "batch"), **size},
    )


def servable(profiles: Sequence[CaseProfile], state: RoutingState) -> list[CaseProfile]:
    """Those of a kind that somebody with room may take, less those linked to one that waits outside."""
    if not state.num_with_room:
        return []
    taken: dict[Kind, bool] = {}
    found = []
    for profile in profiles:
        if profile.kind not in taken:
            taken[profile.kind] = len(open_to(profile, state)) > 0
        if taken[profile.kind]:
            found.append(profile)
    ids = {profile.id for profile in found}
    return [profile for profile in found if not state.ties.awaits(profile, ids)]
