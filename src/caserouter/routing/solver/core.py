"""The pairs that a better answer could still use.

At multipliers ``value`` the Lagrangian bound *L* splits by specialist, so the least cost of an answer that uses pair (i, j)
is at least *L* plus what forcing *i* into the knapsack of *j* loses. Where that exceeds the incumbent, no better answer uses
the pair [1]_. With a small gap few pairs survive, and CP-SAT can settle the rest.

References
----------
.. [1] Geoffrion, A. M. (1974). Lagrangean relaxation for integer programming. *Mathematical Programming Study* 2, 82–114.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from caserouter.routing.solver.columns import FloatArray, all_columns
from caserouter.routing.solver.instance import Instance

_CELLS_PER_STEP = 8
"""Half the square of a book is scanned per pair, four cells in the time of one step elsewhere."""


def core_pairs(instance: Instance, value: FloatArray, allowance: float) -> NDArray[np.bool_]:
    """Which pairs lose at most `allowance` when forced.

    Parameters
    ----------
    value
        Multipliers; shape (num_rows,).
    allowance
        Objective of the incumbent minus the Lagrangian bound at `value`, in cost units.

    Returns
    -------
    keep
        Shape (num_pairs,).
    """
    columns = all_columns(instance)
    loss = _losses(
        value,
        columns.ptr,
        columns.row,
        columns.cost,
        instance.weight,
        instance.capacity,
        instance.load_ptr,
        instance.load_cost.astype(np.float64),
    )
    keep = np.zeros(len(instance.cost), dtype=bool)
    keep[columns.pair] = loss <= allowance
    return keep


def core_effort(instance: Instance) -> int:
    """What `core_pairs` takes, in kernel steps: it grows with the square of the largest books, so ask before calling."""
    size = np.bincount(instance.specialist, minlength=instance.num_specialists)
    return int((size * instance.capacity.astype(np.float64) ** 2).sum() / _CELLS_PER_STEP)


@njit(cache=True)
def _losses(value, ptr, row, cost, weight, capacity, load_ptr, load_cost):  # type: ignore[no-untyped-def]
    """What forcing each pair costs: the best knapsack less the best one with the pair in it; shape (num_pairs,)."""
    loss = np.empty(len(row))
    for j in range(len(capacity)):
        room = capacity[j]
        size = ptr[j + 1] - ptr[j]
        before = np.zeros((size + 1, room + 1))
        after = np.zeros((size + 1, room + 1))
        gain = value[row[ptr[j] : ptr[j + 1]]] - cost[ptr[j] : ptr[j + 1]]
        need = weight[row[ptr[j] : ptr[j + 1]]]
        for t in range(size):
            _add_item(before[t], before[t + 1], gain[t], need[t])
            _add_item(after[size - t], after[size - t - 1], gain[size - t - 1], need[size - t - 1])
        price = load_cost[load_ptr[j] : load_ptr[j] + room + 1]
        best = (before[size] - price).max()
        for t in range(size):
            forced = -np.inf
            for used in range(need[t], room + 1):
                left = used - need[t]
                others = 0.0
                for q in range(left + 1):
                    others = max(others, before[t, q] + after[t + 1, left - q])
                forced = max(forced, others - price[used])
            loss[ptr[j] + t] = best - (forced + gain[t])
    return loss


@njit(cache=True)
def _add_item(without, with_it, gain, need):  # type: ignore[no-untyped-def]
    """Best value per load once one more item may be chosen."""
    with_it[:] = without
    if gain > 0:
        for q in range(need, len(without)):
            with_it[q] = max(without[q], without[q - need] + gain)
