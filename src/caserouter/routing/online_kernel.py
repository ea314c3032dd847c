"""The online decision as one compiled pass: the cost terms of `routing.costs` over the admitted specialists, for a single case.

Every formula here has its twin in `routing.costs` and `routing.scarcity`, and a test holds them together. What the arrays hold is
documented there; here they are grouped by what they change with. A specialist whose costs so far exceed the best answer is
dropped before the dearer terms are computed, which is safe because no term is negative.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from caserouter.routing.problem import IntArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


class Desk(NamedTuple):
    """What stays the same as long as the roster does."""

    capacity: IntArray
    cost_per_hour: FloatArray
    team: IntArray
    calendar_of: IntArray
    first: IntArray
    """Start of each calendar's intervals in `start`, `end` and `before`; shape (num_calendars + 1,)."""
    start: FloatArray
    end: FloatArray
    before: FloatArray
    """Staffed hours of the calendar before each interval."""
    horizon: float


class Books(NamedTuple):
    """What changes with time and with every decision."""

    now: float
    caseload: IntArray
    intake_left: IntArray
    ready_hours: FloatArray
    team_left: IntArray
    next_start: FloatArray
    in_reach: BoolArray


class Money(NamedTuple):
    """Prices of the policy; a rule that is not relaxed has an infinite one."""

    breach: float
    hand_off: float
    approval: float
    missing_preferred_skill: float
    not_preferred: float
    fairness: float
    scarcity: float
    off_shift: float
    intake_limit: float


class Asked(NamedTuple):
    """What the case asks for."""

    weight: int
    factor: float
    first_response_due: float
    resolution_due: float
    owner: int
    stand_in: int
    preferred: IntArray


class Fitting(NamedTuple):
    """The admitted specialists and how they fit, as `routing.fit` has it; shape (num_admitted,) each."""

    who: IntArray
    effort: FloatArray
    short: BoolArray
    missing_preferred: NDArray[np.int8]
    relaxation: FloatArray
    covered_until: FloatArray


class Future(NamedTuple):
    """The kinds of case to come by specialist, and the capacity that is free for each, kept up to date by `refresh`."""

    indptr: IntArray
    """Start of each specialist's kinds in `kind`; shape (num_specialists + 1,)."""
    kind: IntArray
    rate: FloatArray
    free_by_kind: IntArray
    """A_τ as of the last refresh; shape (num_kinds,)."""
    seen: IntArray
    """Free units of each specialist as of the last refresh; shape (num_specialists,)."""


@njit(cache=True)
def refresh(future: Future, capacity: IntArray, caseload: IntArray) -> None:
    """Bring `free_by_kind` up to date: only the books that changed since the last time are touched."""
    for j in range(len(capacity)):
        free = max(capacity[j] - caseload[j], 0)
        change = free - future.seen[j]
        if change != 0:
            future.seen[j] = free
            for at in range(future.indptr[j], future.indptr[j + 1]):
                future.free_by_kind[future.kind[at]] += change


@njit(cache=True)
def cheapest(
    desk: Desk, books: Books, money: Money, asked: Asked, fitting: Fitting, future: Future, allowed: BoolArray
) -> tuple[int, float]:
    """The specialist with the lowest cost, the lowest index among equals, and that cost; -1 where nobody may take the case.

    `allowed`, shape (num_specialists,), leaves out those whom ties rule out, or is empty.
    """
    refresh(future, desk.capacity, books.caseload)
    worth = money.scarcity * future.rate / (future.free_by_kind + 1.0) ** 2
    slack = np.full((2, len(desk.first) - 1), np.nan)
    best, best_cost = -1, np.inf
    for at in range(len(fitting.who)):
        j = fitting.who[at]
        if len(allowed) and not allowed[j]:
            continue
        cost = _bent_rules(j, desk, books, money, asked) + _plain_terms(at, j, desk, books, money, asked, fitting)
        if cost >= best_cost:
            continue
        cost += _risks(at, j, desk, books, money, asked, fitting, slack)
        if cost >= best_cost:
            continue
        unit_price = 0.0
        for entry in range(future.indptr[j], future.indptr[j + 1]):
            unit_price += worth[future.kind[entry]]
        cost += asked.weight * unit_price
        if cost < best_cost:
            best, best_cost = j, cost
    return best, best_cost


