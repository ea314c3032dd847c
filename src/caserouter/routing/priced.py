"""The online policy: each case goes where it costs least, a unit of scarce capacity being worth more the less there is of it.

It decides at once, with the same cost terms as the optimiser. The scarcity price follows the books: before each decision it is what
`routing.scarcity` says of the capacity that is free at that moment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor

import numpy as np

from caserouter.domain.case import Case
from caserouter.domain.rules import Rule
from caserouter.domain.settings import RelaxableRule
from caserouter.routing.candidates import candidates, may_take
from caserouter.routing.costs import pair_cost, waiting_cost
from caserouter.routing.fit import fit_of
from caserouter.routing.masks import relaxed_rules
from caserouter.routing.online_inputs import Asked, Books, Desk, Fitting, Future, Money
from caserouter.routing.online_kernel import Terms, cheapest, refresh, unit_prices, weigh
from caserouter.routing.pairs import Pairs
from caserouter.routing.policy import Chosen, Decision
from caserouter.routing.problem import IntArray
from caserouter.routing.profile import CaseProfile
from caserouter.routing.relations import stand_in
from caserouter.routing.result import WAITING
from caserouter.routing.roster import Roster
from caserouter.routing.scarcity import CaseMix, case_mix
from caserouter.routing.sequential import Group, SequentialPolicy
from caserouter.routing.state import FloatArray, RoutingState
from caserouter.routing.ties import BoolArray

REFRESH_HOURS = 24.0
"""The kinds of case to come, and who may take them, are read as of the last multiple of so many hours, whenever the policy is asked."""

_ANYBODY = np.zeros(0, dtype=np.bool_)

_Inputs = tuple[Desk, Books, Money, Asked, Fitting, Future, BoolArray]


@dataclass(frozen=True, slots=True, eq=False)
class _Outlook:
    """One roster, and the cases that are to be expected, from one moment on."""

    roster: Roster
    since: float
    desk: Desk
    mix: CaseMix
    future: Future

    def serves(self, state: RoutingState) -> bool:
        return self.roster is state.roster and self.since <= state.now < self.since + REFRESH_HOURS


class PricedPolicy(SequentialPolicy):
    """Places each case where it costs least now, scarcity included.

    The first decision compiles the kernel, for seconds, unless an earlier run has left it in the cache. An instance keeps
    arrays from one decision to the next to be fast; they never change a decision, but threads need an instance each.

    Parameters
    ----------
    sample
        Cases that stand for those to come: recent ones, or the queue. Without any, scarcity has no price.
    """

    name = "priced"

    def __init__(self, sample: Iterable[Case] = ()) -> None:
        self._sample = tuple(sorted(sample, key=lambda case: case.id))
        self._outlook: _Outlook | None = None

    def decide(self, group: Group, specialists: Chosen | None, state: RoutingState) -> list[Decision]:
        """The cheapest specialist for the whole group; with a reserve, none if waiting is cheaper.

        Where a single specialist is asked for a case and no reserve is kept, no cost can change the answer, and none is computed.
        """
        if specialists is not None and len(specialists) == 1 == len(group) and not state.roster.settings.reserve:
            (only,) = specialists
            return self.decisions(group, int(only) if may_take(group[0], int(only), state) else WAITING, state)
        specialist, costs = (
            self._for_one(group[0], specialists, state) if len(group) == 1 else self._for_all(group, specialists, state)
        )
        settings = state.roster.settings
        if settings.reserve and sum(costs) > sum(waiting_cost(profile, settings) for profile in group):
            specialist = WAITING
        return self.decisions(group, specialist, state, costs)

    def mix(self, state: RoutingState) -> CaseMix:
        """The cases to come that scarcity is priced by."""
        return self._look_out(state).mix

    def unit_price(self, state: RoutingState) -> FloatArray:
        """Scarcity price per unit of each specialist's capacity, in money; shape (num_specialists,)."""
        outlook, roster = self._look_out(state), state.roster
        future, price = outlook.future, np.zeros(roster.num_specialists)
        refresh(roster.capacity, state.caseload, future.indptr, future.kind, future.free_by_kind, future.seen)
        worth = roster.settings.prices.scarcity * future.rate / (future.free_by_kind + 1.0) ** 2
        unit_prices(worth, future.indptr, future.kind, price)
        return price

    def weigh(self, profile: CaseProfile, num: int, specialists: Chosen | None, state: RoutingState) -> tuple[IntArray, Terms]:
        """The cheapest who may take the case now, at most `num`, the lowest index first among equals.

        Returns
        -------
        who
            Indices on the roster; shape (num_weighed,).
        terms
            What the case costs with each of them.
        """
        return weigh(*self._inputs(profile, specialists, state), num)

    def _for_one(self, profile: CaseProfile, specialists: Chosen | None, state: RoutingState) -> tuple[int, Sequence[float]]:
        if not state.num_with_room or state.ties.awaits(profile):
            return WAITING, (0.0,)
        specialist, cost = cheapest(*self._inputs(profile, specialists, state))
        return specialist, (cost,)

    def _inputs(self, profile: CaseProfile, specialists: Chosen | None, state: RoutingState) -> _Inputs:
        """What the compiled pass reads."""
        outlook = self._look_out(state)
        fit = fit_of(profile, state.roster, state.now)
        presence = state.roster.staffing.presence(state.now)
        return (
            outlook.desk,
            Books(
                state.now,
                state.caseload,
                state.intake_left,
                state.ready_hours,
                state.team_left,
                presence.next_start,
                presence.in_reach,
                state.away_until,
            ),
            _money(profile, state),
            Asked(
                profile.weight,
                profile.factor,
                profile.first_response_due,
                profile.resolution_due,
                profile.owner,
                stand_in(profile.owner, state) if profile.owner >= 0 else -1,
                profile.preferred,
            ),
            Fitting(fit.who, fit.effort, fit.short, fit.missing_preferred, fit.relaxation, fit.covered_until),
            outlook.future,
            _allowed(profile, specialists, state),
        )

    def _for_all(self, group: Group, specialists: Chosen | None, state: RoutingState) -> tuple[int, Sequence[float]]:
        among = candidates(group, state, specialists)
        if not len(among):
            return WAITING, (0.0,) * len(group)
        unit_price = self.unit_price(state)
        cost = np.full((len(group), state.roster.num_specialists), np.inf)
        for row, profile in enumerate(group):
            pairs = Pairs.of([profile], state)
            cost[row, pairs.specialist] = pair_cost(pairs, state, unit_price)
        specialist = int(among[int(np.argmin(cost[:, among].sum(axis=0)))])
        return specialist, cost[:, specialist].tolist()

    def _look_out(self, state: RoutingState) -> _Outlook:
        if self._outlook is None or not self._outlook.serves(state):
            roster, since = state.roster, REFRESH_HOURS * floor(state.now / REFRESH_HOURS)
            mix = case_mix([roster.profile(case) for case in self._sample], roster, since)
            self._outlook = _Outlook(roster, since, _desk(roster), mix, _future(mix, roster.num_specialists))
        return self._outlook


