"""Solving a queue as its policy asks: as one problem, or strictly level by level of priority.

Strict priority serves level 1 as well as it can be served, then level 2 with the room that is left, and so on: no number of
cases of a lower level outweighs one of a higher. Each level is a problem of its own, with a bound and a gap of its own.
"""

from collections import defaultdict
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from caserouter.routing.build import RoutingQueue, build_queue
from caserouter.routing.problem import IntArray
from caserouter.routing.profile import CaseProfile
from caserouter.routing.result import WAITING, RoutingResult, Status, objective
from caserouter.routing.scarcity import case_mix
from caserouter.routing.solver import solve
from caserouter.routing.solver.progress import Listener
from caserouter.routing.ties import linked_groups


@dataclass(frozen=True, slots=True)
class Budget:
    """How long to search.

    Parameters
    ----------
    work_limit
        Deterministic effort, 1.0 being one to three seconds.
    time_limit
        Seconds of wall clock; None for no limit.
    gap
        Stop once the gap is this small.
    seed
        Seed of the search.
    """

    work_limit: float = 5.0
    time_limit: float | None = None
    gap: float = 0.0
    seed: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """One priority level of a strict answer.

    Parameters
    ----------
    priority
        1 (highest) to 5; linked cases are solved with the most urgent of them.
    queue
        The cases of the level, on the books that the levels above left.
    result
        Its own answer, bound and gap.
    """

    priority: int
    queue: RoutingQueue
    result: RoutingResult


def solve_queue(
    queue: RoutingQueue, budget: Budget, progress: Listener | None = None, *, specialists: IntArray | None = None
) -> tuple[RoutingResult, tuple[Level, ...]]:
    """Solve `queue` as its policy's `priority` asks.

    Parameters
    ----------
    queue, budget, progress
        The problem, how long to search, and whom to tell of it.
    specialists
        Indices of those for whom `queue` was built; everybody if None.

    Returns
    -------
    RoutingResult
        The answer for the whole queue. Under strict priority its bound is the objective less the distances that all levels together may
        have from their best.
    tuple of Level
        The levels of a strict answer, from the highest; empty otherwise.
    """
    if queue.state.roster.settings.priority == "weighted":
        return _solve(queue, budget, progress), ()
    started = perf_counter()
    levels = _solve_levels(queue, budget, progress, specialists)
    return _joined(queue, levels, perf_counter() - started), levels


def _solve(queue: RoutingQueue, budget: Budget, progress: Listener | None) -> RoutingResult:
    return solve(
        queue.problem,
        work_limit=budget.work_limit,
        time_limit=budget.time_limit,
        gap=budget.gap,
        seed=budget.seed,
        progress=progress,
    )


def _solve_levels(
    queue: RoutingQueue, budget: Budget, progress: Listener | None, specialists: IntArray | None
) -> tuple[Level, ...]:
    """Each level in turn, on the books that the ones above left; an interrupted level leaves first answers to those below."""
    state = queue.state.copy()
    mix = case_mix(queue.profiles, state.roster, state.now)
    started, work, levels = perf_counter(), budget.work_limit, []
    for priority, profiles in sorted(_by_level(queue.profiles).items()):
        level = build_queue(profiles, state.copy(), mix=mix, specialists=specialists)
        seconds = None if budget.time_limit is None else max(budget.time_limit - (perf_counter() - started), 0.0)
        result = _solve(level, Budget(work, seconds, budget.gap, budget.seed), progress)
        work = 0.0 if result.status is Status.INTERRUPTED else max(work - result.work, 0.0)
        for profile, j in zip(level.profiles, result.assignment.tolist(), strict=True):
            state.apply(profile, j)
        levels.append(Level(priority, level, result))
    return tuple(levels)


def _by_level(profiles: tuple[CaseProfile, ...]) -> dict[int, list[CaseProfile]]:
    """Cases by level; a linked group belongs to the most urgent of its cases."""
    levels: dict[int, list[CaseProfile]] = defaultdict(list)
    for group in linked_groups(profiles):
        levels[min(profiles[i].priority for i in group)].extend(profiles[i] for i in group)
    return levels


def _joined(queue: RoutingQueue, levels: tuple[Level, ...], runtime: float) -> RoutingResult:
    """The levels' answers as one, priced as one problem."""
    taker = {
        profile.id: j
        for level in levels
        for profile, j in zip(level.queue.profiles, level.result.assignment.tolist(), strict=True)
    }
    assignment = np.array([taker.get(profile.id, WAITING) for profile in queue.profiles], dtype=np.int64)
    total, pair_cost = objective(queue.problem, assignment)
    distance = sum((level.result.objective - level.result.bound) * level.queue.problem.unit for level in levels)
    statuses = {level.result.status for level in levels}
    settled = Status.OPTIMAL if statuses <= {Status.OPTIMAL} else Status.FEASIBLE
    return RoutingResult(
        status=Status.INTERRUPTED if Status.INTERRUPTED in statuses else settled,
        assignment=assignment,
        objective=total,
        pair_cost=pair_cost,
        bound=total - int(np.ceil(distance / queue.problem.unit)),
        engine="level by level",
        runtime=runtime,
        work=sum(level.result.work for level in levels),
    )
