"""Which prices matter: how many decisions change when each price of the policy is halved or doubled."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from caserouter.domain.settings import Prices
from caserouter.routing.build import RoutingQueue, build_queue
from caserouter.routing.explanation import to_plain
from caserouter.routing.levels import Budget, solve_queue
from caserouter.routing.problem import IntArray, RoutingProblem
from caserouter.routing.result import WAITING, RoutingResult, Status, objective
from caserouter.routing.scarcity import CaseMix, case_mix
from caserouter.routing.solver import solve

FACTORS = (0.5, 2.0)
"""What each price is multiplied by, in turn."""


@dataclass(frozen=True, slots=True)
class PriceChange:
    """What one price changed would do to the decisions.

    Parameters
    ----------
    price
        Name of the price, as in `Prices`.
    factor
        0.5 or 2.
    num_changed
        Cases that would get another specialist, or none, or one for the first time.
    num_assigned
        Cases that would have a specialist.
    objective_change
        Objective at the changed price less the one at the policy's own, in money.
    regret
        What keeping the decisions of the policy's own prices would cost if the changed price were the right one, in money, 0 or more.
    """

    price: str
    factor: float
    num_changed: int
    num_assigned: int
    objective_change: float
    regret: float


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How far the decisions hang on each price.

    Parameters
    ----------
    num_cases, num_assigned
        Cases in the queue, and those with a specialist at the policy's own prices.
    num_changed_by_seed
        Decisions that change when the search goes on at the policy's own prices with another seed: as many changes or fewer say
        nothing of a price.
    changes
        One per price and factor, in the order of `Prices`; a price of 0 stays 0 and has none.
    complete
        Whether all of it was solved; False after an interruption, with what was known by then.
    """

    num_cases: int
    num_assigned: int
    num_changed_by_seed: int
    changes: tuple[PriceChange, ...]
    complete: bool

    def to_dict(self) -> dict[str, Any]:
        """The same as JSON can hold it."""
        plain: dict[str, Any] = to_plain(self)
        return plain


Step = Callable[[int, int, str], None]
"""Called before each solve with the number of solves done, their total, and what comes next: `breach × 2`."""


def find_sensitivity(
    queue: RoutingQueue,
    assignment: IntArray | None = None,
    *,
    work_limit: float = 0.1,
    seed: int = 0,
    progress: Step | None = None,
) -> Sensitivity:
    """Halve and double every price, one at a time, and solve the queue again.

    Two searches of a near-optimal queue differ by chance. Therefore every search starts from the decisions at the policy's own
    prices and leaves them only for something better (except under strict priority, where each level is solved afresh).

    Parameters
    ----------
    queue
        The queue at the policy's own prices; it is solved again too, so that all solves have the same budget.
    assignment
        The assignment known so far, from which that solve starts; shape (num_cases,).
    work_limit
        Deterministic effort per solve, 1.0 being one to three seconds.
    seed
        Seed of every search but one.
    progress
        Called before each solve.

    Returns
    -------
    Sensitivity
        Interrupted by Ctrl-C, what was known by then.
    """
    prices = queue.state.roster.settings.prices
    plan = [(name, factor) for name in Prices.model_fields for factor in FACTORS if getattr(prices, name) > 0]
    tell = progress or _tell_nobody
    budget = Budget(work_limit=work_limit, seed=seed)
    tell(0, len(plan) + 2, "own prices")
    base = _solve(queue, assignment, budget)
    by_seed, changes = 0, list[PriceChange]()
    if base.status is not Status.INTERRUPTED:
        tell(1, len(plan) + 2, "another seed")
        other = _solve(queue, base.assignment, replace(budget, seed=seed + 1))
        by_seed = _num_changed(base, other)
        if other.status is not Status.INTERRUPTED:
            changes = list(_changes(queue, base, plan, budget, tell))
    complete = base.status is not Status.INTERRUPTED and len(changes) == len(plan)
    return Sensitivity(queue.problem.num_cases, _num_assigned(base), by_seed, tuple(changes), complete)


def _changes(
    queue: RoutingQueue, base: RoutingResult, plan: Sequence[tuple[str, float]], budget: Budget, tell: Step
) -> Iterator[PriceChange]:
    """One per changed price, until an interruption; a price that changes no cost needs no search."""
    mix = case_mix(queue.profiles, queue.state.roster, queue.state.now)
    for done, (name, factor) in enumerate(plan, start=2):
        tell(done, len(plan) + 2, f"{name} × {factor:g}")
        try:
            repriced = _repriced(queue, name, factor, mix)
            unmoved = _same_costs(repriced.problem, queue.problem)
            result = base if unmoved else _solve(repriced, base.assignment, budget)
        except KeyboardInterrupt:
            return
        if result.status is Status.INTERRUPTED:
            return
        kept = objective(repriced.problem, base.assignment)[0]
        yield PriceChange(
            price=name,
            factor=factor,
            num_changed=_num_changed(base, result),
            num_assigned=_num_assigned(result),
            objective_change=result.objective * repriced.problem.unit - base.objective * queue.problem.unit,
            regret=max(kept - result.objective, 0) * repriced.problem.unit,
        )


def _solve(queue: RoutingQueue, start: IntArray | None, budget: Budget) -> RoutingResult:
    if queue.state.roster.settings.priority == "strict":
        return solve_queue(queue, budget)[0]
    return solve(queue.problem, work_limit=budget.work_limit, seed=budget.seed, start=start)


def _repriced(queue: RoutingQueue, name: str, factor: float, mix: CaseMix) -> RoutingQueue:
    """The same queue with one price multiplied."""
    roster = queue.state.roster
    prices = roster.settings.prices
    changed = prices.model_copy(update={name: getattr(prices, name) * factor})
    return build_queue(queue.profiles, replace(queue.state, roster=roster.repriced(changed)), mix=mix)


def _same_costs(one: RoutingProblem, other: RoutingProblem) -> bool:
    same = all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("cost", "waiting_cost", "load_price"))
    return same and one.unit == other.unit


def _num_changed(before: RoutingResult, after: RoutingResult) -> int:
    return int((before.assignment != after.assignment).sum())


def _num_assigned(result: RoutingResult) -> int:
    return int(np.count_nonzero(result.assignment != WAITING))


def _tell_nobody(_done: int, _total: int, _what: str) -> None:
    """The progress of a caller who does not ask."""
