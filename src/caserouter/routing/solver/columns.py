"""The promising pairs by specialist: what the dual ascent and the dive look at."""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from caserouter.routing.problem import IntArray
from caserouter.routing.solver.instance import Instance

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Pairs grouped by specialist, rows rising within each.

    Parameters
    ----------
    ptr
        Start of each specialist's pairs; shape (num_specialists + 1,).
    row, cost
        Row and cost of each pair; shape (num_kept,).
    pair
        Index of each pair in the instance; shape (num_kept,).
    row_ptr, row_pair
        The same pairs grouped by row: start of each row's, shape (num_rows + 1,), and their index in the instance.
    """

    ptr: IntArray
    row: IntArray
    cost: FloatArray
    pair: IntArray
    row_ptr: IntArray
    row_pair: IntArray


def reduced_costs(instance: Instance, unit_price: FloatArray) -> FloatArray:
    """Cost of each pair plus the price of the capacity it takes; shape (num_pairs,)."""
    prices: FloatArray = instance.cost + instance.weight[instance.pair_row] * unit_price[instance.specialist]
    return prices


def row_prices(instance: Instance, reduced: FloatArray) -> FloatArray:
    """Cheapest way to serve each row at the prices in `reduced`, waiting included; shape (num_rows,)."""
    value = instance.waiting_cost.astype(np.float64)
    filled = np.flatnonzero(np.diff(instance.row_ptr))
    if len(filled):
        value[filled] = np.minimum(value[filled], np.minimum.reduceat(reduced, instance.row_ptr[filled]))
    return value


def all_columns(instance: Instance) -> Columns:
    """Every pair of `instance` by specialist."""
    return _gather(instance, np.arange(len(instance.cost), dtype=np.int64))


def promising_columns(instance: Instance, reduced: FloatArray, width: int, rows: IntArray | None = None) -> Columns:
    """The `width` pairs of least reduced cost of each row, and the pairs that `rows` uses, by specialist."""
    kept = _cheapest(instance.row_ptr, reduced, width)
    if rows is not None:
        kept = np.union1d(kept, np.flatnonzero(rows[instance.pair_row] == instance.specialist))
    return _gather(instance, kept)


def _gather(instance: Instance, kept: IntArray) -> Columns:
    pair_row = instance.pair_row
    order = kept[np.argsort(instance.specialist[kept], kind="stable")]
    counts = np.bincount(instance.specialist[order], minlength=instance.num_specialists)
    return Columns(
        ptr=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        row=pair_row[order],
        cost=instance.cost[order].astype(np.float64),
        pair=order,
        row_ptr=np.concatenate([[0], np.cumsum(np.bincount(pair_row[kept], minlength=instance.num_rows))]).astype(np.int64),
        row_pair=kept,
    )


@njit(cache=True)
def _cheapest(row_ptr: IntArray, reduced: FloatArray, width: int) -> IntArray:
    """Indices of each row's `width` least entries of `reduced`, rising."""
    kept = np.empty(len(reduced), np.int64)
    num_kept = 0
    for i in range(len(row_ptr) - 1):
        start, stop = row_ptr[i], row_ptr[i + 1]
        limit = np.inf
        if stop - start > width:
            limit = np.partition(reduced[start:stop], width - 1)[width - 1]
        taken = 0
        for a in range(start, stop):
            if reduced[a] <= limit and taken < width:
                kept[num_kept] = a
                num_kept += 1
                taken += 1
    return kept[:num_kept]
