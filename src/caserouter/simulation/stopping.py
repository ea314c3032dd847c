"""When enough replications have been run: the scenario's targets are known closely enough.

Looking after every replication stops too early, at a moment when the spread happens to look small. Sampling therefore begins with
twenty replications, and each look foresees from the spread so far how many it takes (a half-width falls with the square root of
their number) [1]_. The number of processes plays no part, so that it changes no answer.

.. [1] Law, A. M. (2015). *Simulation Modeling and Analysis*, 5th ed., section 9.4.1.
"""

from collections.abc import Sequence
from math import ceil, isfinite

import numpy as np

from caserouter.simulation.jackknife import Estimate, shared_confidence
from caserouter.simulation.measures import MEASURES

FIRST_LOOK = 20
"""Replications before the spread is looked at."""

MAX_REPLICATIONS = 1000
"""Replications after which sampling to a half-width gives up, unless the caller says otherwise."""

_SMALLEST_STEP = 5


def excess_of(estimates: Sequence[Estimate], references: Sequence[Estimate], half_width: float) -> float:
    """The largest half-width ÷ what is allowed; sampling may stop at 1.

    Parameters
    ----------
    estimates
        What is to be known closely, of one group each; those that nothing was observed of are passed over. Their intervals hold at once.
    references
        What each half-width is a share of; the same estimates, or those of the base where they are differences.
    half_width
        Above 0: absolute for proportions, and a share of the reference's value for everything else.
    """
    confidence = shared_confidence(len(estimates))
    largest = 0.0
    for found, reference in zip(estimates, references, strict=True):
        if np.isfinite(found.value[0]):
            unit = 1.0 if MEASURES[found.measure].unit == "proportion" else abs(float(reference.value[0]))
            largest = max(largest, _ratio(float(found.half_width(confidence)[0]), half_width * unit))
    return largest


def next_look(num_done: int, excess: float, most: int) -> int:
    """Replications at the next look: as many as the spread foresees, at most twice as many as so far, at most `most`."""
    foreseen = ceil(num_done * excess**2) if isfinite(excess) else 2 * num_done
    return min(max(foreseen, num_done + _SMALLEST_STEP), 2 * num_done, most)


def _ratio(width: float, allowed: float) -> float:
    """A width of 0 is always narrow enough; one that is not known, for want of observations in two replications, never is."""
    if width == 0:
        return 0.0
    return width / allowed if allowed > 0 and np.isfinite(width) else np.inf
