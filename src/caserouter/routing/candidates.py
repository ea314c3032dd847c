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

FEW = 48
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


def open_to(profile: CaseProfile, state: RoutingState, specialists: Chosen | None = None) -> Chosen:
    """Who may take cases of this kind, as `candidates` says it: nobody else may take any of them.

    What age, targets, ties and refusals forbid in the single case is left aside; where the policy relaxes rules with age, room
    alone is asked.
    """
    roster = state.roster
    num_asked = roster.num_specialists if specialists is None else len(specialists)
    relaxes = bool(roster.settings.relaxations)
    if num_asked <= FEW and not relaxes:
        return _allowed_by_rules(profile, state, range(num_asked) if specialists is None else _rising(specialists), (), np.inf)
    allowed: BoolArray = state.free >= profile.weight
    if not relaxes:
        allowed &= has_room((profile,), state) & admission(profile, roster, state.now).admitted
        allowed &= roster.staffing.present(state.now, np.inf) & (state.away_until <= state.now)
    found = np.flatnonzero(allowed)
    return found if specialists is None else found[np.isin(found, specialists)]


def _rising(specialists: Chosen) -> Sequence[int]:
    asked: Sequence[int] = specialists.tolist() if isinstance(specialists, np.ndarray) else specialists
    return asked if len(asked) == 1 else sorted(asked)


def _asked_in_turn(profile: CaseProfile, state: RoutingState, specialists: Sequence[int]) -> list[int]:
    relaxed = relaxed_rules(profile, state.roster.settings, state.now)
    latest = profile.first_response_due if profile.first_response_due > state.now else np.inf
    found = _allowed_by_rules(profile, state, specialists, relaxed, latest)
    if found and (profile.id in state.declined or state.ties.binds(profile)):
        return _narrowed(profile, state, found)
    return found


def _allowed_by_rules(
    profile: CaseProfile, state: RoutingState, specialists: Sequence[int], relaxed: tuple[Rule, ...], latest: float
) -> list[int]:
    """Those of `specialists` who have room, break no rule but the `relaxed` ones, and are back by the hour `latest`."""
    roster, now, weight = state.roster, state.now, profile.weight
    caseload, _, intake_left, _, _, _, team_left, away_until = state.views
    capacity, calendar = roster.capacity_by_index, roster.staffing.calendar_by_index
    with_room = [j for j in specialists if capacity[j] - caseload[j] >= weight]
    if not with_room:
        return with_room
    admits, back = admission(profile, roster, now).admits, roster.staffing.presence(now).back_by_calendar
    found = []
    for j in with_room:
        if not admits[j]:
            continue
        if (away_until[j] > now or not back[calendar[j]] <= latest) and Rule.OFF_SHIFT not in relaxed:  # NaN is never back
            continue
        if intake_left[j] == 0 and Rule.INTAKE_LIMIT not in relaxed:
            continue
        if team_left[roster.team_by_index[j]] >= weight:
            found.append(j)
    return found


def _narrowed(profile: CaseProfile, state: RoutingState, found: list[int]) -> list[int]:
    """Those of `found` whom ties and refusals leave."""
    if state.ties.awaits(profile, (profile.id,)):
        return []
    everybody = np.ones(state.roster.num_specialists, dtype=np.bool_)
    allowed = state.not_declined(profile, state.ties.allow(profile, everybody))
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
