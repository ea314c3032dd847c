"""Means and quantiles of times, some of which are only known to be longer: the Kaplan–Meier estimate, with each replication left out.

The estimate moves the mass of a case that is still open to those resolved later [1]_. Sorted by time, the k-th of n observations, if
it is an event, has mass (1 ÷ n) · Π (n − j + 1) ÷ (n − j) over the open cases j < k [2]_. Mass is therefore constant between two open
cases, and everything that is asked for follows from counts and sums of the events between them: that keeps the leave-one-out
estimates of a hundred replications as cheap as the open cases are few. With none open it is the empirical distribution. The quantile
is the smallest time by which at least a share p has come to an end; the mean is restricted to the longest time seen [3]_.

.. [1] Kaplan, E. L., and Meier, P. (1958). Nonparametric estimation from incomplete observations. *JASA* 53, 457–481.
.. [2] Efron, B. (1967). The two sample problem with censored data. *Proc. 5th Berkeley Symposium* 4, 831–853.
.. [3] Royston, P., and Parmar, M. K. B. (2013). Restricted mean survival time. *BMC Medical Research Methodology* 13, 152.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caserouter.simulation.cohort import IntArray, sums_of
from caserouter.simulation.records import FloatArray

_CHUNK = 2_000_000
"""Largest table of leave-one-out counts that is worked on at once, in entries."""

_ROUNDING = 1e-9
"""What rounding may add to a rank that is a whole number."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Times sorted by group and then by time, events before open cases where they tie.

    Parameters
    ----------
    time
        Hours; shape (num_rows,).
    event
        Whether it came to an end then; else it was open still; shape (num_rows,).
    group, replication
        Numbers, from 0; shape (num_rows,).
    num_groups, num_replications
        How many of them.
    """

    time: FloatArray
    event: NDArray[np.bool_]
    group: IntArray
    replication: IntArray
    num_groups: int
    num_replications: int

    @property
    def events(self) -> "Sample":
        """The events alone."""
        rows = self.event
        kept = (self.time[rows], rows[rows], self.group[rows], self.replication[rows])
        return self if rows.all() else Sample(*kept, self.num_groups, self.num_replications)

    @property
    def start(self) -> IntArray:
        """First row of each group, and the end; shape (num_groups + 1,)."""
        return np.searchsorted(self.group, np.arange(self.num_groups + 1))

    @property
    def cell(self) -> IntArray:
        """Number of each row's group and replication together; shape (num_rows,)."""
        return self.group * self.num_replications + self.replication

    def left_out(self, weights: FloatArray | None = None) -> FloatArray:
        """Count of the rows of each group, or sum of their weights, without each replication; the last column is without none.

        Returns
        -------
        array
            Shape (num_groups, num_replications + 1).
        """
        size = self.num_groups * self.num_replications
        sums = np.bincount(self.cell, weights=weights, minlength=size).reshape(self.num_groups, -1).astype(np.float64)
        total = sums.sum(axis=1, keepdims=True)
        return np.hstack([total - sums, total])


def product_limit(sample: Sample, probabilities: Sequence[float]) -> tuple[FloatArray, FloatArray]:
    """Restricted mean and quantiles of each group, without each replication in turn, and without none.

    Parameters
    ----------
    sample
        The observations.
    probabilities
        Of the quantiles, above 0 and below 1.

    Returns
    -------
    mean
        NaN where there are no observations; shape (num_groups, num_replications + 1).
    quantiles
        NaN where they are not reached; shape (num_probabilities, num_groups, num_replications + 1).
    """
    events = sample.events
    count = events.left_out()
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = events.left_out(events.time) / count
    rank = np.ceil(np.multiply.outer(np.asarray(probabilities), count) - _ROUNDING).astype(np.int64)
    start = sample.start
    for group in np.unique(sample.group[~sample.event]):
        rows = slice(start[group], start[group + 1])
        for chunk, part_mean, part_rank in _censored(sample, rows, probabilities):
            mean[group, chunk], rank[:, group, chunk] = part_mean, part_rank
    return mean, _select(events, rank)


def sort_by_time(time: FloatArray, event: NDArray[np.bool_]) -> IntArray:
    """Order of rising time, events before open cases where they tie; shape (num_rows,)."""
    return np.lexsort((~event, time)) if not event.all() else np.argsort(time, kind="stable")


def stable_order(number: IntArray, size: int) -> IntArray:
    """Order of rising `number`, each from 0 to `size` - 1, ties as they stand: a radix sort where 16 bits are enough."""
    return np.argsort(number.astype(np.uint16) if size <= 1 << 16 else number, kind="stable")


