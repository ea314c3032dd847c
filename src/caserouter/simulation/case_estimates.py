"""Estimates of the measures of cases: ratios of sums, and the means and quantiles of times."""

from collections.abc import Collection, Iterator

import numpy as np

from caserouter.simulation.cohort import Cohort, Grouping, IntArray
from caserouter.simulation.jackknife import Estimate, estimate_ratio
from caserouter.simulation.measures import CASE_RATIOS, QUANTILES, TIMES
from caserouter.simulation.records import FloatArray
from caserouter.simulation.survival import Sample, product_limit, sort_by_time, stable_order


def ratio_estimates(cases: Cohort, measures: Collection[str], groupings: Collection[Grouping]) -> Iterator[Estimate]:
    """Those of `measures` that are ratios of sums over cases, in each grouping."""
    for name in CASE_RATIOS.keys() & set(measures):
        numerator, denominator = CASE_RATIOS[name](cases)
        for grouping in groupings:
            shape = len(grouping.groups), cases.num_replications
            top = grouping.sums(numerator, cases.replication, cases.num_replications)
            bottom = (
                np.ones(shape) if denominator is None else grouping.sums(denominator, cases.replication, cases.num_replications)
            )
            yield estimate_ratio(name, grouping.name, grouping.groups, top, bottom)


def time_estimates(cases: Cohort, measures: Collection[str], groupings: Collection[Grouping]) -> Iterator[Estimate]:
    """Those of `measures` that are means or quantiles of times, in each grouping."""
    for name, spans in TIMES.items():
        quantiles = {f"{name}_{suffix}": p for suffix, p in QUANTILES.items() if f"{name}_{suffix}" in measures}
        if not quantiles and f"{name}_mean" not in measures:
            continue
        time, known, counts = spans(cases)
        rows = np.flatnonzero(counts)
        order = rows[sort_by_time(time[rows], known[rows] > 0)]
        names = (f"{name}_mean", *quantiles)
        for grouping in groupings:
            found = _means_and_quantiles(cases, grouping, time, known, order, tuple(quantiles.values()))
            for measure, (value, left_out, own, present) in zip(names, found, strict=True):
                if measure in measures:
                    yield Estimate(measure, grouping.name, grouping.groups, value, left_out, own, present)


def _means_and_quantiles(
    cases: Cohort, grouping: Grouping, time: FloatArray, known: FloatArray, order: IntArray, probabilities: tuple[float, ...]
) -> Iterator[tuple[FloatArray, FloatArray, FloatArray, np.ndarray]]:
    """Value, leave-one-out values, own values and presence of the mean, then of each quantile.

    Parameters
    ----------
    cases, grouping
        The cases and their groups.
    time, known
        As of `measures.Spans`; shape (num_cases,).
    order
        The cases that count, in order of time.
    probabilities
        Of the quantiles.
    """
    num_groups, num_replications = len(grouping.groups), cases.num_replications
    order = order[grouping.code[order] >= 0]
    order = order[stable_order(grouping.code[order], num_groups)]
    group, replication = grouping.code[order], cases.replication[order]
    pooled = Sample(time[order], known[order] > 0, group, replication, num_groups, num_replications)
    mean, quantiles = product_limit(pooled, probabilities)
    present = np.bincount(pooled.cell, minlength=num_groups * num_replications).reshape(num_groups, -1) > 0
    own_mean, own_quantiles = _in_each_replication(pooled, probabilities)
    for table, own in ((mean, own_mean), *zip(quantiles, own_quantiles, strict=True)):
        yield table[:, -1], table[:, :-1], own, present


def _in_each_replication(pooled: Sample, probabilities: tuple[float, ...]) -> tuple[FloatArray, FloatArray]:
    """Mean, shape (num_groups, num_replications), and quantiles of each replication alone."""
    cells = pooled.num_groups * pooled.num_replications
    by_replication = stable_order(pooled.replication, pooled.num_replications)
    order = by_replication[stable_order(pooled.group[by_replication], pooled.num_groups)]
    alone = Sample(pooled.time[order], pooled.event[order], pooled.cell[order], np.zeros_like(order), cells, 1)
    mean, quantiles = product_limit(alone, probabilities)
    shape = pooled.num_groups, pooled.num_replications
    return mean[:, -1].reshape(shape), quantiles[:, :, -1].reshape(-1, *shape)
