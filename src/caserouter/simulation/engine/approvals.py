"""Approvals: what is beyond a holder's authority is decided by somebody who has it, in that person's time and out of nobody's capacity."""

import numpy as np

from caserouter.routing.profile import CaseProfile
from caserouter.routing.roster import Roster
from caserouter.routing.state import RoutingState
from caserouter.simulation.engine.agenda import Agenda
from caserouter.simulation.engine.case_run import CaseRun, WorkItem
from caserouter.simulation.engine.desks import Desks
from caserouter.simulation.language.quantities import Timing
from caserouter.simulation.records import ContactKind


class Approvals:
    """Finds approvers and puts approvals into their books.

    Parameters
    ----------
    agenda, state, desks
        The time, and the books.
    timing
        Handle time of an approval.
    """

    def __init__(self, agenda: Agenda, state: RoutingState, desks: Desks, timing: Timing) -> None:
        self._agenda = agenda
        self._state = state
        self._roster: Roster = state.roster
        self._desks = desks
        self._timing = timing
        self._asked: dict[int, dict[WorkItem, int]] = {}

    def needed(self, profile: CaseProfile, specialist: int) -> bool:
        """Whether the decision is beyond the specialist's own authority."""
        asked = profile.signature
        return asked.action is not None and not self._roster.authority.covers(*asked.action, asked.level)[specialist]

    def ask(self, case: CaseRun, specialist: int, now: float) -> None:
        """Put an approval into the book of somebody other than `specialist`."""
        approver = self._approver(case.profile, specialist, now)
        item = WorkItem(
            case,
            ContactKind.APPROVAL,
            None,
            self._timing,
            due=case.resolution_due,
            expected=self._timing.mean,
            customer_facing=False,
            number=case.num_asked,
        )
        case.num_asked += 1
        case.asked = True
        self._asked.setdefault(approver, {})[item] = specialist
        self._desks.push(approver, item, now)

    def done(self, item: WorkItem) -> None:
        """An approver has decided, or need not any more."""
        del self._asked[item.desk][item]

    def ask_again(self, item: WorkItem, now: float) -> None:
        """Ask somebody else for what an approver cannot decide any more."""
        specialist = self._asked[item.desk].pop(item)
        if item.case.live:
            self.ask(item.case, specialist, now)

    def asked_by(self, specialist: int) -> list[CaseRun]:
        """Cases that a specialist has asked an approval for that is still to come."""
        return [item.case for items in self._asked.values() for item, asker in items.items() if asker == specialist]

    def pass_on(self, approver: int, now: float) -> None:
        """An approver begins a long absence: what waits for a decision goes to somebody else."""
        for item in tuple(self._asked.get(approver, ())):
            if self._desks[approver].item is not item:
                self._desks.withdraw(item)
                self.ask_again(item, now)

    def _approver(self, profile: CaseProfile, specialist: int, now: float) -> int:
        """Who decides: of those with the authority whoever is back first, then who has the least ready work, then the first.

        The rules of eligibility see to it that there is one as long as the roster has one.
        """
        asked = profile.signature
        assert asked.action is not None
        able = self._roster.authority.covers(*asked.action, asked.level).copy()
        able[list(asked.excluded)] = False
        able[specialist] = False
        who = np.flatnonzero(able)
        staffing = self._roster.staffing
        back = np.maximum(staffing.presence(now).next_start[staffing.calendar_of[who]], self._state.away_until[who])
        ready = np.array([self._desks[j].ready_hours for j in who.tolist()])
        return int(who[np.lexsort((who, ready, np.maximum(back, now)))[0]])
