"""The ledger: writes down cases and contacts, and knows when enough has been seen."""

from collections.abc import Callable
from math import inf, isnan, nan
from operator import attrgetter

from caserouter.simulation.engine.agenda import Agenda, Happening
from caserouter.simulation.engine.case_run import CaseRun, Cause, WorkItem
from caserouter.simulation.records import CASE_COLUMN, CASE_COLUMNS, CONTACT_COLUMNS, Buffer

_MOMENT = 1e-9
_PAUSE = 24.0
"""Hours after which a case whose clock stands still is looked at again."""


_ASSIGNED = CASE_COLUMN["assigned"]
_REOPENS, _APPROVALS = CASE_COLUMN["reopens"], CASE_COLUMN["approvals"]
_MET = CASE_COLUMN["first_response_met"]
_OF_CASE = {"stream": "case.stream", "ordinal": "case.ordinal", "case_type": "case.plan.number", "measured": "case.measured"}
_CONTACT = attrgetter(
    *({**_OF_CASE, "stage": "stage_number", "specialist": "desk"}.get(column, column) for column in CONTACT_COLUMNS)
)


class Ledger:
    """Writes down what happened, and stops the agenda once the whole cohort is settled.

    A case of the cohort is settled when it is resolved for good, abandoned, or past all its targets.

    Parameters
    ----------
    agenda
        The time.
    window
        First and last hour of the measured window.
    tail
        Hours after the window at which the run ends in any case.
    abandoned
        How abandoned cases count in service levels, as the scenario says.
    """

    def __init__(self, agenda: Agenda, window: tuple[float, float], tail: float, abandoned: str) -> None:
        self._agenda = agenda
        self._window = window
        self._abandoned = abandoned
        self._cases = Buffer(CASE_COLUMNS)
        self._contacts = Buffer(CONTACT_COLUMNS)
        self._open: dict[CaseRun, None] = {}
        self._unsettled = 0
        self._closing = False
        agenda.after(window[1], self._close)
        agenda.after(window[1] + tail, self._give_up)

    def opened(self, case: CaseRun) -> None:
        """A case has arrived."""
        self._open[case] = None
        if case.measured:
            self._unsettled += 1

    def contact(self, item: WorkItem, now: float) -> None:
        """A contact has ended."""
        item.end = now
        self._contacts.append(_CONTACT(item))

    def settle(self, case: CaseRun) -> None:
        """Nothing that is measured can happen to the case any more, or it is past its targets."""
        if case.measured and not case.settled:
            case.settled = True
            self._unsettled -= 1
            if self._closing and not self._unsettled:
                self._agenda.stop()

    def closed(self, case: CaseRun) -> None:
        """The case is over for good."""
        self.settle(case)
        del self._open[case]
        self._write(case)

    def reopened(self, case: CaseRun) -> None:
        """The case is open: once the window is over, watch for its targets to pass."""
        if self._closing and case.measured and case.live and not case.settled:
            self._look_again(case)

    def finish(self, cut: Callable[[CaseRun], None]) -> tuple[Buffer, Buffer]:
        """Write down what is still open, each after `cut` has ended the wait or contact that it is in; the tables of cases and contacts."""
        now = self._agenda.now
        for case in self._open:
            cut(case)
            due = case.plan.resolution
            if due is not None and _is_paused(case):
                case.resolution_due = due.moved(case.resolution_due, case.since, now)
            case.switch(Cause.NONE, now)
            self._write(case)
        self._open.clear()
        return self._cases, self._contacts

    def _close(self, _event: Happening) -> None:
        """The window is over: wait for the cohort to be settled, target by target."""
        self._closing = True
        for case in tuple(self._open):
            self.reopened(case)
        if not self._unsettled:
            self._agenda.stop()

    def _look_again(self, case: CaseRun) -> None:
        due = max(_finite(case.first_response_due), case.resolution_due if case.plan.resolution else inf)
        if due == inf:
            return
        now = self._agenda.now
        if due >= now:
            self._agenda.at(due + _MOMENT, self._passed, case)
        elif _is_paused(case):
            self._agenda.after(_PAUSE, self._passed, case)
        else:
            self.settle(case)

    def _passed(self, event: Happening) -> None:
        if not event.value.settled and event.value.live:
            self._look_again(event.value)

    def _give_up(self, _event: Happening) -> None:
        self._agenda.stop()

    def _write(self, case: CaseRun) -> None:
        plan, line = case.plan, case.line
        first_due, due = case.first_response_due, case.resolution_due
        line[_ASSIGNED : _MET + 2] = (
            case.assigned,
            case.first_contact,
            case.first_response,
            case.resolved,
            case.abandoned,
            case.first_holder,
            case.last_holder,
            first_due,
            due,
            nan if plan.first_response is None else self._met(case, case.first_response, first_due),
            nan if plan.resolution is None else self._met(case, case.resolved, due),
        )
        line[_REOPENS], line[_APPROVALS] = case.reopens, case.approvals
        self._cases.append(line)

    def _met(self, case: CaseRun, moment: float, due: float) -> float:
        """1 or 0 for a target, NaN where it does not count or is undecided."""
        if not isnan(moment):
            return float(moment <= due + _MOMENT)
        if not isnan(case.abandoned):
            if self._abandoned == "excluded":
                return nan
            return float(self._abandoned == "met_if_before_target" and case.abandoned <= due)
        return 0.0 if self._agenda.now > due else nan


def _is_paused(case: CaseRun) -> bool:
    """Whether the resolution clock stands still, as the case waits on the customer."""
    return case.plan.resolution is not None and case.plan.resolution.pauses_on_customer and case.cause == Cause.CUSTOMER


def _finite(hour: float) -> float:
    return -inf if hour == inf else hour
