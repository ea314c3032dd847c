"""Cases put to specialists: the flat arrays on which the cost terms are formulas, for one case or for a whole queue."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Self, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.rules import Rule
from caserouter.domain.settings import RelaxableRule
from caserouter.routing.fit import fit_of
from caserouter.routing.masks import relaxed_rules
from caserouter.routing.problem import IntArray
from caserouter.routing.profile import CaseProfile
from caserouter.routing.relations import count_hand_offs, find_not_preferred
from caserouter.routing.state import RoutingState

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
Value = TypeVar("Value", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of a case and a specialist, sorted by case, then specialist; every array has shape (num_pairs,).

    Parameters
    ----------
    case
        Index among the cases given.
    specialist
        Index on the roster.
    weight, factor
        Of the case: units of capacity, and the priority's factor.
    first_response_due, resolution_due
        Of the case, in hours, infinite for none.
    effort
        Mean hours that the specialist needs for the case.
    short
        Whether an approver must decide.
    missing_preferred
        Preferred skills that the specialist lacks.
    relaxation
        Money for the relaxed rules that the pair breaks.
    covered_until
        Hour at which a required credential lapses, infinite for never.
    hand_offs
        What the pair passes on: 1 for the account of another owner.
    not_preferred
        Whether the case prefers others.
    """

    case: IntArray
    specialist: IntArray
    weight: IntArray
    factor: FloatArray
    first_response_due: FloatArray
    resolution_due: FloatArray
    effort: FloatArray
    short: BoolArray
    missing_preferred: NDArray[np.int8]
    relaxation: FloatArray
    covered_until: FloatArray
    hand_offs: NDArray[np.int8]
    not_preferred: BoolArray

    @classmethod
    def of(cls, profiles: Sequence[CaseProfile], state: RoutingState, *, with_room: bool = True) -> Self:
        """Every eligible pair of `profiles` with the roster.

        Parameters
        ----------
        profiles
            The cases.
        state
            Time, books and ties.
        with_room
            Whether to leave out those whose book, intake or team has no room, so that what is left can be assigned now.
        """
        fits = [fit_of(profile, state.roster, state.now) for profile in profiles]
        sizes = np.array([len(fit.who) for fit in fits], dtype=np.int64)
        starts = np.concatenate([[0], np.cumsum(sizes)])
        case = np.repeat(np.arange(len(profiles)), sizes)
        pairs = cls(
            case=case,
            specialist=_join([fit.who for fit in fits], np.int64),
            weight=np.array([profile.weight for profile in profiles], dtype=np.int64)[case],
            factor=np.array([profile.factor for profile in profiles])[case],
            first_response_due=np.array([profile.first_response_due for profile in profiles])[case],
            resolution_due=np.array([profile.resolution_due for profile in profiles])[case],
            effort=_join([fit.effort for fit in fits], np.float64),
            short=_join([fit.short for fit in fits], np.bool_),
            missing_preferred=_join([fit.missing_preferred for fit in fits], np.int8),
            relaxation=_join([fit.relaxation for fit in fits], np.float64),
            covered_until=_join([fit.covered_until for fit in fits], np.float64),
            hand_offs=np.zeros(len(case), dtype=np.int8),
            not_preferred=np.zeros(len(case), dtype=np.bool_),
        )
        keep = pairs._relate(profiles, starts, state) & pairs._present(profiles, state)
        room = pairs._room(profiles, state)
        return pairs.take(keep & room if with_room else keep)

    def _relate(self, profiles: Sequence[CaseProfile], starts: IntArray, state: RoutingState) -> BoolArray:
        """Note what the pairs pass on and whom the cases prefer; false where ties to held cases, or a refusal, rule it out."""
        keep = np.ones(len(self.case), dtype=np.bool_)
        everybody = np.ones(state.roster.num_specialists, dtype=np.bool_)
        for i, profile in enumerate(profiles):
            here = slice(starts[i], starts[i + 1])
            if profile.owner >= 0:
                self.hand_offs[here] = count_hand_offs(profile, self.specialist[here], state)
            if len(profile.preferred):
                self.not_preferred[here] = find_not_preferred(profile, self.specialist[here])
            allowed = state.not_declined(profile, state.ties.allow(profile, everybody))
            if allowed is not everybody:
                keep[here] = allowed[self.specialist[here]]
        return keep

    def _present(self, profiles: Sequence[CaseProfile], state: RoutingState) -> BoolArray:
        """Who is on shift and not absent, or back in time; where the policy relaxes that, everybody, at its price."""
        present = state.roster.staffing.back_in_time(self.specialist, state.now, self.first_response_due)
        present &= state.away_until[self.specialist] <= state.now
        return self._or_relaxed(Rule.OFF_SHIFT, present, profiles, state)

    def _room(self, profiles: Sequence[CaseProfile], state: RoutingState) -> BoolArray:
        """Whose book and team have room, and whose intake is open, or relaxed at its price."""
        room = state.free[self.specialist] >= self.weight
        if state.roster.settings.team_caps:
            room &= state.team_left[state.roster.team[self.specialist]] >= self.weight
        return room & self._or_relaxed(Rule.INTAKE_LIMIT, state.intake_left[self.specialist] != 0, profiles, state)

    def _or_relaxed(self, rule: Rule, met: BoolArray, profiles: Sequence[CaseProfile], state: RoutingState) -> BoolArray:
        """The pairs that meet a rule or may break it; breaking it adds its price to `relaxation`."""
        settings = state.roster.settings
        relaxation = settings.relaxations.get(cast("RelaxableRule", rule.value))
        if relaxation is None:
            return met
        bends = np.array([rule in relaxed_rules(profile, settings, state.now) for profile in profiles], dtype=np.bool_)[self.case]
        self.relaxation[bends & ~met] += relaxation.price
        return met | bends

    def take(self, keep: BoolArray) -> Self:
        """The pairs that `keep` marks; shape (num_pairs,)."""
        if keep.all():
            return self
        return type(self)(**{field.name: getattr(self, field.name)[keep] for field in fields(self)})


def _join(parts: list[NDArray[Value]], dtype: type[Value]) -> NDArray[Value]:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=dtype)