def _allowed(profile: CaseProfile, specialists: Chosen | None, state: RoutingState) -> BoolArray:
    """Mask of those whom ties, refusals and the caller leave, empty for everybody; shape (num_specialists,) or (0,)."""
    if specialists is not None:
        among = np.zeros(state.roster.num_specialists, dtype=np.bool_)
        among[np.asarray(specialists, dtype=np.int64)] = True
    elif profile.id in state.declined or state.ties.binds(profile):
        among = np.ones(state.roster.num_specialists, dtype=np.bool_)
    else:
        return _ANYBODY
    return state.not_declined(profile, state.ties.allow(profile, among))


def _money(profile: CaseProfile, state: RoutingState) -> Money:
    settings = state.roster.settings
    prices = settings.prices
    relaxed = relaxed_rules(profile, settings, state.now)

    def bent(rule: Rule, name: RelaxableRule) -> float:
        return settings.relaxations[name].price if rule in relaxed else np.inf

    return Money(
        breach=prices.breach,
        hand_off=prices.hand_off,
        approval=prices.approval,
        missing_preferred_skill=prices.missing_preferred_skill,
        not_preferred=prices.not_preferred,
        fairness=prices.fairness,
        scarcity=prices.scarcity,
        off_shift=bent(Rule.OFF_SHIFT, "off_shift"),
        intake_limit=bent(Rule.INTAKE_LIMIT, "intake_limit"),
    )


def _desk(roster: Roster) -> Desk:
    first, start, end, before = roster.staffing.intervals
    return Desk(
        roster.capacity,
        roster.cost_per_hour,
        roster.team,
        roster.staffing.calendar_of,
        first,
        start,
        end,
        before,
        roster.staffing.horizon,
    )


def _future(mix: CaseMix, num_specialists: int) -> Future:
    """The mix by specialist instead of by kind, as if no book had any room yet."""
    order = np.lexsort((mix.kind, mix.specialist))
    counts = np.bincount(mix.specialist, minlength=num_specialists)
    return Future(
        indptr=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        kind=mix.kind[order],
        rate=mix.rate,
        free_by_kind=np.zeros(len(mix.rate), dtype=np.int64),
        seen=np.zeros(num_specialists, dtype=np.int64),
    )
