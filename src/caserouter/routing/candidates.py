"""Who may take a case now: every rule of eligibility, and every limit that the books of this moment set."""

from collections.abc import Sequence

import numpy as np

from caserouter.domain.rules import Rule
from caserouter.routing.masks import eligible, relaxed_rules
from caserouter.routing.problem import IntArray
from caserouter.routing.profile import CaseProfile
from caserouter.routing.state import RoutingState
from caserouter.routing.ties import BoolArray, are_separated


def candidates(group: Sequence[CaseProfile], state: RoutingState, specialists: IntArray | None = None) -> IntArray:
    """Indices of those who may take all the cases of `group` at once, rising; shape (num_candidates,).

    Parameters
    ----------
    group
        One case, or all the waiting cases that are linked to one another.
    state
        The books of this moment.
    specialists
        Indices to choose from; None for everybody.
    """
    cases = [profile.case for profile in group]
    ids = {case.id for case in cases}
    if (len(group) > 1 and are_separated(cases)) or any(state.ties.awaits(case, ids) for case in cases):
        return np.zeros(0, dtype=np.int64)
    allowed = has_room(group, state)
    for profile in group:
        allowed &= state.ties.allow(profile.case, eligible(profile, state.roster, state.now))
    found = np.flatnonzero(allowed)
    return found if specialists is None else found[np.isin(found, specialists)]


def has_room(group: Sequence[CaseProfile], state: RoutingState) -> BoolArray:
    """Whose book and team have room for all of `group`, and whose intake is open or relaxed; shape (num_specialists,)."""
    weight = sum(profile.weight for profile in group)
    room: BoolArray = state.free >= weight
    settings = state.roster.settings
    if settings.team_caps:
        room &= state.team_left[state.roster.team] >= weight
    num_counted = sum(Rule.INTAKE_LIMIT not in relaxed_rules(profile, settings, state.now) for profile in group)
    if num_counted:
        room &= (state.intake_left < 0) | (state.intake_left >= num_counted)
    return room
