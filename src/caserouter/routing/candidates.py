"""Who may take a case now: every rule of eligibility, and every limit that the books of this moment set.

On a small roster, or for a few specialists of a large one, each is asked in turn; else everybody at once, by arrays. Both give the
same answer, and a test holds them together.
"""

from collections.abc import Sequence

import numpy as np

from caserouter.domain.rules import Rule
from caserouter.routing.masks import admission, eligible, relaxed_rules
from caserouter.routing.policy import Chosen
from caserouter.routing.problem import IntArray
from caserouter.routing.profile import CaseProfile
from caserouter.routing.state import RoutingState
from caserouter.routing.ties import BoolArray, are_separated

FEW = 24
"""Up to so many specialists are asked one by one, which is quicker than a pass over arrays."""


def candidates(group: Sequence[CaseProfile], state: RoutingState, specialists: Chosen | None = None) -> Chosen:
    """Indices of those who may take all the cases of `group` at once, rising; a list where few were asked, else an array.

    Parameters
    ----------
    group
        One case, or all the waiting cases that are linked to one another.
    state
        The books of this moment.
    specialists
        Indices to choose from; None for everybody.
    """
    if not state.num_with_room:
        return []
    if len(group) == 1:
        num_asked = state.roster.num_specialists if specialists is None else len(specialists)
        if num_asked <= FEW:
            return _asked_in_turn(group[0], state, range(num_asked) if specialists is None else _rising(specialists))
    return _by_arrays(group, state, specialists)


def may_take(profile: CaseProfile, specialist: int, state: RoutingState) -> bool:
    """Whether `specialist` (an index) may take a case now: `candidates` for one case and one specialist."""
    return bool(_asked_in_turn(profile, state, (specialist,)))


def _rising(specialists: Chosen) -> list[int]:
    return sorted(specialists.tolist() if isinstance(specialists, np.ndarray) else specialists)


def _asked_in_turn(profile: CaseProfile, state: RoutingState, specialists: Sequence[int]) -> list[int]:
    now, weight, views, roster = state.now, profile.weight, state.views, state.roster
    settings, capacity, team = roster.settings, roster.capacity_by_index, roster.team_by_index
    relaxed = relaxed_rules(profile, settings, now)
    admits = admission(profile, roster, now).admits
    back, calendar = roster.staffing.presence(now).back_by_calendar, roster.staffing.calendar_by_index
    latest = profile.first_response_due if profile.first_response_due > now else np.inf
    any_shift, any_intake = Rule.OFF_SHIFT in relaxed, Rule.INTAKE_LIMIT in relaxed
    capped = bool(settings.team_caps)
    found = [
        j
        for j in specialists
        if capacity[j] - views.caseload[j] >= weight
        and admits[j]
        and (any_shift or (back[calendar[j]] <= latest and views.away_until[j] <= now))
        and (any_intake or views.intake_left[j] != 0)
        and not (capped and views.team_left[team[j]] < weight)
    ]
    return _narrowed(profile, state, found) if found else found


def _narrowed(profile: CaseProfile, state: RoutingState, found: list[int]) -> list[int]:
    """Those of `found` whom ties and refusals leave."""
    ties = state.ties
    if profile.id in state.declined:
        until = state.declined[profile.id]
        found = [j for j in found if until.get(j, state.now) <= state.now]
    if not ties.binds(profile):
        return found
    if ties.awaits(profile, (profile.id,)):
        return []
    allowed = ties.allow(profile, np.ones(state.roster.num_specialists, dtype=np.bool_))
    return [j for j in found if allowed[j]]


def _by_arrays(group: Sequence[CaseProfile], state: RoutingState, specialists: Chosen | None) -> IntArray:
    ids = {profile.id for profile in group}
    if (len(group) > 1 and are_separated(group)) or any(state.ties.awaits(profile, ids) for profile in group):
        return np.zeros(0, dtype=np.int64)
    allowed = has_room(group, state)
    for profile in group:
        allowed &= _eligible(profile, state)
    found = np.flatnonzero(allowed)
    return found if specialists is None else found[np.isin(found, specialists)]


def _eligible(profile: CaseProfile, state: RoutingState) -> BoolArray:
    """Who may take the case as far as rules, ties and refusals go; shape (num_specialists,)."""
    allowed = eligible(profile, state.roster, state.now)
    if Rule.OFF_SHIFT not in relaxed_rules(profile, state.roster.settings, state.now):
        allowed = allowed & (state.away_until <= state.now)
    return state.not_declined(profile, state.ties.allow(profile, allowed))


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
