"""The backlog: how many cases are open, and for how long they have been, through the measured window.

A case is open from its arrival until its last resolution, or until it is abandoned; every case counts, whether or not it arrived in the
window.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from caserouter.simulation.cohort import Cohort, Grouping
from caserouter.simulation.jackknife import Estimate, estimate_ratio
from caserouter.simulation.records import FloatArray, Records, Table

AGE_BANDS: Mapping[str, float] = MappingProxyType(
    {"under 4 h": 0.0, "4 to 24 h": 4.0, "1 to 3 d": 24.0, "3 to 7 d": 72.0, "over 7 d": 168.0}
)
"""Youngest age in each band, in hours; a band ends where the next one begins."""

BACKLOG_GROUPINGS = ("all", "case_type", "account_tier")
"""Groupings of the mean backlog; that of a specialist is the caseload."""

_MAX_POINTS = 400


def backlog_estimate(everyone: Cohort, grouping: Grouping) -> Estimate:
    """Mean number of open cases over the measured window, in each group.

    Parameters
    ----------
    everyone
        All cases, measured or not.
    grouping
        Of these.
    """
    first, last = everyone.records[0].window
    hours = np.minimum(_departure(everyone), last) - np.maximum(everyone["arrival"], first)
    sums = grouping.sums(np.maximum(hours, 0.0), everyone.replication, everyone.num_replications)
    return estimate_ratio("backlog_mean", grouping.name, grouping.groups, sums, np.full(sums.shape, last - first))


def backlog_hours(window: tuple[float, float]) -> FloatArray:
    """When the backlog is counted: at most 401 moments from the first to the last hour of `window`, whole hours apart if it is long."""
    first, last = window
    step = (last - first) / _MAX_POINTS
    step = float(np.ceil(step)) if step > 0.5 else step
    counts = np.arange(int((last - first) / step + 1e-9) + 1, dtype=np.float64)
    return first + step * counts


def open_by_age(records: Records, hours: FloatArray) -> FloatArray:
    """Cases of one replication that are open at each of `hours`, by age band; shape (num_bands, num_hours)."""
    arrival, departure = records.cases["arrival"], _departure(records.cases)
    older = [_open_since(arrival + age, departure, hours) for age in AGE_BANDS.values()]
    counts: FloatArray = np.array(older) - np.array([*older[1:], np.zeros(len(hours))])
    return counts


def _open_since(entered: FloatArray, departure: FloatArray, hours: FloatArray) -> FloatArray:
    """How many have entered by each hour and not departed; those that depart before they enter never count."""
    stays = departure > entered
    come = np.searchsorted(np.sort(entered[stays]), hours, side="right")
    gone = np.searchsorted(np.sort(departure[stays]), hours, side="right")
    return (come - gone).astype(np.float64)


def _departure(cases: Cohort | Table) -> FloatArray:
    """When each case left the backlog, infinite for never."""
    left = np.where(np.isnan(cases["resolved"]), cases["abandoned"], cases["resolved"])
    return np.where(np.isnan(left), np.inf, left)
