"""The records as routing sees them: a roster, its state, the waiting line and the policy, at one moment.

A view follows the records in place. It is built anew only at midnight UTC, which is hour 0 of its clock, when others take cases, or in
other teams or with another authority, and when the policy changes. Built anew or kept up to date, it is the same.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from caserouter.domain.calendar import SEARCH_DAYS
from caserouter.domain.case import Case
from caserouter.domain.eligibility import staffed_time
from caserouter.domain.intervals import StaffedTime
from caserouter.domain.specialist import IntakeLimit
from caserouter.routing.clock import Clock
from caserouter.routing.policies import policy_by_name
from caserouter.routing.policy import RoutingPolicy
from caserouter.routing.priced import PricedPolicy
from caserouter.routing.profile import CaseProfile
from caserouter.routing.reasons import Room
from caserouter.routing.roster import Roster
from caserouter.routing.state import RoutingState
from caserouter.routing.ties import Ties
from caserouter.routing.waiting_line import WaitingLine
from caserouter.service.board.filing import Filing
from caserouter.service.board.records import Changes, Records
from caserouter.service.board.standing import tell_book, tell_case
from caserouter.service.board.windows import Windows

_DAY = timedelta(days=1)
_FEW = 32
"""So many people are stated anew one by one; for more, compiling everybody is quicker."""


class View:
    """What decisions are made on.

    Parameters
    ----------
    records
        What the events have led to.
    now
        The moment of the first decision.
    former
        The view before, whose policy and compiled cases are kept where they stay the same.

    Attributes
    ----------
    document
        The active policy.
    roster, state
        The people who take cases, and everybody's book.
    policy
        The routing policy that decides.
    pricer
        The prices that evidence is stated in.
    filing
        The waiting line, looked up as far as somebody has asked for it.
    """

    roster: Roster
    state: RoutingState
    policy: RoutingPolicy
    pricer: PricedPolicy

    def __init__(self, records: Records, now: datetime, former: "View | None" = None) -> None:
        self._records = records
        self._day = _midnight(now)
        self.document = records.document
        self._people = sorted((one for one in records.people.values() if one.active), key=lambda one: one.id)
        self._windows = Windows(self._people, self.document.ramp, now)
        self._staffed: StaffedTime | None = None
        self._at_best: Room | None = None
        self._start(now)
        if former is None or former.document.policy != self.document.policy or records.changes.prices:
            self._price()
        else:
            self.policy, self.pricer = former.policy, former.pricer
        if former is None or not _compile_alike(former.roster, self.roster):
            self.filing = Filing(records.cases)
        else:
            self.filing = former.filing
            self.filing.forget_roster()
        records.changes = Changes(cases=records.changes.cases, accounts=records.changes.accounts)

    def serves(self, now: datetime) -> bool:
        """Whether it can follow the records to `now`."""
        changes = self._records.changes
        return self._day <= now < self._day + _DAY and not changes.roster and len(changes.stated) <= _FEW

    def follow(self, now: datetime) -> None:
        """Take up what events have touched since the last time, as of `now`."""
        changes, self.state.now = self._records.changes, self.roster.clock.hours(now)
        if changes.prices:
            self._price()
        self._follow_people(changes, now)
        for case_id in changes.cases:
            self.filing.note(case_id)
            tell_case(self.state, case_id, self._records.cases.get(case_id))
        if changes.accounts:
            self.filing.refile(changes.accounts)
        self._records.changes = Changes()

    @property
    def until(self) -> datetime:
        """The first moment at which a ramp begins or ends, or the day is over."""
        return min(self._day + _DAY, self._windows.limits_hold.until)

    @property
    def intake_until(self) -> datetime:
        """Up to when no case that was taken leaves a window of intake."""
        return self._windows.counts_hold.until

    @property
    def line(self) -> WaitingLine:
        """What waits."""
        return self.filing.line(self._records.cases, self.profile)

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

    def note(self, case_id: str) -> None:
        """Look up again whether a case waits when the line is next asked for."""
        self.filing.note(case_id)

    def profile(self, case: Case) -> CaseProfile:
        """Compile a case for this roster."""
        return self.roster.profile(case)

    def limit(self, specialist: int) -> IntakeLimit | None:
        """The limit on new cases of `specialist` (an index), the ramp included; None for no limit."""
        return self._windows.limit(specialist)

    def indices(self, specialist_ids: Iterable[str]) -> list[int]:
        """Indices of those of `specialist_ids` who take cases, rising."""
        known = self.roster.index_by_id
        return sorted({known[name] for name in specialist_ids if name in known})

    def _start(self, now: datetime) -> None:
        """Compile everybody, and lay out every book and case."""
        records, clock = self._records, Clock(self._day)
        specialists = tuple(self._windows.specialist(j) for j in range(len(self._people)))
        self.roster = Roster(specialists, records.accounts, self.document.routing, clock, SEARCH_DAYS)
        self.state = RoutingState.start(self.roster, clock.hours(now))
        self.state.ties = Ties(linked=records.linked, separated=records.separated)
        for j in range(len(self._people)):
            self._set_book(j, now)
        for case_id, case in records.cases.items():
            tell_case(self.state, case_id, case)

    def _price(self) -> None:
        sample = self._records.sample_cases()
        self.policy = policy_by_name(self.document.policy, sample=sample)
        self.pricer = self.policy if isinstance(self.policy, PricedPolicy) else PricedPolicy(sample)

    def _follow_people(self, changes: Changes, now: datetime) -> None:
        """Take up what was stated of people and what their books hold, and what time has done to limits and windows."""
        windows, stated = self._windows, set(self.indices(changes.stated))
        for j in stated:
            windows.set_limit(j, now)
        if not windows.limits_hold.holds(now):
            stated.update(windows.set_limits(now))
        if stated:
            self._restate(stated)
        if stated or not windows.counts_hold.holds(now):
            for j, left in windows.count(now):
                self.state.intake_left[j] = left
        for j in stated.union(self.indices(changes.people)):
            self._set_book(j, now)

    def _restate(self, stated: Iterable[int]) -> None:
        """Let the roster say of some people what is true of them now."""
        self.roster = self.roster.with_specialists({j: self._windows.specialist(j) for j in stated})
        self.state.follow(self.roster)
        self.filing.forget_roster()
        self._staffed = self._at_best = None

    def _set_book(self, j: int, now: datetime) -> None:
        tell_book(self.state, j, self._people[j], self._windows.left(j, now))


def _compile_alike(before: Roster, after: Roster) -> bool:
    """Whether a case compiles to the same for both: same day and policy, same people, same authority."""
    return (
        before.clock == after.clock
        and before.settings is after.settings
        and [(one.id, one.authority) for one in before.specialists] == [(one.id, one.authority) for one in after.specialists]
    )


def _midnight(now: datetime) -> datetime:
    """When the day of `now` began, in UTC: hour 0 of the clock."""
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
