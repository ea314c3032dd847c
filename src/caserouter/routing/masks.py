"""Who may take a case, over arrays: the twin of `domain.eligibility` that every decision reads.

What depends on the requirement signature alone (`routing.timeless`, and the credentials that are valid now) is computed once
per signature and kept on the roster until a credential begins or ends; presence follows the shifts, and relaxations the age of
the case. Room (capacity, intake, team caps) depends on the books and is a mask of its own. A hypothesis test holds both twins
together, rule by rule.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.rules import Rule
from caserouter.domain.settings import Settings
from caserouter.routing.problem import IntArray
from caserouter.routing.profile import CaseProfile, Signature
from caserouter.routing.roster import Roster
from caserouter.routing.timeless import TIMELESS

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Admission:
    """Whom the static rules admit, after the relaxations in force.

    Parameters
    ----------
    admitted
        Who breaks no static rule that still binds; shape (num_specialists,).
    who
        The same as indices, rising; shape (num_admitted,).
    covered_until
        Hour at which the first of the required credentials lapses, infinite for never; shape (num_admitted,).
    since, valid_until
        The answer is the same from `since` (included) to `valid_until` (excluded), in hours.
    admits
        The memory of `admitted`, one specialist by one.
    """

    admitted: BoolArray
    who: IntArray
    covered_until: FloatArray
    since: float
    valid_until: float
    admits: memoryview

    @property
    def nbytes(self) -> int:
        """Size in bytes."""
        return self.admitted.nbytes + self.who.nbytes + self.covered_until.nbytes


def relaxed_rules(profile: CaseProfile, settings: Settings, now: float) -> tuple[Rule, ...]:
    """Rules that the policy relaxes for a case of this age, sorted."""
    if not settings.relaxations:
        return ()
    age = now - profile.created + _ROUNDING
    return tuple(sorted(Rule(name) for name, relaxation in settings.relaxations.items() if age >= relaxation.after_hours))


def admission(profile: CaseProfile, roster: Roster, now: float) -> Admission:
    """Whom the static rules admit at hour `now`, kept per signature until a credential begins or ends."""
    relaxed = relaxed_rules(profile, roster.settings, now)
    known = profile.kind.admission
    if known is not None and not relaxed and known.since <= now < known.valid_until:
        return known
    key = ("admission", profile.signature, relaxed)
    known = roster.cached(key)
    if known is None or not known.since <= now < known.valid_until:
        known = _admit(profile.signature, relaxed, roster, now)
        roster.remember(key, known)
    if profile.kind.keeps and not relaxed:
        profile.kind.admission = known
    return known


def eligible(profile: CaseProfile, roster: Roster, now: float) -> BoolArray:
    """Who may take the case at hour `now` as far as the books allow; shape (num_specialists,)."""
    admitted = admission(profile, roster, now).admitted
    if Rule.OFF_SHIFT in relaxed_rules(profile, roster.settings, now):
        return admitted
    return admitted & roster.staffing.present(now, profile.first_response_due)


def has_room(profile: CaseProfile, roster: Roster, now: float, caseload: NDArray[np.number], intake_left: IntArray) -> BoolArray:
    """Whose book has room for the case and whose intake is open, or relaxed; shape (num_specialists,)."""
    room: BoolArray = np.asarray(roster.capacity - caseload >= profile.weight)
    if Rule.INTAKE_LIMIT in relaxed_rules(profile, roster.settings, now):
        return room
    room &= intake_left != 0
    return room


def broken_rules(
    profile: CaseProfile, roster: Roster, now: float, caseload: NDArray[np.number], intake_left: IntArray
) -> dict[Rule, BoolArray]:
    """Who breaks which rule, relaxed or not: one mask of shape (num_specialists,) per rule of `domain.eligibility`.

    Parameters
    ----------
    profile, roster
        The case and the people.
    now
        The hour of the decision.
    caseload
        Units in each book; shape (num_specialists,).
    intake_left
        New cases that each may still take, negative for no limit; shape (num_specialists,).
    """
    broken = {rule.rule: rule.breaks(profile.signature, roster) for rule in TIMELESS}
    broken |= _credential_rules(profile.signature, roster, now)
    broken[Rule.CAPACITY] = roster.capacity - caseload < profile.weight
    broken[Rule.INTAKE_LIMIT] = intake_left == 0
    broken[Rule.OFF_SHIFT] = ~roster.staffing.present(now, profile.first_response_due)
    return broken


def _admit(asked: Signature, relaxed: tuple[Rule, ...], roster: Roster, now: float) -> Admission:
    coverages = [roster.credentials.coverage(group, now) for group in asked.credentials]
    until = np.full(roster.num_specialists, np.inf) if len(coverages) != 1 else coverages[0].until
    for coverage in coverages[1:] and coverages:
        until = np.minimum(until, coverage.until)
    admitted = until > now
    for rule in TIMELESS:
        if rule.rule not in relaxed and (broken := rule.broken(asked, roster)) is not None:
            admitted &= ~broken
    who = np.flatnonzero(admitted)
    since = max((coverage.since for coverage in coverages), default=-np.inf)
    valid_until = min((coverage.valid_until for coverage in coverages), default=np.inf)
    return Admission(admitted, who, until[who], since, valid_until, admitted.data)


def _credential_rules(asked: Signature, roster: Roster, now: float) -> dict[Rule, BoolArray]:
    """The four credential rules: each group that fails counts under the code that is closest to being met."""
    m = roster.num_specialists
    missing, elsewhere, early, lapsed = (np.zeros(m, dtype=np.bool_) for _ in range(4))
    for group in asked.credentials:
        spans = roster.credentials.intervals(group)
        fails = roster.credentials.coverage(group, now).until == -np.inf
        ended, begins = np.zeros(m, dtype=np.bool_), np.zeros(m, dtype=np.bool_)
        ended[spans.specialist[spans.end <= now]] = True
        begins[spans.specialist[spans.start > now]] = True
        holds = roster.credentials.holds_elsewhere(group)
        lapsed |= fails & ended
        early |= fails & begins & ~ended
        elsewhere |= fails & holds & ~begins & ~ended
        missing |= fails & ~holds
    return {
        Rule.CREDENTIAL_MISSING: missing,
        Rule.CREDENTIAL_JURISDICTION: elsewhere,
        Rule.CREDENTIAL_NOT_YET_VALID: early,
        Rule.CREDENTIAL_LAPSED: lapsed,
    }
