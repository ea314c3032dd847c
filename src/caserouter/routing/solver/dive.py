"""From prices to an assignment: fix what the knapsacks agree on, climb again on the rest, repeat.

After a dual ascent the averaged answers of the knapsacks lie close to the master problem's optimal primal solution. A dive
fixes the pairs with the largest shares, lowers the capacities that they use, lets the ascent adjust the prices of what is
left for a few steps, and goes on until nothing more fits. Rows left over are inserted where they cost least.
"""

import numpy as np
from numba import njit

from caserouter.routing.problem import IntArray
from caserouter.routing.solver.books import Books, Rows, may_take, take
from caserouter.routing.solver.columns import Columns, FloatArray
from caserouter.routing.solver.dual_ascent import climb
from caserouter.routing.solver.instance import Instance

_SURE = 0.98
"""Share from which a pair is fixed whatever the quota."""
_SEEN = 1e-3
"""Share from which a pair is looked at."""


def dive(
    instance: Instance,
    columns: Columns,
    value: FloatArray,
    share: FloatArray,
    *,
    fraction: float = 0.08,
    iterations: int = 15,
    step: float = 0.05,
) -> tuple[IntArray, int]:
    """Round the ascent's answer to an assignment that satisfies every constraint.

    Parameters
    ----------
    value, share
        Multipliers and averaged choices of a dual ascent over `columns`.
    fraction
        Part of the open rows to fix per round, 0 to 1; surer pairs are fixed in any case.
    iterations, step
        Subgradient steps between rounds, and their length.

    Returns
    -------
    assignment, effort
        Specialist of each row or -1, shape (num_rows,), and the effort spent.
    """
    waiting, load_cost = instance.waiting_cost.astype(np.float64), instance.load_cost.astype(np.float64)
    assignment, effort = _dive(
        value.copy(),
        share.copy(),
        fraction,
        iterations,
        step,
        columns.ptr,
        columns.row,
        columns.cost,
        waiting,
        load_cost,
        Rows.of(instance),
        Books.empty(instance),
    )
    return assignment, int(effort)


@njit(cache=True)
def _dive(  # type: ignore[no-untyped-def]
    value, share, fraction, iterations, step, ptr, row, cost, waiting, load_cost, rows, books
):
    """`dive` in compiled code; `value`, `share` and `books` are changed in place."""
    n = len(rows.weight)
    assignment = np.full(n, -1)
    done = np.zeros(n, np.bool_)
    effort = 0
    num_open = n
    while True:
        fixed = _fix(share, int(fraction * num_open) + 1, ptr, row, done, assignment, rows, books)
        if fixed == 0:
            return assignment, effort
        num_open -= fixed
        usable = _usable(books)
        ptr, row, cost, share = _still_open(ptr, row, cost, share, done, rows.weight, usable)
        reach = 0.0
        for i in range(n):
            if not done[i]:
                reach += value[i]
        _, value, _, spent = climb(
            value, iterations, step, reach, ptr, row, cost, rows.weight, waiting, usable, books.load_base, load_cost, done, share
        )
        effort += spent + len(row)


@njit(cache=True)
def _fix(share, quota, ptr, row, done, assignment, rows, books):  # type: ignore[no-untyped-def]
    """Place up to `quota` open rows, and all the sure ones, where their shares are largest; returns how many."""
    seen = np.flatnonzero(share > _SEEN)
    owner = np.searchsorted(ptr, seen, side="right") - 1
    order = np.argsort(-share[seen], kind="mergesort")
    fixed = 0
    for s in order:
        if fixed >= quota and share[seen[s]] < _SURE:
            break
        i, j = row[seen[s]], owner[s]
        if not done[i] and may_take(i, j, assignment, rows, books):
            done[i] = True
            assignment[i] = j
            take(i, j, rows, books)
            fixed += 1
    return fixed


@njit(cache=True)
def _still_open(  # type: ignore[no-untyped-def]
    ptr, row, cost, share, done, weight, room
):
    """The pairs whose row is open and whose specialist has room for it."""
    kept = np.empty(len(row), np.int64)
    new_ptr = np.zeros(len(ptr), np.int64)
    num_kept = 0
    for j in range(len(ptr) - 1):
        for a in range(ptr[j], ptr[j + 1]):
            if not done[row[a]] and weight[row[a]] <= room[j]:
                kept[num_kept] = a
                num_kept += 1
        new_ptr[j + 1] = num_kept
    kept = kept[:num_kept]
    return new_ptr, row[kept], cost[kept], share[kept]


@njit(cache=True)
def _usable(books: Books) -> IntArray:
    """Room that intake and team limits leave open; shape (num_specialists,)."""
    usable = books.room.copy()
    for j in range(len(usable)):
        usable[j] = 0 if books.intake[j] <= 0 else min(usable[j], books.team_room[books.team[j]])
    return usable
