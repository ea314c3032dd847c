"""Local search in compiled code: insert what fits, move, swap and eject, under a slowly cooling acceptance rule.

A step draws a row and one of its promising specialists. With room there, the row moves. Without, a row held there makes
way: it takes the first one's old place, goes to the cheapest promising specialist with room, or waits. A step that costs
``d`` more is taken with probability ``exp(-d / temperature)``; the best assignment seen is returned [1]_.

References
----------
.. [1] Osman, I. H. (1995). Heuristics for the generalised assignment problem: simulated annealing and tabu search
   approaches. *OR Spektrum* 17, 211–225.
"""

import numpy as np
from numba import njit

from caserouter.routing.problem import IntArray
from caserouter.routing.solver.columns import Columns
from caserouter.routing.solver.dive import may_take
from caserouter.routing.solver.instance import Instance


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
    improved = _search(
        assignment.copy(),
        steps,
        max(temperature, 1e-9),
        seed,
        columns.row_ptr,
        columns.row_pair,
        instance.row_ptr,
        instance.specialist,
        instance.cost,
        instance.weight,
        instance.waiting_cost,
        instance.count,
        instance.capacity,
        instance.intake.copy(),
        instance.team,
        instance.team_capacity.copy(),
        instance.conflict_ptr,
        instance.conflict_row,
        instance.load_ptr,
        instance.load_cost,
    )
    return improved, steps * 8


@njit(cache=True)
def _cost_at(  # type: ignore[no-untyped-def]
    i, j, row_ptr, specialist, cost
):
    """Cost of row *i* at specialist *j*, or -1 where the pair is not eligible."""
    low, high = row_ptr[i], row_ptr[i + 1]
    stop = high
    while low < high:
        middle = (low + high) >> 1
        if specialist[middle] < j:
            low = middle + 1
        else:
            high = middle
    if low < stop and specialist[low] == j:
        return cost[low]
    return np.int64(-1)


@njit(cache=True)
def _remove(i, j, place, held, num_held, room, intake, team, team_room, weight, count):  # type: ignore[no-untyped-def]
    """Take row *i* out of the book of specialist *j*."""
    num_held[j] -= 1
    last = held[j, num_held[j]]
    held[j, place[i]] = last
    place[last] = place[i]
    room[j] += weight[i]
    intake[j] += count[i]
    team_room[team[j]] += weight[i]


@njit(cache=True)
def _add(i, j, place, held, num_held, room, intake, team, team_room, weight, count):  # type: ignore[no-untyped-def]
    """Put row *i* into the book of specialist *j*."""
    held[j, num_held[j]] = i
    place[i] = num_held[j]
    num_held[j] += 1
    room[j] -= weight[i]
    intake[j] -= count[i]
    team_room[team[j]] -= weight[i]


@njit(cache=True)
def _load_step(j, before, after, capacity, room, load_ptr, load_cost):  # type: ignore[no-untyped-def]
    """Change of the load price of *j* when its load changes from `before` to `after` units beyond the present one."""
    base = load_ptr[j] + capacity[j] - room[j]
    return load_cost[base + after] - load_cost[base + before]


