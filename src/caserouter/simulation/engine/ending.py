"""The end of a case: resolved, confirmed, reopened, or abandoned before anybody made contact."""

from math import inf, isnan, nan

from caserouter.routing.candidates import may_take
from caserouter.simulation.draws import CaseDraws
from caserouter.simulation.engine.agenda import Agenda, Happening
from caserouter.simulation.engine.books import Books
from caserouter.simulation.engine.case_run import CLOSED_HOURS, HAND_OFFS, CaseRun, Cause, WorkItem
from caserouter.simulation.engine.commitments import Commitments
from caserouter.simulation.engine.desks import Desks
from caserouter.simulation.engine.dispatch import Dispatch
from caserouter.simulation.engine.journal import Journal
from caserouter.simulation.engine.ledger import Ledger
from caserouter.simulation.engine.tenure import Tenure, Walker
from caserouter.simulation.records import ContactKind

_CONFIRM_WITHIN = 24.0
"""Hours within which a confirmation is due, for the sequencing of the book."""


class Ending:
    """Ends cases, and takes up again those that come back.

    Parameters
    ----------
    books, agenda, draws, journal, ledger
        The books, the time, the draws, what is noted down, and where cases are written.
    tenure
        Who holds what.
    """

    def __init__(self, books: Books, agenda: Agenda, draws: CaseDraws, journal: Journal, ledger: Ledger, tenure: Tenure) -> None:
        self._books = books
        self._state = books.state
        self._agenda = agenda
        self._draws = draws
        self._note = journal.note
        self._noting = journal.entries is not None
        self._ledger = ledger
        self._tenure = tenure

    def join(self, walk: Walker, dispatch: Dispatch, desks: Desks, commitments: Commitments) -> None:
        """Get to know those who come into it later."""
        self._walk = walk
        self._dispatch = dispatch
        self._desks = desks
        self._commitments = commitments

    def lose_patience(self, event: Happening) -> None:
        """The customer has waited for a first contact for as long as they would."""
        case, now = event.value, self._agenda.now
        if not isnan(case.first_contact) or not case.live:
            return
        case.abandoned = now
        self._note(now, case.name, "abandoned", case.holder)
        self._tenure.accrue(case, now)
        case.switch(Cause.NONE, now)
        case.live = False
        self._commitments.drop(case)
        for name in (case.name, case.unit_name):
            if self._dispatch.waits(name):
                self._dispatch.withdraw(name)
        if case.unit is not None:
            self._dispatch.pull_for(self._tenure.release_unit(case, now), now)
        if case.holder >= 0:
            holder = case.holder
            self._tenure.let_go(case, now)
            case.holder = holder
            self._dispatch.pull_for(holder, now)
        self.over(case)

    def resolve(self, case: CaseRun, now: float) -> None:
        """The walk has reached its end."""
        case.resolved = now
        case.live = False
        case.switch(Cause.NONE, now)
        if self._noting:
            self._note(now, case.name, "resolved", case.holder)
        if case.open_commitments or case.extras or case.plan.chase is not None:
            self._commitments.drop(case)
        if self._dispatch.waits(case.name):  # it lost its holder meanwhile, and ended without one
            self._dispatch.withdraw(case.name)
        self._expect(case)
        if case.holder >= 0:
            holder = case.holder
            self._tenure.let_go(case, now)
            case.holder = holder
            self._dispatch.pull_for(holder, now)
        if case.pending:
            return
        self.over(case)

    def _expect(self, case: CaseRun) -> None:
        """What follows on the resolution: the customer's return, and before that the confirmation."""
        wait, confirmation = self._return_after(case), case.plan.confirmation
        if wait == inf:
            self._ledger.settle(case)
        else:
            case.pending += 1
            self._agenda.after(wait, self._reopen, case)
        if confirmation is not None and case.holder >= 0 and confirmation.after < wait:
            case.pending += 1
            self._agenda.after(confirmation.after, self._confirm, case)

    def _return_after(self, case: CaseRun) -> float:
        """Hours until the customer comes back, infinite for never."""
        plan, number = case.plan, case.reopens
        if plan.reopen_after is None:
            return inf
        if self._draws.uniform(case.stream, "reopen", case.ordinal, number) >= plan.reopen_probability:
            return inf
        wait = self._draws.variate(case.stream, "reopen_after", case.ordinal, number, plan.reopen_after)
        return wait if wait <= plan.reopen_window else inf

    def _confirm(self, event: Happening) -> None:
        case, now = event.value, self._agenda.now
        confirmation = case.plan.confirmation
        case.confirmation = item = WorkItem(
            case,
            ContactKind.CONFIRMATION,
            None,
            confirmation.handle,
            due=now + _CONFIRM_WITHIN,
            expected=confirmation.handle.mean,
            customer_facing=True,
            number=case.num_confirmations,
        )
        case.num_confirmations += 1
        self._desks.push(case.holder, item, now)

    def confirmed(self, item: WorkItem) -> None:
        """The confirmation has taken place, or never will."""
        case = item.case
        if case.confirmation is item:
            case.confirmation = None
            case.pending -= 1
            if not case.pending:
                self.over(case)

    def _reopen(self, event: Happening) -> None:
        """The customer comes back: the earlier resolution does not count."""
        case, now = event.value, self._agenda.now
        case.pending = 0
        if case.confirmation is not None:
            self._desks.drop(case.confirmation)
            case.confirmation = None
        case.reopens += 1
        case.line[CLOSED_HOURS] += now - case.resolved
        if case.plan.resolution is not None:
            case.resolution_due = case.plan.resolution.moved(case.resolution_due, case.resolved, now)
        case.resolved = nan
        case.live = True
        case.cause = Cause.NONE
        case.since = now
        case.stage = case.plan.reopen_stage
        self._note(now, case.name, "reopened", case.holder)
        self._ledger.reopened(case)
        self._commitments.silence(case)
        if not case.plan.per_case:
            self._walk.enter(case, case.stage, now)
            return
        holder, case.holder = case.holder, -1
        case.switch(Cause.UNASSIGNED, now)
        case.profile = case.profile.arriving(case.name, case.arrival, case.response_due, case.resolution_due)
        self._state.now = now
        if holder >= 0 and may_take(case.profile, holder, self._state):
            self._books.hold(case.profile, holder, now)
            self._tenure.resume(case, holder, now)
        else:
            case.line[HAND_OFFS] += holder >= 0
            self._dispatch.offer(case, None, case.profile, now)

    def over(self, case: CaseRun) -> None:
        """Nothing more will happen to the case."""
        self._state.forget(case.name)
        self._ledger.closed(case)
