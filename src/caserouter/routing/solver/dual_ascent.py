"""The Lagrangian bound: cases are priced, and each specialist fills a knapsack.

Relaxing "each row once" with multipliers ``value[i]`` (what serving row *i* is worth) leaves one knapsack per specialist,

    L(value) = Σ_i value[i] - Σ_j max_S { Σ_{i in S} (value[i] - cost[i, j]) - load_cost_j(weight of S) },

over sets *S* within the specialist's capacity, for any ``value[i] <= waiting[i]``. Its maximum is the Dantzig–Wolfe bound,
which is tighter than the flow's since the knapsacks are solved in integers [1]_. Deflected subgradients climb it [2]_; the
average of the knapsacks' answers along the way estimates the master problem's primal solution, which the dive rounds.

References
----------
.. [1] Fisher, M. L., Jaikumar, R. and Van Wassenhove, L. N. (1986). A multiplier adjustment method for the generalized
   assignment problem. *Management Science* 32(9), 1095–1103.
.. [2] Barahona, F. and Anbil, R. (2000). The volume algorithm: producing primal solutions with a subgradient method.
   *Mathematical Programming* 87, 385–399.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit

from caserouter.routing.problem import IntArray
from caserouter.routing.solver.columns import Columns, FloatArray, all_columns
from caserouter.routing.solver.instance import Instance

_AVERAGING = 0.1
"""Weight of the newest knapsacks in the running average of their answers."""
_DEFLECTION = 0.7
"""Weight of the previous direction in the next."""
_PATIENCE = 8
"""Steps without a better bound after which the step length falls by `_SHRINK`, from the best multipliers on."""
_SHRINK = 0.7
_CERTIFICATE_SCALE = 16
"""Multipliers are rounded to sixteenths of a cost unit before the bound is evaluated in exact integers."""
_RANGE = 2**62
"""Nothing that a certificate adds up may pass this: where sixteenths would, they are made coarser."""


@dataclass(frozen=True, slots=True, eq=False)
class Certificate:
    """A Lagrangian bound evaluated over every pair in exact integers.

    Parameters
    ----------
    bound
        No assignment costs less, in cost units; rounded up since costs are integers.
    value
        The multipliers that it was evaluated at; shape (num_rows,).
    knapsack
        The most that each specialist's book can be worth at these multipliers; shape (num_specialists,).
    effort
        Pairs scanned and knapsack cells filled.
    """

    bound: int
    value: FloatArray
    knapsack: FloatArray
    effort: int


def certify(instance: Instance, value: FloatArray) -> Certificate:
    """Evaluate the Lagrangian bound of `instance` at `value`, rounded down to sixteenths of a cost unit, or coarser for huge costs."""
    columns = all_columns(instance)
    scale = min(_CERTIFICATE_SCALE, max(_RANGE // (_largest_sum(instance) + 1), 1))
    whole = np.minimum(np.floor(value * scale).astype(np.int64), instance.waiting_cost * scale)
    knapsack = np.zeros(instance.num_specialists, dtype=np.int64)
    total, effort = _evaluate(
        whole,
        columns.ptr,
        columns.row,
        instance.cost[columns.pair] * scale,
        instance.weight,
        instance.capacity,
        instance.load_ptr[:-1],
        instance.load_cost * scale,
        np.zeros(instance.num_rows, dtype=np.bool_),
        np.zeros(instance.num_rows, dtype=np.int64),
        np.zeros(len(columns.row), dtype=np.bool_),
        knapsack,
        *_workspace(columns.ptr, instance.capacity, np.zeros(1, dtype=np.int64)),
    )
    return Certificate(-(-int(total) // scale), whole / scale, knapsack / scale, int(effort))


def _largest_sum(instance: Instance) -> int:
    """More than anything that a certificate adds up, in cost units: all rows waiting, or every book at its most."""
    waiting, load = instance.waiting_cost, instance.load_cost
    books = int(waiting.max(initial=0)) * int(instance.capacity.sum())
    return int(waiting.sum()) + books + int(load.max(initial=0)) * instance.num_specialists


def step_effort(instance: Instance, columns: Columns) -> int:
    """Kernel steps that one subgradient step over `columns` takes at most: pairs scanned and knapsack cells filled."""
    return int((np.diff(columns.ptr) * (instance.capacity + 2)).sum())


def ascend(
    instance: Instance,
    columns: Columns,
    value: FloatArray,
    *,
    iterations: int,
    target: float,
    step: float = 0.3,
    share: FloatArray | None = None,
) -> tuple[float, FloatArray, float, int]:
    """Climb the Lagrangian bound over `columns` from `value`.

    Parameters
    ----------
    iterations
        Subgradient steps.
    target
        An estimate of the best bound, from which step lengths are taken (Polyak's rule).
    step
        First fraction of the distance to the target to go; falls when the bound stalls.
    share
        Running average of the knapsacks' answers, updated in place; shape (num_kept,).

    Returns
    -------
    bound, value, step, effort
        Best bound over `columns` seen and the multipliers where it was, the last step, and the effort spent.
    """
    running = np.zeros(len(columns.row)) if share is None else share
    result = climb(
        value.copy(),
        iterations,
        step,
        target,
        columns.ptr,
        columns.row,
        columns.cost,
        instance.weight,
        instance.waiting_cost.astype(np.float64),
        instance.capacity,
        instance.load_ptr[:-1],
        instance.load_cost.astype(np.float64),
        np.zeros(instance.num_rows, dtype=np.bool_),
        running,
    )
    return float(result[0]), result[1], float(result[2]), int(result[3])


@njit(cache=True)
def _workspace(ptr: IntArray, capacity: IntArray, like: Any) -> tuple[Any, ...]:
    """Scratch arrays of `_evaluate`: best gain per number of items and load, and the items of one knapsack."""
    longest = 0
    largest = 0
    for j in range(len(capacity)):
        longest = max(longest, ptr[j + 1] - ptr[j])
        largest = max(largest, capacity[j])
    return (
        np.empty((longest + 1, largest + 1), like.dtype),
        np.empty(longest, np.int64),
        np.empty(longest, like.dtype),
    )


@njit(cache=True)
def climb(  # type: ignore[no-untyped-def]
    value, iterations, step, target, ptr, row, cost, weight, waiting, capacity, load_base, load_cost, done, share
):
    """Subgradient ascent in compiled code; see `ascend`. Rows in `done` are left out, and `value` is changed in place."""
    times = np.zeros(len(value), np.int64)
    chosen = np.zeros(len(row), np.bool_)
    knapsack = np.zeros(len(capacity))
    best, item, gain = _workspace(ptr, capacity, value)
    highest = -np.inf
    best_value = value.copy()
    direction = np.zeros(len(value))
    stalled = 0
    effort = 0
    for _ in range(iterations):
        bound, spent = _evaluate(
            value, ptr, row, cost, weight, capacity, load_base, load_cost, done, times, chosen, knapsack, best, item, gain
        )
        effort += spent
        for a in range(len(row)):
            share[a] += _AVERAGING * (chosen[a] - share[a])
        if bound > highest:
            highest = bound
            best_value[:] = value
            stalled = 0
        else:
            stalled += 1
            if stalled >= _PATIENCE:
                step *= _SHRINK
                stalled = 0
                value[:] = best_value
        length = 0.0
        for i in range(len(value)):
            slope = 0.0
            if not done[i] and not (times[i] == 0 and value[i] >= waiting[i]):
                slope = 1.0 - times[i]
            direction[i] = _DEFLECTION * direction[i] + (1.0 - _DEFLECTION) * slope
            length += direction[i] * direction[i]
        if length < 1e-12:
            break
        pace = step * max(target - bound, 1.0) / length
        for i in range(len(value)):
            if not done[i]:
                value[i] = min(value[i] + pace * direction[i], waiting[i])
    return highest, best_value, step, effort


@njit(cache=True)
def _evaluate(  # type: ignore[no-untyped-def]
    value, ptr, row, cost, weight, capacity, load_base, load_cost, done, times, chosen, knapsack, best, item, gain
):
    """The Lagrangian function at `value`; marks the chosen pairs, counts how often each row is chosen, tells the effort.

    Works in floats and, for certificates, in integers. Rows in `done` are left out; ``load_base[j]`` is where the prices of
    specialist *j*'s further load begin.
    """
    total = value.dtype.type(0)
    effort = 0
    for i in range(len(value)):
        times[i] = 0
        if not done[i]:
            total += value[i]
    for j in range(len(capacity)):
        room = capacity[j]
        num_items = 0
        knapsack[j] = 0
        for a in range(ptr[j], ptr[j + 1]):
            chosen[a] = False
            i = row[a]
            if not done[i] and weight[i] <= room and value[i] > cost[a]:
                item[num_items] = a
                gain[num_items] = value[i] - cost[a]
                num_items += 1
        effort += ptr[j + 1] - ptr[j] + num_items * (room + 1)
        if num_items == 0:
            continue
        best[0, : room + 1] = 0
        for t in range(num_items):
            need = weight[row[item[t]]]
            worth = gain[t]
            best[t + 1, :need] = best[t, :need]
            without, with_it, better = best[t, need : room + 1], best[t, : room + 1 - need], best[t + 1, need : room + 1]
            for q in range(len(without)):
                better[q] = max(without[q], with_it[q] + worth)
        at = 0
        base = load_base[j]
        final = best[num_items]
        for q in range(1, room + 1):
            if final[q] - load_cost[base + q] > final[at] - load_cost[base + at]:
                at = q
        knapsack[j] = final[at] - (load_cost[base + at] - load_cost[base])
        total -= knapsack[j]
        for t in range(num_items - 1, -1, -1):
            if best[t + 1, at] > best[t, at]:
                chosen[item[t]] = True
                times[row[item[t]]] += 1
                at -= weight[row[item[t]]]
    return total, effort
