"""From records to estimates: any measure, in every grouping that it has."""

from collections.abc import Collection, Iterator, Sequence

from caserouter.simulation.backlog import BACKLOG_GROUPINGS, backlog_estimate
from caserouter.simulation.case_estimates import ratio_estimates, time_estimates
from caserouter.simulation.cohort import GROUPINGS, Cohort
from caserouter.simulation.jackknife import Estimate
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.local_time import LocalTime
from caserouter.simulation.measures import MEASURES
from caserouter.simulation.records import Labels, Records
from caserouter.simulation.retention import retention_estimates
from caserouter.simulation.staff_estimates import staff_estimates


def estimate(
    scenario: Scenario,
    labels: Labels,
    records: Sequence[Records],
    measures: Collection[str] = tuple(MEASURES),
    group_bys: Collection[str] = GROUPINGS,
) -> list[Estimate]:
    """Estimate `measures` of one scenario, in those of `group_bys` that they have.

    Parameters
    ----------
    scenario
        For its local time and its churn curve.
    labels
        Names of the numbers in its records.
    records
        Its replications, at least one.
    measures
        Names among `MEASURES`.
    group_bys
        Names among `GROUPINGS`.

    Returns
    -------
    list of Estimate
        In the order of `MEASURES`, then of `GROUPINGS`.
    """
    found = _found(scenario, labels, records, measures, group_bys)
    place = {name: number for number, name in enumerate((*MEASURES, *GROUPINGS))}
    return sorted(found, key=lambda one: (place[one.measure], place[one.group_by]))


def _found(
    scenario: Scenario, labels: Labels, records: Sequence[Records], measures: Collection[str], group_bys: Collection[str]
) -> Iterator[Estimate]:
    local_time = LocalTime.of(scenario)
    cases = Cohort(records, labels, local_time)
    groupings = [grouping for name, grouping in cases.groupings.items() if name in group_bys]
    yield from ratio_estimates(cases, measures, groupings)
    yield from time_estimates(cases, measures, groupings)
    yield from staff_estimates(cases, measures, group_bys)
    if "backlog_mean" in measures:
        everyone = Cohort(records, labels, local_time, measured=False)
        for name in BACKLOG_GROUPINGS:
            if name in group_bys and name in everyone.groupings:
                yield backlog_estimate(everyone, everyone.groupings[name])
    if {"accounts_at_risk", "revenue_at_risk"} & set(measures):
        yield from (one for one in retention_estimates(cases, scenario.retention, group_bys) if one.measure in measures)
