"""Estimates as tidy data frames: one row per estimate, per replication, per cause of waiting, per moment of the backlog."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from caserouter.simulation.backlog import AGE_BANDS, backlog_hours, open_by_age
from caserouter.simulation.cohort import EVERYTHING
from caserouter.simulation.jackknife import Estimate, half_width_of
from caserouter.simulation.local_time import LocalTime
from caserouter.simulation.measures import MEASURES, WAITS
from caserouter.simulation.records import FloatArray, Records

EVERY_AGE = "all"
"""The age band that holds every age."""


def summary_frame(estimates: Sequence[Estimate], currency: str) -> pd.DataFrame:
    """One row per measure and group that has observations, and per measure over everything.

    Columns: ``measure``, ``group_by`` (one of `GROUPINGS`), ``group``, ``estimate``, ``low``, ``high``, ``half_width`` (of the 95 %
    interval of this row alone; NaN with fewer than two replications), ``num_replications`` (those that hold observations of the group)
    and ``unit`` (that of `MEASURES`, the currency for money). Intervals of proportions that are known to lie between 0 and 1 end there.
    """
    parts = [_summary_of(one, currency) for one in estimates]
    return with_categories(pd.concat(parts, ignore_index=True), "measure", "group_by", "unit")


def replications_frame(estimates: Sequence[Estimate], numbers: Sequence[int]) -> pd.DataFrame:
    """Value of each measure in each replication alone, for every grouping but the hour of the week.

    Columns: ``replication``, ``measure``, ``group_by``, ``group``, ``value``. Groups without observations in a replication have no row.
    """
    parts = [_replications_of(one, np.asarray(numbers)) for one in estimates if one.group_by != "hour_of_week"]
    return with_categories(pd.concat(parts, ignore_index=True), "measure", "group_by", "group")


def waits_frame(summary: pd.DataFrame) -> pd.DataFrame:
    """What cases wait for.

    Columns: ``cause`` (one of `WAITS`), ``group_by``, ``group``, ``estimate`` (mean hours per case), ``low``, ``high``, ``half_width``,
    and ``share`` of the causes' sum.
    """
    cause_by_measure = {f"wait_{cause}_mean": cause for cause in WAITS}
    frame = summary[summary["measure"].isin(list(cause_by_measure))]
    frame = frame.assign(cause=frame["measure"].astype(str).map(cause_by_measure))
    total = frame.groupby(["group_by", "group"], observed=True)["estimate"].transform("sum")
    frame = frame.assign(share=frame["estimate"] / total.where(total > 0))
    return frame[["cause", "group_by", "group", "estimate", "low", "high", "half_width", "share"]].reset_index(drop=True)


def backlog_frame(records: Sequence[Records], local_time: LocalTime) -> pd.DataFrame:
    """Open cases through the measured window, by age.

    Columns: ``hour``, ``at``, ``age`` (one of `AGE_BANDS`, or ``all``), ``open_cases`` (mean over replications), ``low``, ``high``,
    ``half_width`` (95 %, of this moment alone).
    """
    hours = backlog_hours(records[0].window)
    by_band = np.stack([open_by_age(one, hours) for one in records], axis=-1)
    parts = []
    for age, counts in ((EVERY_AGE, by_band.sum(axis=0)), *zip(AGE_BANDS, by_band, strict=True)):
        mean = counts.mean(axis=-1)
        width = half_width_of(counts, np.full(len(hours), len(records)))
        low, high = bounds(mean, width, "backlog_mean")
        columns = {"hour": hours, "at": local_time.moments(hours), "age": age, "open_cases": mean}
        parts.append(pd.DataFrame(columns | {"low": low, "high": high, "half_width": width}))
    return with_categories(pd.concat(parts, ignore_index=True), "age")


def bounds(value: FloatArray, width: FloatArray, measure: str) -> tuple[FloatArray, FloatArray]:
    """Ends of the intervals: nothing that is measured is negative, and a proportion is at most 1."""
    most = 1.0 if MEASURES[measure].unit == "proportion" else np.inf
    return np.maximum(value - width, 0.0), np.minimum(value + width, most)


def unit_of(measure: str, currency: str) -> str:
    """Unit of a measure, with the currency for money."""
    unit = MEASURES[measure].unit
    return currency if unit == "money" else unit


def with_categories(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The frame with these columns categorical, their categories in the order of their first mention."""
    return frame.assign(**{name: pd.Categorical(frame[name], categories=pd.unique(frame[name])) for name in columns})


def _summary_of(found: Estimate, currency: str) -> pd.DataFrame:
    width = found.half_width()
    low, high = bounds(found.value, width, found.measure)
    columns = {
        "measure": found.measure,
        "group_by": found.group_by,
        "group": found.groups,
        "estimate": found.value,
        "low": low,
        "high": high,
        "half_width": width,
        "num_replications": found.num_replications,
        "unit": unit_of(found.measure, currency),
    }
    frame = pd.DataFrame(columns)
    return frame if found.group_by == EVERYTHING else frame[frame["num_replications"] > 0]


def _replications_of(found: Estimate, numbers: NDArray[np.int64]) -> pd.DataFrame:
    group, replication = np.nonzero(found.present)
    columns = {
        "replication": numbers[replication],
        "measure": found.measure,
        "group_by": found.group_by,
        "group": np.array(found.groups, dtype=object)[group],
        "value": found.own[group, replication],
    }
    return pd.DataFrame(columns)
