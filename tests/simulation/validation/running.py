"""Runs scenarios as planners write them, and reads off what theory speaks of."""

import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from tests.simulation.validation.controls import FloatArray, fifo_waits, mean_excess
from tests.simulation.validation.estimates import Estimate

from caserouter.simulation.loading import load_scenario
from caserouter.simulation.records import Records, Table
from caserouter.simulation.replication import run_replication

Measure = Callable[[Records], float]

SEED = 20260105


def replications(text: str, number: int) -> list[Records]:
    """So many replications of a scenario file with this text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "scenario.yaml")
        path.write_text(text, encoding="utf-8")
        scenario = load_scenario(path)
    return [run_replication(scenario, seed=SEED, replication=replication) for replication in range(number)]


# --------------------------------------------------------------------------------------------------------------------- measures


def cohort(records: Records) -> Table:
    """The cases that arrived in the measured window."""
    return records.cases.take(records.cases["measured"] == 1)


def waits(records: Records) -> FloatArray:
    """Hours from arrival to the first contact of the cohort, or to giving up."""
    cases = cohort(records)
    return np.where(np.isnan(cases["first_contact"]), cases["abandoned"], cases["first_contact"]) - cases["arrival"]


def mean_wait(records: Records) -> float:
    """Mean waiting time of the cohort, in hours."""
    return float(waits(records).mean())


def mean_wait_of(case_type: int) -> Measure:
    """Mean waiting time of the cohort's cases of one type, in hours."""
    return lambda records: float(waits(records)[cohort(records)["case_type"] == case_type].mean())


def delayed(records: Records) -> float:
    """Share of the cohort that waits at all."""
    return float((waits(records) > 0).mean())


def answered_within(hours: float) -> Measure:
    """Share of the cohort that waits no longer than so many hours."""
    return lambda records: float((waits(records) <= hours).mean())


def num_abandoned(records: Records) -> int:
    """How many of the cohort gave up."""
    return int((~np.isnan(cohort(records)["abandoned"])).sum())


def mean_time_to_resolution(records: Records) -> float:
    """Mean hours from arrival to resolution of the cohort."""
    cases = cohort(records)
    return float((cases["resolved"] - cases["arrival"]).mean())


def occupancy(records: Records) -> float:
    """Busy ÷ staffed hours in the window."""
    return float(records.staff.busy.sum() / records.staff.staffed.sum())


# --------------------------------------------------------------------------------------------------------------------- controls


def contact_hours(cases: Table) -> FloatArray:
    """Hours of the contacts of each case."""
    return cases["contact_hours"]


class Control(NamedTuple):
    """A measure of a queue that the simulation's customers might have stood in, and its expectation."""

    measure: Measure
    expected: float


def estimate(runs: Sequence[Records], measure: Measure, controls: Iterable[Control] = ()) -> Estimate:
    """Mean of a measure over replications, regressed on controls."""
    found = [measure(records) for records in runs]
    controls = list(controls)
    if not controls:
        return Estimate.of(found)
    return Estimate.controlled(
        found, [[control.measure(records) for control in controls] for records in runs], [one.expected for one in controls]
    )


def in_line(
    servers: int,
    scale: float,
    expected: float,
    *,
    of: Callable[[FloatArray], FloatArray] = np.asarray,
    services: Callable[[Table], FloatArray] = contact_hours,
    case_type: int | None = None,
) -> Control:
    """The cohort, or one type of it, in one line first come, first served, with services × `scale`: the mean of a function of its waits."""

    def measure(records: Records) -> float:
        cases = records.cases
        counted = cases["measured"] == 1
        if case_type is not None:
            counted &= cases["case_type"] == case_type
        return float(of(fifo_waits(cases["arrival"], services(cases) * scale, servers)[counted]).mean())

    return Control(measure, expected)


def crowd(scale: float, over: int, expected: float, *, services: Callable[[Table], FloatArray] = contact_hours) -> Control:
    """Everybody served at once, with services × `scale`: by how many they are more than `over`, on average over the window."""

    def measure(records: Records) -> float:
        return mean_excess(records.cases["arrival"], services(records.cases) * scale, over, records.window)

    return Control(measure, expected)


def impatience(mean_patience: float) -> Control:
    """Who gives up, less what the hours waited lead to expect: customers lose exponential patience at a constant rate, the rest is chance."""
    return Control(lambda records: num_abandoned(records) - waits(records).sum() / mean_patience, 0.0)