@njit(cache=True, inline="always")
def _bent_rules(j: int, desk: Desk, books: Books, money: Money, asked: Asked) -> float:
    """Price of the relaxed rules of presence and intake that the pair breaks; infinite without room or where a rule binds."""
    if books.caseload[j] + asked.weight > desk.capacity[j] or books.team_left[desk.team[j]] < asked.weight:
        return np.inf
    calendar = desk.calendar_of[j]
    late = asked.first_response_due > books.now and books.next_start[calendar] > asked.first_response_due
    price = money.off_shift if late or not books.in_reach[calendar] else 0.0
    return price + (money.intake_limit if books.intake_left[j] == 0 else 0.0)


@njit(cache=True, inline="always")
def _plain_terms(
    at: int, j: int, desk: Desk, books: Books, money: Money, asked: Asked, fitting: Fitting
) -> float:
    """Handling, relaxation, approval, preferred skills, hand-off, preference and fairness."""
    cost = fitting.effort[at] * desk.cost_per_hour[j] + fitting.relaxation[at]
    cost += money.approval * fitting.short[at] + money.missing_preferred_skill * fitting.missing_preferred[at]
    if asked.owner >= 0 and j not in (asked.owner, asked.stand_in):
        cost += money.hand_off
    if len(asked.preferred) and not (asked.preferred == j).any():
        cost += money.not_preferred
    steps = 0
    for unit in range(books.caseload[j], books.caseload[j] + asked.weight):
        steps += 2 * (unit * 4 // desk.capacity[j]) + 1
    return cost + money.fairness * steps / (4 * desk.capacity[j])


@njit(cache=True, inline="always")
def _risks(
    at: int, j: int, desk: Desk, books: Books, money: Money, asked: Asked, fitting: Fitting, slack: FloatArray
) -> float:
    """Lateness of both targets, and the lapse of a credential; `slack` remembers each calendar's hours to both targets."""
    calendar, ahead, effort = desk.calendar_of[j], books.ready_hours[j], fitting.effort[at]
    missed = 0.0
    if asked.first_response_due < np.inf:
        if np.isnan(slack[0, calendar]):
            slack[0, calendar] = _staffed_between(calendar, books.now, asked.first_response_due, desk)
        missed += _probability_of_missing(slack[0, calendar], ahead)
    if asked.resolution_due < np.inf:
        if np.isnan(slack[1, calendar]):
            slack[1, calendar] = _staffed_between(calendar, books.now, asked.resolution_due, desk)
        missed += _probability_of_missing(slack[1, calendar] - effort, ahead)
    cost = money.breach * asked.factor * missed
    if fitting.covered_until[at] < np.inf:
        left = _staffed_between(calendar, books.now, fitting.covered_until[at], desk)
        cost += money.hand_off * _probability_of_missing(left, ahead + effort)
    return cost


@njit(cache=True, inline="always")
def _probability_of_missing(slack: float, ahead: float) -> float:
    if slack <= 0.0:
        return 1.0
    return np.exp(-slack / ahead) if ahead > 0.0 else 0.0


@njit(cache=True, inline="always")
def _staffed_between(calendar: int, now: float, until: float, desk: Desk) -> float:
    return max(_staffed_until(calendar, until, desk) - _staffed_until(calendar, now, desk), 0.0)


@njit(cache=True)
def _staffed_until(calendar: int, hour: float, desk: Desk) -> float:
    """Staffed hours of a calendar from hour 0 to `hour`, by binary search for the last interval that begins by then."""
    moment = min(max(hour, 0.0), desk.horizon)
    low, high = desk.first[calendar], desk.first[calendar + 1]
    begins = low
    while low < high:
        middle = (low + high) // 2
        if desk.start[middle] <= moment:
            low = middle + 1
        else:
            high = middle
    if low == begins:
        return 0.0
    return desk.before[low - 1] + min(moment, desk.end[low - 1]) - desk.start[low - 1]
