"""The scenario's targets: what each has to reach, and whether the simulation shows that it does."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from caserouter.simulation.cohort import EVERYTHING
from caserouter.simulation.estimates import estimate
from caserouter.simulation.frames import bounds, unit_of
from caserouter.simulation.jackknife import Estimate, shared_confidence
from caserouter.simulation.language.scenario import Goal, Scenario
from caserouter.simulation.records import Labels, Records

TARGET_COLUMNS = (
    "measure",
    "group_by",
    "group",
    "at_least",
    "at_most",
    "estimate",
    "low",
    "high",
    "half_width",
    "verdict",
    "unit",
)


def estimate_goals(scenario: Scenario, labels: Labels, records: Sequence[Records], goals: Sequence[Goal]) -> list[Estimate]:
    """What each of `goals` asks for, one group each; NaN for a case type that this scenario does not have."""
    measures = {goal.measure for goal in goals}
    found = {(one.measure, one.group_by): one for one in estimate(scenario, labels, records, measures, (EVERYTHING, "case_type"))}
    return [_estimate_of(goal, found, len(records)) for goal in goals]


def targets_frame(goals: Sequence[Goal], estimates: Sequence[Estimate], currency: str) -> pd.DataFrame:
    """One row per target.

    Columns: ``measure``, ``group_by``, ``group``, ``at_least`` or ``at_most`` (the other is NaN), ``estimate``, ``low``, ``high``,
    ``half_width`` (all targets at once with 95 %, by Bonferroni; NaN with fewer than two replications), ``verdict`` (``met`` or
    ``missed`` where the whole interval is, else ``open``) and ``unit``.
    """
    confidence = shared_confidence(len(goals))
    rows = [_row(goal, one, confidence, currency) for goal, one in zip(goals, estimates, strict=True)]
    return pd.DataFrame(rows, columns=list(TARGET_COLUMNS))


def _estimate_of(goal: Goal, found: dict[tuple[str, str], Estimate], num_replications: int) -> Estimate:
    if goal.case_type is None:
        return found[goal.measure, EVERYTHING]
    by_type = found[goal.measure, "case_type"]
    if goal.case_type in by_type.groups:
        return by_type.only(goal.case_type)
    none = np.full((1, num_replications), np.nan)
    return Estimate(goal.measure, "case_type", (goal.case_type,), none[:, 0], none, none, np.zeros(none.shape, dtype=bool))


def _row(goal: Goal, found: Estimate, confidence: float, currency: str) -> dict[str, object]:
    width = found.half_width(confidence)
    low, high = (float(ends[0]) for ends in bounds(found.value, width, found.measure))
    return {
        "measure": found.measure,
        "group_by": found.group_by,
        "group": found.groups[0],
        "at_least": np.nan if goal.at_least is None else goal.at_least,
        "at_most": np.nan if goal.at_most is None else goal.at_most,
        "estimate": float(found.value[0]),
        "low": low,
        "high": high,
        "half_width": float(width[0]),
        "verdict": _verdict(goal, low, high),
        "unit": unit_of(found.measure, currency),
    }


def _verdict(goal: Goal, low: float, high: float) -> str:
    if goal.at_least is not None:
        return "met" if low >= goal.at_least else "missed" if high < goal.at_least else "open"
    assert goal.at_most is not None
    return "met" if high <= goal.at_most else "missed" if low > goal.at_most else "open"
