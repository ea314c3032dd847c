"""Local search in compiled code: insert what fits, move, swap and eject, under a slowly cooling acceptance rule.

A step draws a row and one of its promising specialists. With room there, the row moves. Without, a row held there makes
way: it takes the first one's old place, goes to the cheapest promising specialist with room, or waits. A step that costs
``d`` more is taken with probability ``exp(-d / temperature)``; the best assignment seen is returned [1]_.

Loops read arrays through local names, since reading them from a tuple counts references each time.

References
----------
.. [1] Osman, I. H. (1995). Heuristics for the generalised assignment problem: simulated annealing and tabu search
   approaches. *OR Spektrum* 17, 211–225.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from caserouter.routing.problem import IntArray
from caserouter.routing.solver.books import Books, Rows, give_back, load_step, may_take, take
from caserouter.routing.solver.columns import Columns
from caserouter.routing.solver.instance import Instance

_EFFORT_PER_STEP = 8
"""A draw takes about as long as so many steps of the ascent."""


def usual_temperature(instance: Instance) -> float:
    """A fiftieth of the median pair cost, in cost units: small against a pair, large against ties."""
    return 0.02 * float(np.median(instance.cost))


def local_search(
    instance: Instance, columns: Columns, assignment: IntArray, *, steps: int, temperature: float, seed: int
) -> tuple[IntArray, int]:
    """Improve `assignment` by moves, swaps and ejections among the pairs in `columns`.

    Parameters
    ----------
    assignment
        Specialist of each row or -1; must satisfy every constraint; shape (num_rows,).
    steps
        Draws to make, 0 or more.
    temperature
        Cost increase accepted with probability 1/e at the start, in cost units; falls to a hundredth of it.
    seed
        Of the draws; the same seed gives the same answer.

    Returns
    -------
    assignment, effort
        The best assignment seen, and the effort spent.
    """
    if not len(columns.row):
        return assignment, 0
    near = _Pairs(instance.row_ptr, instance.specialist, instance.cost, columns.row_ptr, columns.row_pair)
    improved = _search(assignment.copy(), steps, max(temperature, 1e-9), seed, near, Rows.of(instance), Books.empty(instance))
    return improved, steps * _EFFORT_PER_STEP


class _Pairs(NamedTuple):
    """The pairs of an `Instance`, and the promising ones among them; both by row."""

    row_ptr: IntArray
    specialist: IntArray
    cost: IntArray
    near_ptr: IntArray
    near_pair: IntArray


class _Plan(NamedTuple):
    """An assignment as the search changes it: who holds each row at what cost, and the rows in each book.

    Parameters
    ----------
    assignment, cost
        Specialist of each row or -1, and the cost of its pair or of waiting; shape (num_rows,).
    held, num_held
        Rows in each book in any order, shape (num_specialists, most rows + 1), and how many there are.
    place
        Where in its book each held row stands; shape (num_rows,).
    """

    assignment: IntArray
    cost: IntArray
    held: IntArray
    num_held: IntArray
    place: IntArray


@njit(cache=True)
def _search(assignment: IntArray, steps: int, temperature: float, seed: int, pairs: _Pairs, rows: Rows, books: Books) -> IntArray:
    """The best of the assignments that `steps` draws lead to."""
    np.random.seed(seed)
    near_ptr, near_pair = pairs.near_ptr, pairs.near_pair
    plan = _lay_out(assignment, pairs, rows, books)
    best = assignment.copy()
    change = 0
    least = 0
    cooling = 0.01 ** (1.0 / max(1, steps))
    for _ in range(steps):
        temperature *= cooling
        i = np.random.randint(len(assignment))
        width = near_ptr[i + 1] - near_ptr[i]
        if width > 0:
            a = near_pair[near_ptr[i] + np.random.randint(width)]
            change += _step(i, a, temperature, plan, pairs, rows, books)
            if change < least:
                least = change
                best[:] = assignment
    return best


@njit(cache=True)
def _lay_out(assignment: IntArray, pairs: _Pairs, rows: Rows, books: Books) -> _Plan:
    """Enter every assigned row in its book."""
    n, m = len(assignment), len(books.room)
    held = np.empty((m, max(1, books.room.max()) + 1), np.int64)
    plan = _Plan(assignment, rows.waiting.copy(), held, np.zeros(m, np.int64), np.zeros(n, np.int64))
    for i in range(n):
        j = assignment[i]
        if j >= 0:
            plan.cost[i] = _cost_at(i, j, pairs)
            _add(i, j, plan, rows, books)
    return plan


@njit(cache=True)
def _step(i: int, a: int, temperature: float, plan: _Plan, pairs: _Pairs, rows: Rows, books: Books) -> int:
    """Move row *i* to the specialist of pair *a*, where another row may have to make way.

    Returns the change of the objective: 0 if the step was not taken, with everything put back.
    """
    j, old, k = pairs.specialist[a], plan.assignment[i], -1
    if j == old:
        return 0
    delta = pairs.cost[a] - plan.cost[i]
    if old >= 0:
        _remove(i, old, plan, rows, books)
        delta += load_step(old, rows.weight[i], 0, books)
    allowed = may_take(i, j, plan.assignment, rows, books)
    if not allowed and plan.num_held[j] > 0:
        k = plan.held[j, np.random.randint(plan.num_held[j])]
        _remove(k, j, plan, rows, books)
        delta += load_step(j, rows.weight[k], 0, books)
        allowed = may_take(i, j, plan.assignment, rows, books)
    if allowed:
        delta += load_step(j, 0, rows.weight[i], books)
        _add(i, j, plan, rows, books)
        target, there = -1, 0
        if k >= 0:
            target, there = _best_place(k, j, old, plan, pairs, rows, books)
            delta += there - plan.cost[k]
        if delta <= 0 or np.random.random() < np.exp(-delta / temperature):
            plan.cost[i] = pairs.cost[a]
            if k >= 0:
                plan.cost[k] = rows.waiting[k] if target < 0 else _cost_at(k, target, pairs)
            if target >= 0:
                _add(k, target, plan, rows, books)
            return int(delta)
        _remove(i, j, plan, rows, books)
    if k >= 0:
        _add(k, j, plan, rows, books)
    if old >= 0:
        _add(i, old, plan, rows, books)
    return 0


@njit(cache=True)
def _best_place(k: int, avoid: int, old: int, plan: _Plan, pairs: _Pairs, rows: Rows, books: Books) -> tuple[int, int]:
    """Where row *k* costs least now: `old`, a promising specialist with room other than `avoid`, or waiting (-1)."""
    specialist, cost, near_ptr, near_pair, room = pairs.specialist, pairs.cost, pairs.near_ptr, pairs.near_pair, books.room
    weight = rows.weight[k]
    target = -1
    least = rows.waiting[k]
    if old >= 0 and may_take(k, old, plan.assignment, rows, books):
        there = _cost_at(k, old, pairs)
        if there >= 0:
            there += load_step(old, 0, weight, books)
            if there < least:
                target, least = old, there
    for b in range(near_ptr[k], near_ptr[k + 1]):
        a = near_pair[b]
        j = specialist[a]
        if weight <= room[j] and cost[a] < least and j != avoid and may_take(k, j, plan.assignment, rows, books):
            there = cost[a] + load_step(j, 0, weight, books)
            if there < least:
                target, least = j, there
    return target, least


@njit(cache=True)
def _cost_at(i: int, j: int, pairs: _Pairs) -> int:
    """Cost of row *i* at specialist *j*, or -1 where the pair is not eligible."""
    specialist = pairs.specialist
    low, stop = pairs.row_ptr[i], pairs.row_ptr[i + 1]
    high = stop
    while low < high:
        middle = (low + high) >> 1
        if specialist[middle] < j:
            low = middle + 1
        else:
            high = middle
    if low < stop and specialist[low] == j:
        return int(pairs.cost[low])
    return -1


@njit(cache=True)
def _add(i: int, j: int, plan: _Plan, rows: Rows, books: Books) -> None:
    """Put row *i* into the book of specialist *j*."""
    take(i, j, rows, books)
    plan.assignment[i] = j
    plan.held[j, plan.num_held[j]] = i
    plan.place[i] = plan.num_held[j]
    plan.num_held[j] += 1


@njit(cache=True)
def _remove(i: int, j: int, plan: _Plan, rows: Rows, books: Books) -> None:
    """Take row *i* out of the book of specialist *j*; the last row there moves up to its place."""
    give_back(i, j, rows, books)
    plan.assignment[i] = -1
    plan.num_held[j] -= 1
    last = plan.held[j, plan.num_held[j]]
    plan.held[j, plan.place[i]] = last
    plan.place[last] = plan.place[i]
