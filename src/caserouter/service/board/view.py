"""The records as routing sees them: a roster, its state, the waiting line and the policy, at one moment.

A view follows the records in place. It is built anew only when somebody's rights or hours or the policy change, at midnight UTC, which is
hour 0 of its clock, and when a ramp after leave begins or ends; never when books, presence or capacities change. Built anew or kept up to
date, it is the same.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import numpy as np

from caserouter.domain.calendar import SEARCH_DAYS
from caserouter.domain.case import Case
from caserouter.domain.eligibility import staffed_time
from caserouter.domain.intervals import StaffedTime
from caserouter.domain.lifecycle import CaseStatus
from caserouter.domain.specialist import IntakeLimit
from caserouter.routing.clock import Clock
from caserouter.routing.policies import policy_by_name
from caserouter.routing.policy import RoutingPolicy
from caserouter.routing.priced import PricedPolicy
from caserouter.routing.profile import CaseProfile
from caserouter.routing.reasons import Room
from caserouter.routing.roster import Roster
from caserouter.routing.state import Book, RoutingState
from caserouter.routing.ties import Ties
from caserouter.routing.waiting_line import WaitingLine
from caserouter.service.board.filing import Filing
from caserouter.service.board.intake import limit_of, used
from caserouter.service.board.open_case import OpenCase
from caserouter.service.board.person import ONLINE, Person
from caserouter.service.board.records import Changes, Records

_DAY = timedelta(days=1)
_SECONDS_PER_HOUR = 3600.0


class View:
    """What decisions are made on.

    Parameters
    ----------
    records
        What the events have led to.
    now
        The moment of the first decision.
    former
        The view before, whose compiled cases are kept where they stay the same.

    Attributes
    ----------
    since, until
        The first moment that it serves, and the first that it does not.
    document
        The active policy.
    roster, state
        The people who take cases, and everybody's book.
    policy
        The routing policy that decides.
    pricer
        The prices that evidence is stated in.
    """

    def __init__(self, records: Records, now: datetime, former: "View | None" = None) -> None:
        self._records = records
        self.since = _midnight(now)
        self.until = self.since + _DAY
        self.document = records.document
        self._limits: dict[int, IntakeLimit] = {}
        self._staffed: StaffedTime | None = None
        self._at_best: Room | None = None
        self.roster = self._compile(now)
        self._intake_since = self._intake_until = self.since
        self.policy: RoutingPolicy
        self.pricer: PricedPolicy
        self._filing: Filing
        if former is not None and former.document.policy == self.document.policy and not records.changes.prices:
            self.policy, self.pricer = former.policy, former.pricer
        else:
            self._price()
        if former is not None and _same_profiles(former, self):
            self._filing = former._filing  # noqa: SLF001 - a view takes over from another
            self._filing.forget_roster()
        else:
            self._filing = Filing(records.cases)
            records.changes.accounts.clear()
        self.state = self._start(now)
        records.changes.roster = records.changes.prices = False
        records.changes.people.clear()

    def serves(self, now: datetime) -> bool:
        """Whether it can follow the records to `now`."""
        return self.since <= now < self.until and not self._records.changes.roster

    def follow(self, now: datetime) -> None:
        """Take up what events have touched since the last time, as of `now`."""
        changes, self.state.now = self._records.changes, self.roster.clock.hours(now)
        if changes.prices:
            self._price()
        if not self._intake_since <= now < self._intake_until:
            self._count_intake(now)
        for specialist_id in changes.people:
            j = self.roster.index_by_id.get(specialist_id)
            if j is not None:
                self._set_book(j, self._records.people[specialist_id], now)
        for case_id in changes.cases:
            self._stand(case_id)
        if changes.accounts:
            self._filing.refile(changes.accounts)
        self._records.changes = Changes()

    @property
    def line(self) -> WaitingLine:
        """What waits."""
        return self._filing.line(self._records.cases, self.profile)

    @property
    def staffed(self) -> StaffedTime:
        """When anyone of the roster is on shift, from the start of the day on."""
        if self._staffed is None:
            self._staffed = staffed_time(self.roster.specialists, self.roster.settings, self.roster.clock.start)
        return self._staffed

    @property
    def at_best(self) -> Room:
        """What empty books would leave."""
        if self._at_best is None:
            self._at_best = Room.at_best(self.state)
        return self._at_best

    @property
    def intake_until(self) -> datetime:
        """Up to when no case that was taken leaves a window of intake."""
        return self._intake_until

    def note(self, case_id: str) -> None:
        """Look up again whether a case waits when the line is next asked for."""
        self._filing.note(case_id)

    def profile(self, case: Case) -> CaseProfile:
        """Compile a case for this roster."""
        return self.roster.profile(case)

    def limit(self, specialist: int) -> IntakeLimit | None:
        """The limit on new cases of `specialist` (an index), the ramp included; None for no limit."""
        return self._limits.get(specialist)

    def indices(self, specialist_ids: Iterable[str]) -> list[int]:
        """Indices of those of `specialist_ids` who take cases, rising."""
        known = self.roster.index_by_id
        return sorted({known[name] for name in specialist_ids if name in known})

    def _compile(self, now: datetime) -> Roster:
        active = sorted((one for one in self._records.people.values() if one.active), key=lambda one: one.id)
        people = []
        for j, person in enumerate(active):
            specialist = person.specialist
            limit, changes = limit_of(specialist, self.document.ramp, now, person.absence)
            if limit is not None:
                self._limits[j] = limit
            if limit is not specialist.intake:
                specialist = specialist.model_copy(update={"intake": limit})
            if changes is not None:
                self.since, self.until = now, min(self.until, changes)
            people.append(specialist)
        return Roster(tuple(people), self._records.accounts, self.document.routing, Clock(_midnight(now)), SEARCH_DAYS)

    def _price(self) -> None:
        sample = self._records.sample_cases()
        self.policy = policy_by_name(self.document.policy, sample=sample)
        self.pricer = self.policy if isinstance(self.policy, PricedPolicy) else PricedPolicy(sample)

    def _start(self, now: datetime) -> RoutingState:
        self.state = RoutingState.start(self.roster, self.roster.clock.hours(now))
        self.state.ties = Ties(linked=self._records.linked, separated=self._records.separated)
        self._count_intake(now)
        for j, specialist in enumerate(self.roster.specialists):
            self._set_book(j, self._records.people[specialist.id], now)
        for case_id in self._records.cases:
            self._stand(case_id)
        return self.state

    def _set_book(self, j: int, person: Person, now: datetime) -> None:
        hours = self.roster.clock.hours
        absent = np.inf if person.until is None else hours(person.until)
        book = Book(
            caseload=person.units,
            num_held=person.num_held,
            intake_left=self._intake_left(j, person, now),
            ready_hours=person.ready_seconds / _SECONDS_PER_HOUR,
            last_assigned=-np.inf if person.last_assigned is None else hours(person.last_assigned),
            turn=person.turn,
            away_until=-np.inf if person.presence == ONLINE else absent,
        )
        self.state.resize(j, person.capacity)
        self.state.set_book(j, book)

    def _count_intake(self, now: datetime) -> None:
        """Count everybody's window anew: the first case of one has left it, or nothing has been counted yet."""
        self._intake_since, self._intake_until = now, self.until
        for j in self._limits:
            self.state.intake_left[j] = self._intake_left(j, self._records.people[self.roster.specialists[j].id], now)

    def _intake_left(self, j: int, person: Person, now: datetime) -> int:
        limit = self._limits.get(j)
        if limit is None:
            return -1
        num_taken, changes = used(person.taken, limit, now)
        self._intake_since = max(self._intake_since, now)
        if changes is not None:
            self._intake_until = min(self._intake_until, changes)
        return max(limit.limit - num_taken, 0)

    def _stand(self, case_id: str) -> None:
        """Let the state know where a case stands."""
        state, case = self.state, self._records.cases.get(case_id)
        self._filing.note(case_id)
        state.ties.forget(case_id)
        state.forget(case_id)
        if case is None:
            return
        if case.status is CaseStatus.QUEUED:
            state.ties.waiting.add(case_id)
        elif case.holder in self.roster.index_by_id:
            state.ties.holder[case_id] = self.roster.index_by_id[case.holder]
        if case.attempts:
            state.attempts[case_id] = case.attempts
        if case.declined:
            state.declined[case_id] = self._refusals(case)

    def _refusals(self, case: OpenCase) -> dict[int, float]:
        known, hours = self.roster.index_by_id, self.roster.clock.hours
        return {known[name]: hours(until) for name, until in case.declined.items() if name in known}


def _midnight(now: datetime) -> datetime:
    """When the day of `now` began, in UTC: hour 0 of the clock."""
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _same_profiles(former: View, view: View) -> bool:
    """Whether a case compiles to the same for both: same day and policy, same people, same authority."""
    before, after = former.roster, view.roster
    return (
        before.clock == after.clock
        and former.document is view.document
        and len(before.specialists) == len(after.specialists)
        and all(
            one.id == other.id and one.authority == other.authority
            for one, other in zip(before.specialists, after.specialists, strict=True)
        )
    )
