"""How well the admitted specialists fit what a case asks for: everything that its costs need and no book changes.

Cases with the same requirements share one `Fit`, kept on the roster, so that the next case of its kind costs a look-up.
"""

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.rules import Rule
from caserouter.domain.settings import RelaxableRule
from caserouter.routing.masks import Admission, admission, relaxed_rules
from caserouter.routing.problem import IntArray
from caserouter.routing.profile import CaseProfile
from caserouter.routing.roster import Roster
from caserouter.routing.timeless import TIMELESS, lacks_authority

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """One kind of case against the specialists whom the static rules admit; every array has shape (num_admitted,).

    Parameters
    ----------
    who
        Their indices, rising.
    effort
        Mean hours that each needs for the case.
    short
        Whether the decision is beyond the own authority and needs an approver.
    missing_preferred
        Preferred skills that each lacks.
    relaxation
        Money for the relaxed static rules that each breaks.
    covered_until
        Hour at which the first of the required credentials lapses, infinite for never.
    admission
        The admission that this rests on.
    known_effort
        The case's own effort, if any; kept so that the key, which has its identity, means no other array.
    """

    who: IntArray
    effort: FloatArray
    short: NDArray[np.bool_]
    missing_preferred: NDArray[np.int8]
    relaxation: FloatArray
    covered_until: FloatArray
    admission: Admission
    known_effort: FloatArray | None

    @property
    def nbytes(self) -> int:
        """Size in bytes, what it shares with the admission aside."""
        return self.effort.nbytes + self.short.nbytes + self.missing_preferred.nbytes + self.relaxation.nbytes


def fit_of(profile: CaseProfile, roster: Roster, now: float) -> Fit:
    """The fit of `profile` at hour `now`, shared by all cases of the same requirements, effort and preferred skills."""
    relaxed = relaxed_rules(profile, roster.settings, now)
    known = profile.kind.fit
    if known is not None and not relaxed and known.admission.since <= now < known.admission.valid_until:
        return known
    key = ("fit", profile.signature, profile.handling_hours, profile.case.preferred_skills, id(profile.effort), relaxed)
    known = roster.cached(key)
    if known is None or not known.admission.since <= now < known.admission.valid_until:
        known = _compile(profile, roster, relaxed, now)
        roster.remember(key, known)
    if profile.kind.keeps and not relaxed:
        profile.kind.fit = known
    return known


def _compile(profile: CaseProfile, roster: Roster, relaxed: tuple[Rule, ...], now: float) -> Fit:
    admitted = admission(profile, roster, now)
    who = admitted.who
    missing = np.zeros(len(who), dtype=np.int8)
    for skill in profile.case.preferred_skills:
        missing += roster.proficiency(skill)[who] == 0
    return Fit(
        who=who,
        effort=mean_effort(profile, roster)[who],
        short=_short(profile, roster, who),
        missing_preferred=missing,
        relaxation=_relaxation(profile, roster, relaxed, who),
        covered_until=admitted.covered_until,
        admission=admitted,
        known_effort=profile.effort,
    )


def mean_effort(profile: CaseProfile, roster: Roster) -> FloatArray:
    """Mean hours that the case would take each specialist, admitted or not; shape (num_specialists,).

    The case's own where it has any; else the mean of the type × the factor of the lowest proficiency among the required skills (1
    where one is missing).
    """
    if profile.effort is not None:
        return profile.effort
    if profile.kind.hours is not None:
        return profile.kind.hours
    hours = _typical_effort(profile, roster)
    if profile.kind.keeps:
        profile.kind.hours = hours
    return hours


def _typical_effort(profile: CaseProfile, roster: Roster) -> FloatArray:
    skills = profile.signature.skills
    if not skills:
        return np.full(roster.num_specialists, profile.handling_hours)
    factor: FloatArray | None = roster.cached(("proficiency factor", skills))
    if factor is None:
        lowest = np.min([roster.proficiency(name) for name, _ in skills], axis=0)
        factor = np.array(roster.settings.handling.proficiency_factor)[np.maximum(lowest, 1) - 1]
        roster.remember(("proficiency factor", skills), factor)
    return profile.handling_hours * factor


def _short(profile: CaseProfile, roster: Roster, who: IntArray) -> NDArray[np.bool_]:
    asked = profile.signature
    if asked.action is None:
        return np.zeros(len(who), dtype=np.bool_)
    short: NDArray[np.bool_] | None = roster.cached(("short", asked.action, asked.level))
    if short is None:
        short = lacks_authority(asked, roster)
        roster.remember(("short", asked.action, asked.level), short)
    return short[who]


def _relaxation(profile: CaseProfile, roster: Roster, relaxed: tuple[Rule, ...], who: IntArray) -> FloatArray:
    price = np.zeros(len(who))
    for rule in TIMELESS:
        if rule.rule in relaxed:
            bends = roster.settings.relaxations[cast("RelaxableRule", rule.rule.value)]
            price += bends.price * rule.breaks(profile.signature, roster)[who]
    return price
