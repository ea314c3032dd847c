"""What a policy decides on: everybody's book at one moment, as arrays.

The service and the simulation each keep one of these and apply the decisions to it; a policy only reads it.
"""

from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.errors import NotFound
from caserouter.routing.problem import IntArray
from caserouter.routing.profile import CaseProfile
from caserouter.routing.result import WAITING
from caserouter.routing.roster import Roster
from caserouter.routing.ties import Ties

FloatArray = NDArray[np.float64]


@dataclass(slots=True, eq=False)
class RoutingState:
    """Everybody's book at one moment; `start` builds it from a roster.

    Parameters
    ----------
    roster
        Who they are and what each may do.
    now
        The moment, in hours since the start of the roster's clock.
    caseload
        Units of weight in each book; shape (num_specialists,).
    num_held
        Cases in each book; shape (num_specialists,).
    intake_left
        New cases that each may still take in the present window, negative for no limit; shape (num_specialists,).
    ready_hours
        Staffed hours of ready work in each book; shape (num_specialists,).
    last_assigned
        When each took a case last, in hours, −∞ for never; shape (num_specialists,).
    turn
        Ordinal of each one's last assignment, 0 for none, so that assignments of one moment keep their order; shape
        (num_specialists,).
    team_left
        Units left under each team's cap; shape (num_teams + 1,), the last for those without a team.
    attempts
        How often each case has been assigned before, by case id.
    ties
        What binds cases to one another.
    """

    roster: Roster
    now: float
    caseload: IntArray
    num_held: IntArray
    intake_left: IntArray
    ready_hours: FloatArray
    last_assigned: FloatArray
    turn: IntArray
    team_left: IntArray
    attempts: dict[str, int] = field(default_factory=dict)
    ties: Ties = field(default_factory=Ties)

    @classmethod
    def start(cls, roster: Roster, now: float = 0.0) -> Self:
        """The books as the roster states them; each held case counts as a default case's handling time of ready work."""
        m = roster.num_specialists
        num_held = np.array([len(one.held_cases) for one in roster.specialists], dtype=np.int64)
        state = cls(
            roster=roster,
            now=now,
            caseload=roster.caseload.astype(np.int64),
            num_held=num_held,
            intake_left=roster.intake_left.astype(np.int64),
            ready_hours=num_held.astype(np.float64) * (roster.settings.handling.minutes / 60.0),
            last_assigned=np.full(m, -np.inf),
            turn=np.zeros(m, dtype=np.int64),
            team_left=team_room(roster, roster.caseload),
        )
        for j, specialist in enumerate(roster.specialists):
            state.ties.holder.update((held.id, j) for held in specialist.held_cases)
        return state

    def copy(self) -> Self:
        """An independent copy; the roster is shared."""
        return type(self)(
            roster=self.roster,
            now=self.now,
            caseload=self.caseload.copy(),
            num_held=self.num_held.copy(),
            intake_left=self.intake_left.copy(),
            ready_hours=self.ready_hours.copy(),
            last_assigned=self.last_assigned.copy(),
            turn=self.turn.copy(),
            team_left=self.team_left.copy(),
            attempts=dict(self.attempts),
            ties=self.ties.copy(),
        )

    @property
    def free(self) -> IntArray:
        """Units left in each book, negative where it is overfull; shape (num_specialists,)."""
        return self.roster.capacity - self.caseload

    def apply(self, profile: CaseProfile, specialist: int) -> None:
        """Put a case into the book of `specialist`, or on the queue if that is `WAITING`."""
        case = profile.case
        if specialist == WAITING:
            self.ties.wait(case)
            return
        self.caseload[specialist] += case.weight
        self.num_held[specialist] += 1
        self.team_left[self.roster.team[specialist]] -= case.weight
        if self.intake_left[specialist] > 0:
            self.intake_left[specialist] -= 1
        self.ready_hours[specialist] += profile.handling_hours
        self.last_assigned[specialist] = self.now
        self.turn[specialist] = self.turn.max() + 1
        self.attempts[case.id] = self.attempts.get(case.id, 0) + 1
        self.ties.hold(case, specialist)

    def release(self, profile: CaseProfile) -> None:
        """Take a case out of its holder's book: it is resolved, or goes back to the queue by a later `apply`.

        Raises
        ------
        NotFound
            If nobody holds the case.
        """
        case = profile.case
        if case.id not in self.ties.holder:
            raise NotFound(f"{case.id}: nobody holds it; only a held case can be released", ids=[case.id])
        specialist = self.ties.holder[case.id]
        self.caseload[specialist] -= case.weight
        self.num_held[specialist] -= 1
        self.team_left[self.roster.team[specialist]] += case.weight
        self.ready_hours[specialist] = max(self.ready_hours[specialist] - profile.handling_hours, 0.0)
        self.ties.forget(case.id)


def team_room(roster: Roster, caseload: IntArray) -> IntArray:
    """Units left under each team's cap; teams without one, and nobody's team, have more than any roster can hold.

    `caseload` is what the books hold, of shape (num_specialists,); the result has shape (num_teams + 1,).
    """
    unlimited = np.iinfo(np.int64).max // 2
    caps = roster.settings.team_caps
    left = np.array([caps.get(team, unlimited) for team in roster.teams] + [unlimited], dtype=np.int64)
    np.subtract.at(left, roster.team, caseload)
    return left