@njit(cache=True)
def _search(  # type: ignore[no-untyped-def]
    assignment, steps, temperature, seed, near_ptr, near_pair, row_ptr, specialist, cost, weight, waiting, count,
    capacity, intake, team, team_room, conflict_ptr, conflict_row, load_ptr, load_cost,
):  # fmt: skip
    np.random.seed(seed)
    n, m = len(weight), len(capacity)
    room = capacity.copy()
    num_held = np.zeros(m, np.int64)
    place = np.zeros(n, np.int64)
    held = np.empty((m, max(1, capacity.max()) + 1), np.int64)
    current = waiting.copy()
    for i in range(n):
        if assignment[i] >= 0:
            current[i] = _cost_at(i, assignment[i], row_ptr, specialist, cost)
            _add(i, assignment[i], place, held, num_held, room, intake, team, team_room, weight, count)
    best = assignment.copy()
    change = 0
    least = 0
    cooling = 0.01 ** (1.0 / max(1, steps))
    for _ in range(steps):
        temperature *= cooling
        i = np.random.randint(n)
        width = near_ptr[i + 1] - near_ptr[i]
        if width == 0:
            continue
        a = near_pair[near_ptr[i] + np.random.randint(width)]
        j, old = specialist[a], assignment[i]
        if j == old:
            continue
        delta = cost[a] - current[i]
        k = -1
        target = -1
        new_cost = np.int64(0)
        if old >= 0:
            _remove(i, old, place, held, num_held, room, intake, team, team_room, weight, count)
            assignment[i] = -1
            delta += _load_step(old, weight[i], 0, capacity, room, load_ptr, load_cost)
        allowed = may_take(i, j, assignment, weight, count, room, intake, team, team_room, conflict_ptr, conflict_row)
        if not allowed and num_held[j] > 0:
            k = held[j, np.random.randint(num_held[j])]
            _remove(k, j, place, held, num_held, room, intake, team, team_room, weight, count)
            assignment[k] = -1
            allowed = may_take(i, j, assignment, weight, count, room, intake, team, team_room, conflict_ptr, conflict_row)
        if k >= 0:
            delta += _load_step(j, weight[k], 0, capacity, room, load_ptr, load_cost)
        if allowed:
            delta += _load_step(j, 0, weight[i], capacity, room, load_ptr, load_cost)
            _add(i, j, place, held, num_held, room, intake, team, team_room, weight, count)
            assignment[i] = j
            if k >= 0:
                target, new_cost = _best_place(
                    k, j, old, assignment, near_ptr, near_pair, row_ptr, specialist, cost, weight, waiting, count, capacity,
                    room, intake, team, team_room, conflict_ptr, conflict_row, load_ptr, load_cost,
                )  # fmt: skip
                delta += new_cost - current[k]
        if allowed and (delta <= 0 or np.random.random() < np.exp(-delta / temperature)):
            current[i] = cost[a]
            if k >= 0:
                current[k] = waiting[k]
                if target >= 0:
                    current[k] = _cost_at(k, target, row_ptr, specialist, cost)
                    _add(k, target, place, held, num_held, room, intake, team, team_room, weight, count)
                    assignment[k] = target
            change += delta
            if change < least:
                least = change
                best[:] = assignment
            continue
        if allowed:
            _remove(i, j, place, held, num_held, room, intake, team, team_room, weight, count)
        if k >= 0:
            _add(k, j, place, held, num_held, room, intake, team, team_room, weight, count)
            assignment[k] = j
        assignment[i] = old
        if old >= 0:
            _add(i, old, place, held, num_held, room, intake, team, team_room, weight, count)
    return best


@njit(cache=True)
def _best_place(  # type: ignore[no-untyped-def]
    k, avoid, old, assignment, near_ptr, near_pair, row_ptr, specialist, cost, weight, waiting, count, capacity,
    room, intake, team, team_room, conflict_ptr, conflict_row, load_ptr, load_cost,
):  # fmt: skip
    """Where row *k* costs least now: `old`, a promising specialist with room other than `avoid`, or waiting (-1)."""
    target = -1
    least = waiting[k]
    if old >= 0 and may_take(k, old, assignment, weight, count, room, intake, team, team_room, conflict_ptr, conflict_row):
        there = _cost_at(k, old, row_ptr, specialist, cost)
        if there >= 0:
            there += _load_step(old, 0, weight[k], capacity, room, load_ptr, load_cost)
            if there < least:
                target, least = old, there
    for b in range(near_ptr[k], near_ptr[k + 1]):
        pair = near_pair[b]
        j = specialist[pair]
        if (
            j != avoid
            and cost[pair] < least
            and may_take(k, j, assignment, weight, count, room, intake, team, team_room, conflict_ptr, conflict_row)
        ):
            there = cost[pair] + _load_step(j, 0, weight[k], capacity, room, load_ptr, load_cost)
            if there < least:
                target, least = j, there
    return target, least
