"""Estimates of one scenario, to look up by measure and group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from pandas import DataFrame

from caserouter.reporting.units import NONE, shown_interval, shown_value
from caserouter.simulation.cohort import EVERYTHING


@dataclass(frozen=True, slots=True)
class Estimate:
    """One line of the summary.

    Parameters
    ----------
    measure, group_by, group
        What is estimated.
    value, low, high
        Estimate and interval; NaN where there is none.
    unit
        Of the three, as of the measure.
    """

    measure: str
    group_by: str
    group: str
    value: float
    low: float
    high: float
    unit: str

    @property
    def has_interval(self) -> bool:
        """Whether there were replications enough to say how sure the value is."""
        return isfinite(self.low) and isfinite(self.high)

    @property
    def text(self) -> str:
        """The value for people."""
        return shown_value(self.value, self.unit)

    @property
    def interval_text(self) -> str:
        """The interval for people."""
        return shown_interval(self.low, self.high, self.unit)


class Estimates:
    """The summary of one scenario.

    Parameters
    ----------
    summary
        Its rows; see `estimate_of`.
    """

    def __init__(self, summary: DataFrame) -> None:
        found = [estimate_of(row) for row in summary.to_dict("records")]
        self._by_key = {(one.measure, one.group_by, one.group): one for one in found}

    def get(self, measure: str, group_by: str = EVERYTHING, group: str = EVERYTHING) -> Estimate | None:
        """The estimate, or None where nothing was measured."""
        found = self._by_key.get((measure, group_by, group))
        return found if found is not None and isfinite(found.value) else None

    def by_group(self, measure: str, group_by: str) -> list[Estimate]:
        """The estimates of the groups that have one, in the order of the summary."""
        return [
            one for one in self._by_key.values() if one.measure == measure and one.group_by == group_by and isfinite(one.value)
        ]

    def groups(self, group_by: str) -> Sequence[str]:
        """Names of the groups of a grouping that anything was measured for."""
        return list(dict.fromkeys(one.group for one in self._by_key.values() if one.group_by == group_by and isfinite(one.value)))

    def text(self, measure: str, group_by: str = EVERYTHING, group: str = EVERYTHING) -> str:
        """The value for people, a dash where there is none."""
        found = self.get(measure, group_by, group)
        return NONE if found is None else found.text


def estimate_of(row: Mapping[Any, Any]) -> Estimate:
    """A row of a frame with the columns measure, group_by, group, estimate, low, high and unit."""
    return Estimate(
        row["measure"],
        row["group_by"],
        row["group"],
        float(row["estimate"]),
        float(row["low"]),
        float(row["high"]),
        row["unit"],
    )
