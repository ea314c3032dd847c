"""The cases that stand for those to come, for policies that price scarce capacity: a draw from the demand, apart from every replication."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from caserouter.domain.model import FrozenDict
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.trace import DemandTrace, build_trace

SAMPLE_SIZE = 400
_APART = 2**31
"""Number of a replication that nobody runs."""

_MOST_HOURS = 24.0 * 28


@dataclass(frozen=True, slots=True, eq=False)
class DemandSample:
    """A stretch of demand.

    Parameters
    ----------
    trace
        Its cases.
    hours
        How long it is.
    """

    trace: DemandTrace
    hours: float

    def rates(self) -> FrozenDict[str, float]:
        """Arrivals per hour of each case type."""
        counts = np.bincount(self.trace.case_type, minlength=len(self.trace.case_types))
        return FrozenDict(zip(self.trace.case_types, (counts / self.hours).tolist(), strict=True))

    def rows(self) -> list[int]:
        """At most `SAMPLE_SIZE` rows of the trace, evenly spaced."""
        num_rows = len(self.trace)
        return (
            np.unique(np.linspace(0, num_rows - 1, min(SAMPLE_SIZE, num_rows)).round().astype(int)).tolist() if num_rows else []
        )


def sample_demand(scenario: Scenario, folder: Path | None = None) -> DemandSample:
    """Draw up to four weeks of a scenario's demand, the same for every replication and seed."""
    hours = min(scenario.window.measured[1], _MOST_HOURS)
    return DemandSample(build_trace(scenario, 0, _APART, hours, folder=folder), hours)
