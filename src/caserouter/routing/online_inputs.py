"""What the compiled pass of an online decision reads, grouped by what it changes with.

`routing.roster`, `routing.state` and `routing.fit` say what each array holds; only those that exist for the pass alone are
explained here.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from caserouter.routing.problem import IntArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


class Desk(NamedTuple):
    """What stays the same as long as the roster does."""

    capacity: IntArray
    cost_per_hour: FloatArray
    team: IntArray
    calendar_of: IntArray
    first: IntArray
    """Start of each calendar's intervals in `start`, `end` and `before`; shape (num_calendars + 1,)."""
    start: FloatArray
    end: FloatArray
    before: FloatArray
    """Staffed hours of the calendar before each interval."""
    horizon: float


class Books(NamedTuple):
    """What changes with time and with every decision."""

    now: float
    caseload: IntArray
    intake_left: IntArray
    ready_hours: FloatArray
    team_left: IntArray
    next_start: FloatArray
    in_reach: BoolArray
    away_until: FloatArray


class Money(NamedTuple):
    """Prices of the policy; a rule that is not relaxed has an infinite one."""

    breach: float
    hand_off: float
    approval: float
    missing_preferred_skill: float
    not_preferred: float
    fairness: float
    scarcity: float
    off_shift: float
    intake_limit: float


class Asked(NamedTuple):
    """What the case asks for."""

    weight: int
    factor: float
    first_response_due: float
    resolution_due: float
    owner: int
    stand_in: int
    preferred: IntArray


class Fitting(NamedTuple):
    """The admitted specialists and how they fit, as `routing.fit` has it; shape (num_admitted,) each."""

    who: IntArray
    effort: FloatArray
    short: BoolArray
    missing_preferred: NDArray[np.int8]
    relaxation: FloatArray
    covered_until: FloatArray


class Future(NamedTuple):
    """The kinds of case to come by specialist, and the capacity that is free for each, kept up to date by `refresh`."""

    indptr: IntArray
    """Start of each specialist's kinds in `kind`; shape (num_specialists + 1,)."""
    kind: IntArray
    rate: FloatArray
    free_by_kind: IntArray
    """A_τ as of the last refresh; shape (num_kinds,)."""
    seen: IntArray
    """Free units of each specialist as of the last refresh; shape (num_specialists,)."""
