"""Give out the whole queue of a board at once: the assignment problem solved, and told as decisions."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from caserouter.routing.build import RoutingQueue, build_queue
from caserouter.routing.levels import Budget, solve_queue
from caserouter.routing.policy import Decision, by_urgency
from caserouter.routing.problem import IntArray
from caserouter.routing.profile import CaseProfile
from caserouter.routing.result import WAITING
from caserouter.routing.ties import linked_groups
from caserouter.service.board.batch import servable
from caserouter.service.board.board import Board
from caserouter.service.board.deciding import Occasion
from caserouter.service.board.outcome import Outcome

MODE = "batch"
OPTIMIZER = "optimizer"
"""Name by which evidence refers to the solver, instead of the policy that decides on one case at a time."""


def solve_waiting(board: Board, now: datetime, *, work_limit: float | None = None, seed: int = 0) -> list[list[Outcome]]:
    """Decide on every waiting case together; the same board, moment and effort give the same answer.

    Parameters
    ----------
    board, now
        The board, and the moment of the decision.
    work_limit
        Largest deterministic effort; that of the policy if None, or if that is less.
    seed
        Seed of the search.

    Returns
    -------
    list of list of Outcome
        What somebody takes, the most urgent first; those of one list are linked cases, which are recorded together or not at all. Cases
        that go on waiting are left out.
    """
    view = board.view(now)
    profiles = servable(list(view.line), view.state)
    if not profiles:
        return []
    queue = build_queue(profiles, view.state, mix=view.pricer.mix(view.state) if board.price_inputs else None)
    if not queue.problem.num_pairs:
        return []
    allowed = board.document.routing.work_limit
    effort = allowed if work_limit is None else min(work_limit, allowed)
    result, _ = solve_queue(queue, Budget(work_limit=effort, seed=seed))
    occasion = Occasion(board, view, now, MODE, None, _beside(board, queue, effort, seed))
    return [occasion.outcomes(*group) for group in _groups(queue, result.assignment)]


def _beside(board: Board, queue: RoutingQueue, work_limit: float, seed: int) -> dict[str, Any]:
    """What the evidence of a batch says beside that of any decision: how to solve the same problem again."""
    problem = queue.problem
    size = {"num_cases": problem.num_cases, "num_pairs": problem.num_pairs}
    return {
        "policy": {"name": OPTIMIZER, "version": board.policy_version},
        "batch": {"work_limit": work_limit, "seed": seed, **size},
    }


def _groups(queue: RoutingQueue, assignment: IntArray) -> Iterator[tuple[Sequence[CaseProfile], Sequence[Decision]]]:
    """Linked cases that somebody takes, with the decisions on them, the most urgent first."""
    problem, state = queue.problem, queue.state
    row = problem.pair_case
    chosen = assignment[row] == problem.specialist
    cost_by_row = dict(zip(row[chosen].tolist(), queue.pair_cost[chosen].tolist(), strict=True))
    given = sorted((i for i, j in enumerate(assignment.tolist()) if j != WAITING), key=lambda i: by_urgency(queue.profiles[i]))
    for members in linked_groups([queue.profiles[i] for i in given]):
        rows = [given[at] for at in members]
        profiles = [queue.profiles[i] for i in rows]
        yield (
            profiles,
            [
                Decision(profile.id, int(assignment[i]), OPTIMIZER, cost_by_row[i], state.attempts.get(profile.id, 0))
                for i, profile in zip(rows, profiles, strict=True)
            ],
        )
