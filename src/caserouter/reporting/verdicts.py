"""Targets met, missed and not settled: what a manager reads first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Literal

from pandas import DataFrame

from caserouter.reporting.estimates import Estimate, estimate_of
from caserouter.reporting.measure_words import label_of
from caserouter.reporting.units import shown_value

TOGETHER = "The intervals of the targets hold at once with 95 %, so they are wider than those below, which hold one by one."
"""Why a target's interval differs from that of the same measure elsewhere."""

State = Literal["met", "missed", "open"]
STATE_WORDS: Mapping[State, str] = {"met": "met", "missed": "missed", "open": "not settled"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A target, and how it stands.

    Parameters
    ----------
    estimate
        Of its measure; its value is NaN where nothing was observed.
    bound, is_floor
        What has to be reached, or, if it is no floor, may not be passed.
    state
        ``met`` or ``missed`` where the whole interval is on one side of the bound, else ``open``.
    """

    estimate: Estimate
    bound: float
    is_floor: bool
    state: State

    @property
    def label(self) -> str:
        """What the target is about."""
        return label_of(self.estimate.measure, self.estimate.group)

    @property
    def bound_text(self) -> str:
        """The bound for people."""
        return f"{'at least' if self.is_floor else 'at most'} {shown_value(self.bound, self.estimate.unit)}"

    @property
    def why_open(self) -> str:
        """What it would take to settle it; empty where it is settled."""
        if self.state != "open":
            return ""
        if isnan(self.estimate.value):
            return "nothing was observed"
        if not self.estimate.has_interval:
            return "no interval: run two replications or more"
        return "the bound is inside the interval: more replications would tell"


def read_verdicts(targets: DataFrame) -> list[Verdict]:
    """The rows of a frame of targets, in its order; see `simulation.targets.targets_frame`."""
    found = []
    for row in targets.to_dict("records"):
        is_floor = not isnan(row["at_least"])
        found.append(Verdict(estimate_of(row), row["at_least"] if is_floor else row["at_most"], is_floor, row["verdict"]))
    return found


def headline(found: Sequence[Verdict]) -> str:
    """How many targets are met, in a sentence."""
    if not found:
        return "The scenario names no targets."
    count = Counter(verdict.state for verdict in found)
    parts = [f"{count[state]} {words}" for state, words in STATE_WORDS.items() if count[state]]
    return (
        f"Of {len(found)} targets {', '.join(parts)}." if len(found) > 1 else f"The one target is {STATE_WORDS[found[0].state]}."
    )
