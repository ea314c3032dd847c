"""When somebody becomes eligible by itself, if nothing but time changes.

For everybody whom only time keeps away, arrays give the earliest hour at which all of it could have ended. At the first such hour the rules
themselves are asked; where something else has begun by then, the search goes on from there, until somebody is eligible.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.rules import Rule
from caserouter.routing.profile import CaseProfile
from caserouter.routing.reasons import DECLINED, Room
from caserouter.routing.state import RoutingState
from caserouter.service.board.obstacles import CODES, Bits, bit, find_obstacles

FloatArray = NDArray[np.float64]

_MOST_HOURS = 24
"""Hours that are tried before the search gives up."""
_DATED = (Rule.CREDENTIAL_NOT_YET_VALID, Rule.CREDENTIAL_LAPSED)


class Opening(NamedTuple):
    """The first moment, in hours, at which somebody may take the case, and their index."""

    hour: float
    specialist: int


def first_opening(profile: CaseProfile, state: RoutingState, at_best: Room, found: Bits) -> Opening | None:
    """When somebody may first take a case that nobody may take now; None if time alone does not help, as far as it was looked for.

    Parameters
    ----------
    profile, state
        The case, and the books at the moment of the decision.
    at_best
        What empty books would leave.
    found
        What keeps it from whom with empty books; see `find_obstacles`.
    """
    later = state.scratch()
    for _ in range(_MOST_HOURS):
        ends = _ends(profile, later, found)
        later.now = float(np.min(ends[ends > later.now], initial=np.inf))
        if later.now == np.inf:
            return None
        found = find_obstacles(profile, later, at_best)
        free = np.flatnonzero(found == 0)
        if len(free):
            return Opening(later.now, int(free[0]))
    return None


def _ends(profile: CaseProfile, state: RoutingState, found: Bits) -> FloatArray:
    """The hour at which the last of what keeps each specialist away may have ended; infinite for never; shape (num_specialists,)."""
    end_by_code = _end_by_code(profile, state)
    ends = np.full(len(found), -np.inf)
    for code in CODES:
        has = (found & bit(code)) != 0
        if has.any():
            ends[has] = np.maximum(ends, end_by_code.get(code, np.inf))[has]
    return ends


def _end_by_code(profile: CaseProfile, state: RoutingState) -> dict[str, FloatArray]:
    """When each obstacle may have ended, for those that time ends."""
    m = state.roster.num_specialists
    end: dict[str, FloatArray] = {Rule.OFF_SHIFT.value: _back(profile, state)}
    for rule in _DATED:
        end[rule.value] = _credentials_begin(profile, state)
    refusals = np.full(m, -np.inf)
    for j, until in state.declined.get(profile.id, {}).items():
        refusals[j] = until
    end[DECLINED] = refusals
    for name, relaxation in state.roster.settings.relaxations.items():
        bends = profile.created + relaxation.after_hours
        end[name] = np.minimum(end.get(name, np.full(m, np.inf)), bends)
    return end


def _back(profile: CaseProfile, state: RoutingState) -> FloatArray:
    """When each is back within reach, and early enough for the first response, or that is overdue."""
    staffing, due = state.roster.staffing, profile.first_response_due
    at = staffing.presence(state.now)
    late = (at.next_start > due) & (due > state.now)
    back = np.where(late, np.maximum(at.in_reach_from, due), at.in_reach_from)[staffing.calendar_of]
    return np.maximum(back, state.away_until)


def _credentials_begin(profile: CaseProfile, state: RoutingState) -> FloatArray:
    """When a credential for the last of the required groups that are lacking now begins; infinite where none does."""
    roster, now = state.roster, state.now
    begin = np.full(roster.num_specialists, -np.inf)
    for group in profile.signature.credentials:
        spans = roster.credentials.intervals(group)
        ahead = spans.start > now
        first = np.full(roster.num_specialists, np.inf)
        np.minimum.at(first, spans.specialist[ahead], spans.start[ahead])
        lacking = roster.credentials.coverage(group, now).until == -np.inf
        begin[lacking] = np.maximum(begin, first)[lacking]
    return begin
