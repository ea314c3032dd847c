"""Estimates of the measures of staff: what the paid hours went into, how full the books were, and what it cost."""

from collections.abc import Callable, Collection, Iterator, Mapping
from types import MappingProxyType

import numpy as np

from caserouter.simulation.cohort import HOURS_OF_WEEK, Cohort, Grouping, staff_groupings, sums_of
from caserouter.simulation.jackknife import Estimate, divide, estimate_ratio
from caserouter.simulation.records import FloatArray, StaffHours

Sums = tuple[FloatArray, FloatArray | None]
"""What each specialist adds to the numerator and to the denominator, shape (num_specialists,); None counts replications."""

_RATIOS: Mapping[str, Callable[[StaffHours], Sums]] = MappingProxyType(
    {
        "occupancy": lambda staff: (staff.busy - staff.overtime, staff.staffed),
        "shrinkage": lambda staff: (staff.blocks + staff.sick, staff.paid),
        "overtime_share": lambda staff: (staff.overtime, staff.paid),
        "caseload_mean": lambda staff: (staff.caseload, np.ones(len(staff.caseload))),
        "caseload_share": lambda staff: (staff.caseload, staff.capacity),
        "cost": lambda staff: (staff.cost, None),
    }
)


def staff_estimates(cases: Cohort, measures: Collection[str], group_bys: Collection[str]) -> Iterator[Estimate]:
    """Those of `measures` that are about staff, in those of `group_bys` that they have."""
    staff = [one.staff for one in cases.records]
    for grouping in staff_groupings(cases.labels).values():
        if grouping.name not in group_bys:
            continue
        for name in _RATIOS.keys() & set(measures):
            yield _ratio(name, grouping, [_RATIOS[name](hours) for hours in staff])
        if "caseload_spread" in measures and grouping.name != "specialist":
            yield _spread(grouping, staff)
        if "cost_per_resolved_case" in measures:
            cost = np.column_stack([_by_group(grouping, hours.cost) for hours in staff])
            yield _per_resolved_case(cases, grouping, cost)
    if "occupancy" in measures and "hour_of_week" in group_bys:
        busy = np.column_stack([hours.busy_by_hour.sum(axis=0) for hours in staff])
        staffed = np.column_stack([hours.staffed_by_hour.sum(axis=0) for hours in staff])
        yield estimate_ratio("occupancy", "hour_of_week", HOURS_OF_WEEK, busy, staffed)


def _ratio(name: str, grouping: Grouping, sums: list[Sums]) -> Estimate:
    numerator = np.column_stack([_by_group(grouping, top) for top, _ in sums])
    counted = [np.ones(len(grouping.groups)) if bottom is None else _by_group(grouping, bottom) for _, bottom in sums]
    return estimate_ratio(name, grouping.name, grouping.groups, numerator, np.column_stack(counted))


def _by_group(grouping: Grouping, values: FloatArray) -> FloatArray:
    return sums_of(grouping.code, values, len(grouping.groups))


def _spread(grouping: Grouping, staff: list[StaffHours]) -> Estimate:
    """Mean over replications of the standard deviation of caseload ÷ capacity between the specialists who have both hours and room."""
    spread = np.full((len(grouping.groups), len(staff)), np.nan)
    for column, hours in enumerate(staff):
        works = (hours.capacity > 0) & (hours.paid > 0)
        share = divide(hours.caseload, hours.capacity)
        for group in range(len(grouping.groups)):
            if len(inside := share[works & (grouping.code == group)]):
                spread[group, column] = inside.std()
    known = (~np.isnan(spread)).astype(np.float64)
    return estimate_ratio("caseload_spread", grouping.name, grouping.groups, np.nan_to_num(spread), known)


def _per_resolved_case(cases: Cohort, grouping: Grouping, cost: FloatArray) -> Estimate:
    """Cost of a group's paid hours over the cases that it resolved; all of them, whoever resolved them, where there is one group."""
    resolved = (~np.isnan(cases["resolved"])).astype(np.float64)
    counted = cases.groupings[grouping.name].sums(resolved, cases.replication, cases.num_replications)
    return estimate_ratio("cost_per_resolved_case", grouping.name, grouping.groups, cost, counted)
