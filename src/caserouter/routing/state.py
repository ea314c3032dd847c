"""What a policy decides on: everybody's book at one moment, as arrays.

The service and the simulation each keep one of these and apply the decisions to it; a policy only reads it.
"""

from collections import ChainMap
from collections.abc import MutableMapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.errors import NotFound
from caserouter.routing.problem import IntArray
from caserouter.routing.profile import CaseProfile
from caserouter.routing.result import WAITING
from caserouter.routing.roster import Roster
from caserouter.routing.ties import BoolArray, Ties

FloatArray = NDArray[np.float64]


class Views(NamedTuple):
    """The memory of a state's arrays, number by number: reading or writing one takes a third of what it takes through the array."""

    caseload: memoryview
    num_held: memoryview
    intake_left: memoryview
    ready_hours: "memoryview[float]"
    last_assigned: "memoryview[float]"
    turn: memoryview
    team_left: memoryview
    away_until: "memoryview[float]"


class Book(NamedTuple):
    """Where one specialist stands, as `RoutingState` counts it."""

    caseload: int = 0
    num_held: int = 0
    intake_left: int = -1
    ready_hours: float = 0.0
    last_assigned: float = -np.inf
    turn: int = 0
    away_until: float = -np.inf


@dataclass(slots=True, eq=False)
class RoutingState:
    """Everybody's book at one moment; `start` builds it from a roster. Its arrays are changed in place and never replaced.

    Parameters
    ----------
    roster
        Who they are and what each may do.
    now
        The moment, in hours since the start of the roster's clock.
    caseload
        Units of weight in each book; shape (num_specialists,). Whoever writes into it calls `count_room`.
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
    away_until
        Hour until which each is known to be absent beside the calendar (ill, or set offline), −∞ for not at all: off shift
        until then; shape (num_specialists,).
    attempts
        How often each case has been assigned before, by case id.
    declined
        Who declined which case, and until which hour the pair is left alone: specialist (index) → hour, by case id.
    ties
        What binds cases to one another.

    Attributes
    ----------
    views
        The arrays' memory, number by number.
    num_with_room
        How many have a unit or more left.
    last_taker
        Who took the last case (an index), -1 for nobody yet.
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
    away_until: FloatArray
    attempts: MutableMapping[str, int] = field(default_factory=dict)
    declined: dict[str, dict[int, float]] = field(default_factory=dict)
    ties: Ties = field(default_factory=Ties)
    views: Views = field(init=False, repr=False)
    num_with_room: int = field(init=False)
    last_taker: int = field(init=False)
    _num_turns: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.views = Views(*(getattr(self, name).data for name in Views._fields))
        self._num_turns = int(self.turn.max(initial=0))
        self.last_taker = int(self.turn.argmax()) if self._num_turns else -1
        self.count_room()

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
            away_until=np.full(m, -np.inf),
        )
        for j, specialist in enumerate(roster.specialists):
            state.ties.holder.update((held.id, j) for held in specialist.held_cases)
        return state

    def copy(self) -> Self:
        """An independent copy; the roster is shared."""
        arrays = {name: getattr(self, name).copy() for name in Views._fields}
        declined = {case_id: dict(until) for case_id, until in self.declined.items()}
        return replace(self, **arrays, attempts=dict(self.attempts), declined=declined, ties=self.ties.copy())

    def scratch(self) -> Self:
        """A state to try decisions on, which leaves this one as it is; only the arrays are copied, however many cases are open.

        Cases are put into books in it, or on the queue; none is released.
        """
        arrays = {name: getattr(self, name).copy() for name in Views._fields}
        return replace(self, **arrays, attempts=ChainMap({}, self.attempts), ties=self.ties.layer())

    @property
    def free(self) -> IntArray:
        """Units left in each book, negative where it is overfull; shape (num_specialists,)."""
        return self.roster.capacity - self.caseload

    def not_declined(self, profile: CaseProfile, allowed: BoolArray) -> BoolArray:
        """Narrow `allowed`, shape (num_specialists,), to those who have not declined the case of late; itself if nobody has."""
        until = self.declined.get(profile.id)
        if not until:
            return allowed
        narrowed = allowed.copy()
        narrowed[[j for j, hour in until.items() if self.now < hour]] = False
        return narrowed

    def set_book(self, specialist: int, book: Book) -> None:
        """Replace everything that is known of the book of `specialist` (an index); turns only rise."""
        views = self.views
        self._load(specialist, book.caseload - views.caseload[specialist])
        views.num_held[specialist] = book.num_held
        views.intake_left[specialist] = book.intake_left
        views.ready_hours[specialist] = book.ready_hours
        views.last_assigned[specialist] = book.last_assigned
        views.turn[specialist] = book.turn
        views.away_until[specialist] = book.away_until
        if book.turn > self._num_turns:
            self._num_turns, self.last_taker = book.turn, specialist

    def resize(self, specialist: int, capacity: int) -> None:
        """Give `specialist` (an index) a book of another size."""
        before = self.roster.capacity_by_index[specialist]
        if capacity != before:
            load = self.views.caseload[specialist]
            self.roster.resize(specialist, capacity)
            self.num_with_room += (capacity > load) - (before > load)

    def follow(self, roster: Roster) -> None:
        """Go on with a roster in which people are stated anew: the same ones in the same teams, as `Roster.with_specialists` leaves them."""
        self.roster = roster
        self.count_room()

    def count_room(self) -> None:
        """Bring `num_with_room` up to date after `caseload` was written to directly."""
        self.num_with_room = int(np.count_nonzero(self.free > 0))

    def apply(self, profile: CaseProfile, specialist: int) -> None:
        """Put a case into the book of `specialist`, or on the queue if that is `WAITING`."""
        if specialist == WAITING:
            self.ties.wait(profile)
            return
        views, case_id = self.views, profile.id
        self._load(specialist, profile.weight)
        views.num_held[specialist] += 1
        if views.intake_left[specialist] > 0:
            views.intake_left[specialist] -= 1
        views.ready_hours[specialist] += profile.hours_at(specialist)
        views.last_assigned[specialist] = self.now
        self._num_turns += 1
        views.turn[specialist] = self._num_turns
        self.last_taker = specialist
        self.attempts[case_id] = self.attempts.get(case_id, 0) + 1
        self.ties.hold(profile, specialist)

    def release(self, profile: CaseProfile) -> None:
        """Take a case out of its holder's book: it is resolved, or goes back to the queue by a later `apply`.

        A parked case is un-parked first.

        Raises
        ------
        NotFound
            If nobody holds the case.
        """
        specialist = self._holder(profile, "released")
        views = self.views
        self._load(specialist, -profile.weight)
        views.num_held[specialist] -= 1
        views.ready_hours[specialist] = max(views.ready_hours[specialist] - profile.hours_at(specialist), 0.0)
        self.ties.forget(profile.id)

    def park(self, profile: CaseProfile, units: int) -> None:
        """Count a held case `units` less while it waits elsewhere.

        Raises
        ------
        NotFound
            If nobody holds the case.
        """
        self._load(self._holder(profile, "parked"), -units)

    def unpark(self, profile: CaseProfile, units: int) -> None:
        """Count a parked case in full again; that may overfill the book, which then takes nothing new.

        Raises
        ------
        NotFound
            If nobody holds the case.
        """
        self._load(self._holder(profile, "un-parked"), units)

    def forget(self, case_id: str) -> None:
        """Drop what is remembered of a case that will not come back: its attempts, and who declined it."""
        self.attempts.pop(case_id, None)
        self.declined.pop(case_id, None)

    def _load(self, specialist: int, units: int) -> None:
        """Add `units`, which may be negative, to a book and to its team."""
        views, roster = self.views, self.roster
        before = roster.capacity_by_index[specialist] - views.caseload[specialist]
        views.caseload[specialist] += units
        views.team_left[roster.team_by_index[specialist]] -= units
        self.num_with_room += (before > units) - (before > 0)

    def _holder(self, profile: CaseProfile, done: str) -> int:
        specialist = self.ties.holder_of(profile.id)
        if specialist is None:
            raise NotFound(f"{profile.id}: nobody holds it; only a held case can be {done}", ids=[profile.id])
        return specialist


def team_room(roster: Roster, caseload: IntArray) -> IntArray:
    """Units left under each team's cap; teams without one, and nobody's team, have more than any roster can hold.

    `caseload` is what the books hold, of shape (num_specialists,); the result has shape (num_teams + 1,).
    """
    unlimited = np.iinfo(np.int64).max // 2
    caps = roster.settings.team_caps
    left = np.array([caps.get(team, unlimited) for team in roster.teams] + [unlimited], dtype=np.int64)
    np.subtract.at(left, roster.team, caseload)
    return left
