"""Offers: a case that is assigned to somebody who wants to be asked becomes theirs once it is accepted.

An offer takes capacity from the start and is answered on shift. Whoever declines, or lets the time for an answer pass, is not offered the
same case again for a while.
"""

from collections.abc import Callable
from math import inf

from caserouter.routing.state import RoutingState
from caserouter.simulation.calendars import Stopwatch
from caserouter.simulation.draws import CaseDraws
from caserouter.simulation.engine.agenda import Agenda, Happening
from caserouter.simulation.engine.case_run import CaseRun, Cause, WorkItem
from caserouter.simulation.engine.desks import Desks
from caserouter.simulation.engine.dispatch import Dispatch
from caserouter.simulation.engine.journal import Journal
from caserouter.simulation.records import ContactKind
from caserouter.simulation.world import World

Answered = Callable[[CaseRun, float], None]


class Offers:
    """Offers cases to their holders.

    Parameters
    ----------
    world, state, agenda, draws, journal
        The scenario, the books, the time, the draws, and what is noted down.
    accepted, refused
        Called with the case and the hour.
    """

    def __init__(
        self,
        world: World,
        state: RoutingState,
        agenda: Agenda,
        draws: CaseDraws,
        journal: Journal,
        *,
        accepted: Answered,
        refused: Answered,
    ) -> None:
        self._people = world.people
        self._routing = world.scenario.routing
        self._state = state
        self._agenda = agenda
        self._draws = draws
        self._note = journal.note
        self._accepted = accepted
        self._refused = refused
        asking = {j for j, one in enumerate(world.people) if one.group.accept is not None or one.group.declines > 0}
        self._on_shift = {j: Stopwatch(world.people[j].staffed) for j in asking}

    def join(self, dispatch: Dispatch, desks: Desks) -> None:
        """Get to know those who come into it later."""
        self._dispatch = dispatch
        self._desks = desks

    def asks(self, specialist: int) -> bool:
        """Whether a specialist wants to be asked."""
        return specialist in self._on_shift

    def make(self, case: CaseRun, now: float) -> None:
        """Offer a case to its holder."""
        specialist, number = case.holder, case.num_offers
        case.offered = True
        case.num_offers += 1
        group, latest = self._people[specialist].group, self._routing.accept_within
        hours = self._draws.variate(case.stream, "accept", case.ordinal, number, group.accept) if group.accept else 0.0
        if latest is not None and hours > latest:
            answer, hours = "offer timed out", latest
        elif group.declines and self._draws.uniform(case.stream, "decline", case.ordinal, number) < group.declines:
            answer = "declined"
        else:
            answer = "accepted"
        self._agenda.at(self._on_shift[specialist].later(now, hours), self._answer, (case, case.num_offers, answer))

    def await_answer(self, case: CaseRun, now: float) -> None:
        """The case stands still until the offer is answered: it waits as a contact in the book does, on shift or off."""
        case.switch(Cause.NONE, now)
        case.item = WorkItem(case, ContactKind.STAGE, None, None, due=inf, expected=0.0, customer_facing=False, number=0)
        self._desks.stamp(case.holder, case.item, now)

    def _answer(self, event: Happening) -> None:
        case, number, answer = event.value
        if not case.offered or case.num_offers != number:
            return
        now = self._agenda.now
        self._note(now, case.name, answer, case.holder)
        if answer == "accepted":
            self._accepted(case, now)
            return
        until = now + self._routing.decline_for
        self._state.declined.setdefault(case.name, {})[case.holder] = until
        self._agenda.at(until, self._look_again, case.holder)
        self._refused(case, now)

    def _look_again(self, event: Happening) -> None:
        self._dispatch.pull_for(event.value, self._agenda.now)