def _censored(sample: Sample, rows: slice, probabilities: Sequence[float]) -> Iterator[tuple[slice, FloatArray, IntArray]]:
    """Mean and ranks of the quantiles among the events of one group that has open cases, a few replications at a time."""
    time, event, replication = sample.time[rows], sample.event[rows], sample.replication[rows]
    stretch = np.cumsum(~event, dtype=np.int64)
    num_stretches = int(stretch[-1]) + 1
    step = max(1, _CHUNK // num_stretches)
    events = np.bincount(stretch[event], minlength=num_stretches)
    hours = sums_of(stretch[event], time[event], num_stretches)
    for first in range(0, sample.num_replications + 1, step):
        chunk = slice(first, min(first + step, sample.num_replications + 1))
        size = chunk.stop - chunk.start
        inside = event & (replication >= chunk.start) & (replication < chunk.stop)
        cell = (replication[inside] - chunk.start) * num_stretches + stretch[inside]
        own = np.bincount(cell, minlength=size * num_stretches).reshape(size, -1)
        own_hours = sums_of(cell, time[inside], size * num_stretches).reshape(size, -1)
        left_out = replication[~event] == np.arange(chunk.start, chunk.stop)[:, None]
        mass = _mass(events - own, ~left_out)
        mean, ranks = _mean_and_ranks(mass, events - own, hours - own_hours, float(time[-1]), probabilities)
        nobody = (events - own).sum(axis=1) + (~left_out).sum(axis=1) == 0
        yield chunk, np.where(nobody, np.nan, mean), ranks


def _mass(events: IntArray, is_open: NDArray[np.bool_]) -> FloatArray:
    """Mass of an event in each stretch between two open cases.

    Parameters
    ----------
    events
        Events in each stretch; shape (num_sets, num_stretches).
    is_open
        Whether the open case at the end of each stretch is in the set; shape (num_sets, num_stretches - 1).
    """
    total = events.sum(axis=1, keepdims=True) + is_open.sum(axis=1, keepdims=True)
    passed = np.cumsum(events[:, :-1], axis=1) + np.cumsum(is_open, axis=1) - is_open
    at_risk = (total - passed).astype(np.float64)
    # With nobody left behind it, an open case keeps its mass, and no event follows to take it.
    factor = np.where(is_open & (at_risk > 1), at_risk / np.maximum(at_risk - 1, 1), 1.0)
    mass = np.ones(events.shape)
    np.cumprod(factor, axis=1, out=mass[:, 1:])
    mass /= np.maximum(total, 1)
    return mass


def _mean_and_ranks(
    mass: FloatArray, events: IntArray, hours: FloatArray, longest: float, probabilities: Sequence[float]
) -> tuple[FloatArray, IntArray]:
    """Restricted mean, and which event in order of time is each quantile, 0 where none is.

    Parameters
    ----------
    mass, events, hours
        Mass of an event, number of events and sum of their times in each stretch; shape (num_sets, num_stretches).
    longest
        Time up to which the mean is restricted.
    probabilities
        Of the quantiles.
    """
    share = np.cumsum(mass * events, axis=1)
    mean = (mass * hours).sum(axis=1) + np.maximum(1.0 - share[:, -1], 0.0) * longest
    before = np.hstack([np.zeros((len(events), 1)), share[:, :-1]])
    events_before = np.cumsum(events, axis=1) - events
    ranks = np.zeros((len(probabilities), len(events)), dtype=np.int64)
    for row, probability in enumerate(probabilities):
        reached = share >= probability - _ROUNDING
        at = np.arange(len(events)), reached.argmax(axis=1)
        within = np.ceil((probability - before[at]) / mass[at] - _ROUNDING * (len(events[0]) + 1))
        ranks[row] = np.where(reached[:, -1], events_before[at] + np.clip(within, 1, events[at]), 0)
    return mean, ranks


def _select(events: Sample, rank: IntArray) -> FloatArray:
    """The event of a given rank in each group, without each replication in turn: one sort, then a binary search.

    Of the events of a replication at positions s₀ < s₁ < … of the group, sⱼ − j events of the others come before the j-th. The k-th of
    the others, counting from 0, therefore stands at position k plus the number of j with sⱼ − j ≤ k.

    Parameters
    ----------
    events
        Events alone.
    rank
        From 1, 0 for none; shape (num_probabilities, num_groups, num_replications + 1).
    """
    start, size = events.start[:-1], len(events.time)
    if size == 0:
        return np.full(rank.shape, np.nan)
    order = stable_order(events.replication, events.num_replications)
    order = order[stable_order(events.group[order], events.num_groups)]
    cell = events.cell[order]
    first = np.searchsorted(cell, np.arange(events.num_groups * events.num_replications))
    before = (order - start[events.group[order]]) - (np.arange(size) - first[cell])
    wanted = rank - 1
    cells = np.arange(events.num_groups * events.num_replications).reshape(events.num_groups, -1)
    passed = np.searchsorted(cell * (size + 1) + before, cells * (size + 1) + wanted[:, :, :-1], side="right") - first[cells]
    at = start[:, None] + wanted
    at[:, :, :-1] += np.where(wanted[:, :, :-1] >= 0, passed, 0)
    return np.where(rank > 0, events.time[np.clip(at, 0, size - 1)], np.nan)
