"""What keeps a case from whom, over arrays: one bit for each rule, limit and tie, for everybody at once.

The bits mean what the reasons of `routing.explain` say of one specialist after the other; a test holds the two together.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.rules import Rule
from caserouter.routing.masks import admission, broken_rules, relaxed_rules
from caserouter.routing.profile import CaseProfile
from caserouter.routing.reasons import DECLINED, LINKED_CASE, SEPARATED_CASE, TEAM_CAP, Room
from caserouter.routing.state import RoutingState

Bits = NDArray[np.uint32]

CODES = (*map(str, Rule), DECLINED, TEAM_CAP, LINKED_CASE, SEPARATED_CASE)
"""What each bit stands for, from the lowest."""

_BIT = {code: np.uint32(1 << at) for at, code in enumerate(CODES)}
_WITH_TIME = frozenset({Rule.CAPACITY, Rule.INTAKE_LIMIT, Rule.OFF_SHIFT})
"""Rules that books, windows and shifts decide; the others hold until a credential begins or ends."""


@dataclass(frozen=True, slots=True, eq=False)
class _Lasting:
    """Bits of the rules that hold for some time, for one requirement signature."""

    bits: Bits
    since: float
    valid_until: float

    @property
    def nbytes(self) -> int:
        """Size in bytes."""
        return self.bits.nbytes


def find_obstacles(profile: CaseProfile, state: RoutingState, room: Room) -> Bits:
    """Everything that keeps the case from each specialist, with `room` as it is; shape (num_specialists,), 0 for nothing.

    Rules that the policy relaxes for a case of this age keep nobody from it.
    """
    roster, now = state.roster, state.now
    relaxed = relaxed_rules(profile, roster.settings, now)
    found = _lasting(profile, state).copy()
    for rule in relaxed:
        found &= ~bit(rule)
    _mark(found, Rule.CAPACITY, roster.capacity - room.caseload < profile.weight)
    if Rule.INTAKE_LIMIT not in relaxed:
        _mark(found, Rule.INTAKE_LIMIT, room.intake_left == 0)
    if Rule.OFF_SHIFT not in relaxed:
        absent = ~roster.staffing.present(now, profile.first_response_due)
        _mark(found, Rule.OFF_SHIFT, absent | (state.away_until > now))
    if roster.settings.team_caps:
        _mark(found, TEAM_CAP, room.team_left[roster.team] < profile.weight)
    if refusals := [j for j, until in state.declined.get(profile.id, {}).items() if now < until]:
        found[refusals] |= bit(DECLINED)
    if state.ties.binds(profile):
        _mark_ties(found, profile, state)
    return found


def bit(code: str) -> np.uint32:
    """The bit of a code of `CODES`."""
    return _BIT[str(code)]


def codes_of(bits: int) -> tuple[str, ...]:
    """The codes whose bits are set, in the order of `CODES`."""
    return tuple(code for at, code in enumerate(CODES) if bits >> at & 1)


def count_by_code(found: Bits) -> dict[str, int]:
    """How many people each code keeps away, codes that keep nobody left out."""
    some = codes_of(int(np.bitwise_or.reduce(found)))
    return {code: int(np.count_nonzero(found & bit(code))) for code in some}


def _lasting(profile: CaseProfile, state: RoutingState) -> Bits:
    roster, now = state.roster, state.now
    key = ("obstacles", profile.signature)
    known: _Lasting | None = roster.cached(key)
    if known is None or not known.since <= now < known.valid_until:
        bits = np.zeros(roster.num_specialists, dtype=np.uint32)
        for rule, broken in broken_rules(profile, roster, now, state.caseload, state.intake_left).items():
            if rule not in _WITH_TIME:
                _mark(bits, rule, broken)
        admitted = admission(profile, roster, now)
        known = _Lasting(bits, admitted.since, admitted.valid_until)
        roster.remember(key, known)
    return known.bits


def _mark(found: Bits, code: str, who: NDArray[np.bool_]) -> None:
    found |= who.astype(np.uint32) * bit(code)


def _mark_ties(found: Bits, profile: CaseProfile, state: RoutingState) -> None:
    """Mark those whom the cases that are held already leave out."""
    holders = _holders(state, state.ties.linked_to(profile))
    if holders:
        linked = np.full(len(found), bit(LINKED_CASE))
        if len(holders) == 1:
            linked[holders] = 0
        found |= linked
    if apart := _holders(state, state.ties.separated_from(profile)):
        found[apart] |= bit(SEPARATED_CASE)


def _holders(state: RoutingState, case_ids: frozenset[str]) -> list[int]:
    return sorted({holder for other in case_ids if (holder := state.ties.holder_of(other)) is not None})
