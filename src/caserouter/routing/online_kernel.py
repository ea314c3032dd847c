"""The online decision as one compiled pass: the cost terms of `routing.costs` over the admitted specialists, for a single case.

Every formula here has its twin in `routing.costs` and `routing.scarcity`, and a test holds them together. No term is negative, so the
scarcity price, the dearest to compute, is left to the end: whoever looks best without it is priced in full first, and then only those
who could still be cheaper. Loops read arrays through local names, since reading them from a tuple counts references each time.
"""

from collections.abc import Callable
from math import exp
from typing import NamedTuple, ParamSpec, TypeVar, cast

import numpy as np
from numba import njit

from caserouter.routing.online_inputs import Asked, Books, BoolArray, Desk, Fitting, FloatArray, Future, Money
from caserouter.routing.problem import IntArray

_P = ParamSpec("_P")
_R = TypeVar("_R")


class Terms(NamedTuple):
    """What a case costs with some specialists, by term, in money; shape (num_weighed,) each. The names are those of `routing.costs.TERMS`."""

    handling: FloatArray
    lateness: FloatArray
    hand_off: FloatArray
    approval: FloatArray
    preferred_skill: FloatArray
    preference: FloatArray
    lapse: FloatArray
    relaxation: FloatArray
    fairness: FloatArray
    scarcity: FloatArray


