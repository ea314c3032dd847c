"""What keeps a case and a specialist apart, in sentences: the rules of the domain, team caps, and ties to cases that are held.

The sentences of the rules are those of `domain.eligibility`; only limits that no single case and specialist know of are worded
here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf
from typing import Self

from caserouter.domain.case import Case
from caserouter.domain.eligibility import approvers_for, eligible_from, exclusions, relaxed_rules
from caserouter.domain.intervals import StaffedTime
from caserouter.domain.rules import Rule, Situation, listed
from caserouter.routing.explanation import Reason
from caserouter.routing.problem import IntArray
from caserouter.routing.state import RoutingState, team_room

DECLINED = "declined"
TEAM_CAP = "team_cap"
LINKED_CASE = "linked_case"
SEPARATED_CASE = "separated_case"
NOT_ASKED = "not_asked"

_MAX_ROUNDS = 50
"""Moments at which the cases of a group are asked again before `eligible_together` gives up."""


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """What books, intake limits and team caps leave.

    Parameters
    ----------
    caseload, intake_left
        As in `RoutingState`; shape (num_specialists,).
    team_left
        As in `RoutingState`; shape (num_teams + 1,).
    """

    caseload: IntArray
    intake_left: IntArray
    team_left: IntArray

    @classmethod
    def now(cls, state: RoutingState) -> Self:
        """What the books of `state` leave."""
        return cls(state.caseload, state.intake_left, state.team_left)

    @classmethod
    def at_best(cls, state: RoutingState) -> Self:
        """What empty books would leave: whoever has no room then has none whatever the load."""
        roster = state.roster
        intake = [-1 if one.intake is None else one.intake.limit for one in roster.specialists]
        return cls(roster.capacity * 0, roster.capacity * 0 + intake, team_room(roster, roster.capacity * 0))


class Inquiry:
    """One case put to one specialist after the other.

    Parameters
    ----------
    case
        The case; its weight may be that of all the cases that go with it.
    state
        Time, roster and ties.
    staffed
        When anyone on the roster is on shift, from `domain.eligibility.staffed_time`.
    """

    def __init__(self, case: Case, state: RoutingState, staffed: StaffedTime) -> None:
        self.case = case
        self._state = state
        self.staffed = staffed
        self._approvers = approvers_for(case, state.roster.specialists)
        self.now = state.roster.clock.moment(state.now)

    def reasons(self, specialist: int, room: Room) -> tuple[Reason, ...]:
        """Everything that keeps the case from `specialist` (an index), with `room` as it is; empty if nothing does."""
        person = self._state.roster.specialists[specialist]
        broken = exclusions(self.case, person, self._situation(specialist, room, self.now))
        rules = tuple(Reason(one.rule.value, one.sentence, one.counterfactual, one.until) for one in broken)
        beside = (*self._absence(specialist), *self._refusal(specialist), *self._team_cap(specialist, room))
        return rules + beside + tie_reasons(self.case, specialist, self._state)

    def relaxed(self, specialist: int, room: Room) -> tuple[str, ...]:
        """Codes of the rules that `specialist` breaks and the policy relaxes."""
        if not self._state.roster.settings.relaxations:
            return ()
        person = self._state.roster.specialists[specialist]
        return tuple(rule.value for rule in relaxed_rules(self.case, person, self._situation(specialist, room, self.now)))

    def eligible_from(self, specialist: int, room: Room, at: datetime) -> datetime | None:
        """The earliest moment from `at` on at which no rule stands in the way, if nothing but time changes."""
        until = [reason.until for reason in (*self._absence(specialist), *self._refusal(specialist))]
        known = [moment for moment in until if moment is not None]
        if len(known) < len(until):
            return None
        situation = self._situation(specialist, room, max([at, *known]))
        return eligible_from(self.case, self._state.roster.specialists[specialist], situation)

    def _situation(self, specialist: int, room: Room, at: datetime) -> Situation:
        left = int(room.intake_left[specialist])
        return Situation(
            now=at,
            settings=self._state.roster.settings,
            caseload=int(room.caseload[specialist]),
            intake_left=None if left < 0 else left,
            approvers=self._approvers,
            staffed=self.staffed,
        )

    def _absence(self, specialist: int) -> tuple[Reason, ...]:
        """A known absence beside the calendar, until it ends or the policy relaxes it."""
        roster, until = self._state.roster, float(self._state.away_until[specialist])
        relaxation = roster.settings.relaxations.get("off_shift")
        if relaxation is not None:
            until = min(until, roster.clock.hours(self.case.created) + relaxation.after_hours)
        if until <= self._state.now:
            return ()
        return (self._until(Rule.OFF_SHIFT.value, "absent", "eligible once back", until),)

    def _refusal(self, specialist: int) -> tuple[Reason, ...]:
        until = self._state.declined.get(self.case.id, {}).get(specialist, -inf)
        if until <= self._state.now:
            return ()
        return (self._until(DECLINED, "declined it and is left alone", "eligible after that", until),)

    def _until(self, code: str, what: str, remedy: str, hour: float) -> Reason:
        if hour == inf:
            return Reason(code, what, remedy)
        moment = self._state.roster.clock.moment(hour)
        return Reason(code, f"{what} until {moment:%Y-%m-%d %H:%M %Z}", remedy, moment)

    def _team_cap(self, specialist: int, room: Room) -> tuple[Reason, ...]:
        roster = self._state.roster
        team = roster.specialists[specialist].team
        cap = roster.settings.team_caps.get(team) if team else None
        if cap is None:
            return ()
        lacking = self.case.weight - max(int(room.team_left[roster.team[specialist]]), 0)
        if lacking <= 0:
            return ()
        sentence = f"team {team} has no room for a weight of {self.case.weight} under its cap of {cap}"
        return (Reason(TEAM_CAP, sentence, f"eligible with a cap of team {team} that is {lacking} higher"),)


def tie_reasons(case: Case, specialist: int, state: RoutingState) -> tuple[Reason, ...]:
    """What the cases that are held already say against `specialist`: a link to somebody else, or a separation."""
    ties, people = state.ties, state.roster.specialists
    held = [(other, ties.holder[other]) for other in sorted(ties.linked_to(case)) if other in ties.holder]
    elsewhere = [(other, people[holder].id) for other, holder in held if holder != specialist]
    apart = [other for other in sorted(ties.separated_from(case)) if ties.holder.get(other) == specialist]
    found = []
    if elsewhere:
        where = listed(f"{other}, which {holder} holds" for other, holder in elsewhere)
        found.append(Reason(LINKED_CASE, f"linked to {where}", f"eligible with {listed(name for name, _ in elsewhere)} as well"))
    if apart:
        names = listed(apart)
        found.append(Reason(SEPARATED_CASE, f"holds {names}, to be kept apart from it", f"eligible without {names}"))
    return tuple(found)


def eligible_together(inquiries: Sequence[Inquiry], specialist: int, room: Room) -> datetime | None:
    """The earliest moment at which `specialist` may take all the cases at once, if nothing but time changes."""
    at = inquiries[0].now
    for _ in range(_MAX_ROUNDS):
        moments = [inquiry.eligible_from(specialist, room, at) for inquiry in inquiries]
        known = [moment for moment in moments if moment is not None]
        if len(known) < len(moments):
            return None
        if max(known) == at:
            return at
        at = max(known)
    return None
