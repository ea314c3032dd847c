"""Complete answers from incomplete ones: insert every row that still fits, the dearest to leave waiting first."""

import numpy as np
from numba import njit

from caserouter.routing.problem import IntArray
from caserouter.routing.solver.books import Books, Rows, load_step, may_take, take
from caserouter.routing.solver.instance import Instance


def round_flow(instance: Instance, flow: IntArray) -> IntArray:
    """The rows that the flow sends whole, in order of weight, then whatever else fits; shape (num_rows,)."""
    row = instance.pair_row
    whole = np.flatnonzero((flow > 0) & (flow == instance.weight[row]))
    rows = np.full(instance.num_rows, -1, dtype=np.int64)
    if not instance.has_side_constraints:
        rows[row[whole]] = instance.specialist[whole]
        return complete(instance, rows)
    wish = np.full(instance.num_rows, -1, dtype=np.int64)
    wish[row[whole]] = instance.specialist[whole]
    return complete(instance, rows, wish)


def complete(instance: Instance, rows: IntArray, wish: IntArray | None = None) -> IntArray:
    """`rows` with every waiting row placed where it costs least among those with room.

    Parameters
    ----------
    rows
        Specialist of each row or -1; must satisfy every constraint; shape (num_rows,).
    wish
        Specialists to try before all others, or -1; shape (num_rows,).

    Returns
    -------
    rows
        Rows that fit nowhere still wait; shape (num_rows,).
    """
    waiting = np.flatnonzero(rows < 0)
    dearest = waiting[np.argsort(-(instance.waiting_cost[waiting] / instance.weight[waiting]), kind="stable")]
    anywhere = np.zeros(0, dtype=np.int64)
    placed = rows.copy()
    own, books = Rows.of(instance), Books.empty(instance)
    _enter(placed, own, books)
    for preferred in (anywhere,) if wish is None else (wish, anywhere):
        _insert(placed, dearest, preferred, instance.row_ptr, instance.specialist, instance.cost, own, books)
    return placed


@njit(cache=True)
def _enter(assignment: IntArray, rows: Rows, books: Books) -> None:
    """Enter every row of `assignment` that has a specialist in `books`."""
    for i in range(len(assignment)):
        if assignment[i] >= 0:
            take(i, assignment[i], rows, books)


@njit(cache=True)
def _insert(  # type: ignore[no-untyped-def]
    assignment, order, wish, row_ptr, specialist, cost, rows, books
):
    """Place the rows in `order` one by one, in place; with `wish` given, only where they wish to go."""
    room = books.room
    for i in order:
        if assignment[i] >= 0:
            continue
        weight = rows.weight[i]
        target = -1
        least = rows.waiting[i]
        for a in range(row_ptr[i], row_ptr[i + 1]):
            j = specialist[a]
            if weight > room[j] or (len(wish) and wish[i] != j):
                continue
            there = cost[a] + load_step(j, 0, weight, books)
            if there <= least and may_take(i, j, assignment, rows, books):
                target, least = j, there
        if target >= 0:
            assignment[i] = target
            take(i, target, rows, books)