def _compiled(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Compile on the first call, or take the machine code of an earlier run from the cache beside this file."""
    return cast("Callable[_P, _R]", njit(cache=True, error_model="numpy")(function))


@_compiled
def refresh(
    capacity: IntArray, caseload: IntArray, indptr: IntArray, kind: IntArray, free_by_kind: IntArray, seen: IntArray
) -> None:
    """Bring `free_by_kind` up to date: only the books that changed since the last time are touched."""
    for j in range(len(capacity)):
        free = max(capacity[j] - caseload[j], 0)
        change = free - seen[j]
        if change != 0:
            seen[j] = free
            for at in range(indptr[j], indptr[j + 1]):
                free_by_kind[kind[at]] += change


@_compiled
def unit_prices(worth: FloatArray, indptr: IntArray, kind: IntArray, price: FloatArray) -> None:
    """Write into `price` what a unit of each specialist's capacity is worth: the sum of `worth` over the kinds that they may take."""
    for j in range(len(price)):
        total = 0.0
        for entry in range(indptr[j], indptr[j + 1]):
            total += worth[kind[entry]]
        price[j] = total


@_compiled
def cheapest(
    desk: Desk, books: Books, money: Money, asked: Asked, fitting: Fitting, future: Future, allowed: BoolArray
) -> tuple[int, float]:
    """The specialist with the lowest cost, the lowest index among equals, and that cost; -1 where nobody may take the case.

    `allowed`, shape (num_specialists,), leaves out those whom ties rule out, or is empty.
    """
    cost = _quick_costs(desk, books, money, asked, fitting, future, allowed)
    return _search(cost, desk, books, money, asked, fitting, future)


@_compiled
def weigh(
    desk: Desk, books: Books, money: Money, asked: Asked, fitting: Fitting, future: Future, allowed: BoolArray, num: int
) -> tuple[IntArray, Terms]:
    """The cheapest who may take the case, at most `num`, the lowest index first among equals, and what it costs with each of them."""
    cost = _quick_costs(desk, books, money, asked, fitting, future, allowed)
    _add_lapse(cost, desk, books, money, fitting)
    _add_scarcity(cost, money, asked, fitting, future)
    first = np.argsort(cost, kind="mergesort")[:num]
    first = first[np.isfinite(cost[first])]
    return fitting.who[first], _terms(desk, books, money, asked, _some(fitting, first), future, allowed)


@_compiled
def _quick_costs(
    desk: Desk, books: Books, money: Money, asked: Asked, fitting: Fitting, future: Future, allowed: BoolArray
) -> FloatArray:
    """What the case costs by all terms but lapse and scarcity, infinite with whom it may not go; `future` is up to date afterwards."""
    refresh(desk.capacity, books.caseload, future.indptr, future.kind, future.free_by_kind, future.seen)
    cost = np.empty(len(fitting.who))
    _add_rules(cost, desk, books, money, asked, fitting.who, allowed)
    _add_quick_terms(cost, desk, books, money, asked, fitting)
    _add_lateness(cost, desk, books, money, asked, fitting)
    return cost


@_compiled
def _terms(desk: Desk, books: Books, money: Money, asked: Asked, fitting: Fitting, future: Future, allowed: BoolArray) -> Terms:
    """Each term by itself: the cost as it is when every other price is nought and nothing takes time."""
    nought = np.zeros(len(fitting.who))
    effortless = Fitting(fitting.who, nought, fitting.short, fitting.missing_preferred, nought, fitting.covered_until)
    unrelaxed = Fitting(fitting.who, fitting.effort, fitting.short, fitting.missing_preferred, nought, fitting.covered_until)
    terms = Terms(
        handling=np.zeros_like(nought),
        lateness=np.zeros_like(nought),
        hand_off=np.zeros_like(nought),
        approval=np.zeros_like(nought),
        preferred_skill=np.zeros_like(nought),
        preference=np.zeros_like(nought),
        lapse=np.zeros_like(nought),
        relaxation=np.zeros_like(nought),
        fairness=np.zeros_like(nought),
        scarcity=np.zeros_like(nought),
    )
    _add_quick_terms(terms.handling, desk, books, _prices(), asked, unrelaxed)
    _add_lateness(terms.lateness, desk, books, money, asked, fitting)
    _add_quick_terms(terms.hand_off, desk, books, _prices(hand_off=money.hand_off), asked, effortless)
    _add_quick_terms(terms.approval, desk, books, _prices(approval=money.approval), asked, effortless)
    _add_quick_terms(
        terms.preferred_skill, desk, books, _prices(missing_preferred_skill=money.missing_preferred_skill), asked, effortless
    )
    _add_quick_terms(terms.preference, desk, books, _prices(not_preferred=money.not_preferred), asked, effortless)
    _add_lapse(terms.lapse, desk, books, money, fitting)
    _add_rules(terms.relaxation, desk, books, money, asked, fitting.who, allowed)
    terms.relaxation[:] += fitting.relaxation
    _add_quick_terms(terms.fairness, desk, books, _prices(fairness=money.fairness), asked, effortless)
    _add_scarcity(terms.scarcity, money, asked, fitting, future)
    return terms


@_compiled
def _prices(
    hand_off: float = 0.0,
    approval: float = 0.0,
    missing_preferred_skill: float = 0.0,
    not_preferred: float = 0.0,
    fairness: float = 0.0,
) -> Money:
    """Prices that are nought unless given."""
    return Money(0.0, hand_off, approval, missing_preferred_skill, not_preferred, fairness, 0.0, 0.0, 0.0)


@_compiled
def _some(fitting: Fitting, at: IntArray) -> Fitting:
    """Those at the positions `at`."""
    return Fitting(
        fitting.who[at],
        fitting.effort[at],
        fitting.short[at],
        fitting.missing_preferred[at],
        fitting.relaxation[at],
        fitting.covered_until[at],
    )


@_compiled
def _add_lapse(cost: FloatArray, desk: Desk, books: Books, money: Money, fitting: Fitting) -> None:
    """Add what a credential costs that lapses while the case is open."""
    who, effort, covered_until = fitting.who, fitting.effort, fitting.covered_until
    for at in range(len(cost)):
        if covered_until[at] < np.inf and cost[at] < np.inf:
            left = _hours_left(desk, books.now, who[at], covered_until[at])
            cost[at] += money.hand_off * _probability_of_missing(left, books.ready_hours[who[at]] + effort[at])


@_compiled
def _add_scarcity(cost: FloatArray, money: Money, asked: Asked, fitting: Fitting, future: Future) -> None:
    """Add what the capacity is worth to the cases to come."""
    who, indptr, kind = fitting.who, future.indptr, future.kind
    worth = asked.weight * money.scarcity * future.rate / (future.free_by_kind + 1.0) ** 2
    for at in range(len(cost)):
        if cost[at] == np.inf:
            continue
        for entry in range(indptr[who[at]], indptr[who[at] + 1]):
            cost[at] += worth[kind[entry]]


@_compiled
def _add_rules(cost: FloatArray, desk: Desk, books: Books, money: Money, asked: Asked, who: IntArray, allowed: BoolArray) -> None:
    """Start `cost` with the price of the relaxed rules that each pair breaks; infinite without room or where a rule binds."""
    capacity, calendar_of, team, caseload = desk.capacity, desk.calendar_of, desk.team, books.caseload
    intake_left, team_left, next_start, in_reach = books.intake_left, books.team_left, books.next_start, books.in_reach
    away_until = books.away_until
    latest = asked.first_response_due if asked.first_response_due > books.now else np.inf
    for at in range(len(who)):
        j = who[at]
        fits = caseload[j] + asked.weight <= capacity[j] and team_left[team[j]] >= asked.weight
        if not fits or (len(allowed) and not allowed[j]):
            cost[at] = np.inf
            continue
        calendar = calendar_of[j]
        away = not in_reach[calendar] or next_start[calendar] > latest or away_until[j] > books.now
        cost[at] = (money.off_shift if away else 0.0) + (money.intake_limit if intake_left[j] == 0 else 0.0)


@_compiled
def _add_quick_terms(cost: FloatArray, desk: Desk, books: Books, money: Money, asked: Asked, fitting: Fitting) -> None:
    """Add handling, relaxation, approval, preferred skills, hand-off, preference and fairness."""
    who, effort, short, missing, relaxation = (
        fitting.who,
        fitting.effort,
        fitting.short,
        fitting.missing_preferred,
        fitting.relaxation,
    )
    capacity, cost_per_hour, caseload, preferred = desk.capacity, desk.cost_per_hour, books.caseload, asked.preferred
    for at in range(len(who)):
        j = who[at]
        if cost[at] == np.inf:
            continue
        terms = effort[at] * cost_per_hour[j] + relaxation[at]
        terms += money.approval * short[at] + money.missing_preferred_skill * missing[at]
        if asked.owner >= 0 and j != asked.owner:
            terms += 0.0 if j == asked.stand_in else money.hand_off
        if len(preferred):
            is_preferred = False
            for name in preferred:
                is_preferred |= name == j
            terms += 0.0 if is_preferred else money.not_preferred
        cost[at] += terms + money.fairness * _load_steps(caseload[j], asked.weight, capacity[j]) / (4 * capacity[j])


@_compiled
def _add_lateness(cost: FloatArray, desk: Desk, books: Books, money: Money, asked: Asked, fitting: Fitting) -> None:
    """Add the lateness of both targets; the staffed hours until they are due are looked up once per calendar."""
    first, start, end, before, horizon = desk.first, desk.start, desk.end, desk.before, desk.horizon
    who, effort, calendar_of, ready_hours = fitting.who, fitting.effort, desk.calendar_of, books.ready_hours
    until_first, until_resolution = np.full(len(first) - 1, np.nan), np.full(len(first) - 1, np.nan)
    price = money.breach * asked.factor
    for at in range(len(who)):
        if cost[at] == np.inf:
            continue
        calendar, ahead = calendar_of[who[at]], ready_hours[who[at]]
        if np.isnan(until_first[calendar]):
            low, high = first[calendar], first[calendar + 1]
            done = _staffed_until(books.now, low, high, start, end, before, horizon)
            until_first[calendar] = _staffed_until(asked.first_response_due, low, high, start, end, before, horizon) - done
            until_resolution[calendar] = _staffed_until(asked.resolution_due, low, high, start, end, before, horizon) - done
        if asked.first_response_due < np.inf:
            cost[at] += price * _probability_of_missing(until_first[calendar], ahead)
        if asked.resolution_due < np.inf:
            cost[at] += price * _probability_of_missing(max(until_resolution[calendar], 0.0) - effort[at], ahead)


@_compiled
def _search(
    cost: FloatArray, desk: Desk, books: Books, money: Money, asked: Asked, fitting: Fitting, future: Future
) -> tuple[int, float]:
    """Add scarcity, and the lapse of a credential, where they can still matter, and find the cheapest."""
    if len(cost) == 0:
        return -1, np.inf
    who, effort, covered_until, indptr, kind = fitting.who, fitting.effort, fitting.covered_until, future.indptr, future.kind
    worth = asked.weight * money.scarcity * future.rate / (future.free_by_kind + 1.0) ** 2
    promising = int(np.argmin(cost))
    best, best_cost = -1, np.inf
    for step in range(-1, len(cost)):
        at = promising if step < 0 else step
        if step == promising or cost[at] > best_cost or cost[at] == np.inf:
            continue
        j, full = who[at], cost[at]
        for entry in range(indptr[j], indptr[j + 1]):
            full += worth[kind[entry]]
        if covered_until[at] < np.inf and full <= best_cost:
            left = _hours_left(desk, books.now, j, covered_until[at])
            full += money.hand_off * _probability_of_missing(left, books.ready_hours[j] + effort[at])
        if full < best_cost or (full == best_cost and at < best):
            best, best_cost = at, full
    return (int(who[best]), best_cost) if best >= 0 else (-1, np.inf)


@_compiled
def _load_steps(caseload: int, weight: int, capacity: int) -> int:
    """Price of the next `weight` units of a book in steps of `routing.fairness`: 1, 3, 5 or 7 per unit by the quarter it is in."""
    steps = weight
    for load in range(4 * caseload, 4 * (caseload + weight), 4):
        steps += 2 * (int(load >= capacity) + int(load >= 2 * capacity) + int(load >= 3 * capacity))
    return steps


@_compiled
def _probability_of_missing(slack: float, ahead: float) -> float:
    if slack <= 0.0:
        return 1.0
    return exp(-slack / ahead) if ahead > 0.0 else 0.0


@_compiled
def _hours_left(desk: Desk, now: float, specialist: int, hour: float) -> float:
    """Staffed hours of `specialist` (an index) from now until `hour`, below 0 where that is past."""
    calendar = desk.calendar_of[specialist]
    low, high = desk.first[calendar], desk.first[calendar + 1]
    until = _staffed_until(hour, low, high, desk.start, desk.end, desk.before, desk.horizon)
    return until - _staffed_until(now, low, high, desk.start, desk.end, desk.before, desk.horizon)


@_compiled
def _staffed_until(
    hour: float, low: int, high: int, start: FloatArray, end: FloatArray, before: FloatArray, horizon: float
) -> float:
    """Staffed hours from hour 0 to `hour`, by binary search among the intervals `low` to `high` of one calendar."""
    moment = min(max(hour, 0.0), horizon)
    begins = low
    while low < high:
        middle = (low + high) // 2
        if start[middle] <= moment:
            low = middle + 1
        else:
            high = middle
    if low == begins:
        return 0.0
    return float(before[low - 1] + min(moment, end[low - 1]) - start[low - 1])
