"""Tenure: who holds a case, from the assignment until it is let go, handed back, or lost with a credential or a long absence."""

from math import isnan
from typing import Protocol

from caserouter.routing.masks import admission
from caserouter.routing.profile import CaseProfile
from caserouter.simulation.draws import CaseDraws
from caserouter.simulation.engine.agenda import Agenda, Happening
from caserouter.simulation.engine.approvals import Approvals
from caserouter.simulation.engine.books import Books
from caserouter.simulation.engine.case_run import CONTACT_HOURS, HAND_OFFS, IN_BOOK, OFF_SHIFT, CaseRun, Cause
from caserouter.simulation.engine.desks import Desks
from caserouter.simulation.engine.dispatch import Dispatch
from caserouter.simulation.engine.journal import Journal
from caserouter.simulation.plans import StagePlan
from caserouter.simulation.world import World


class Walker(Protocol):
    """What leads cases through their stages."""

    def enter(self, case: CaseRun, number: int, now: float) -> None:
        """The walk reaches a stage."""

    def prepare(self, case: CaseRun, stage: StagePlan, specialist: int, now: float) -> None:
        """A contact by `specialist` is next."""


class Tenure:
    """Gives cases to their holders and takes them back.

    Parameters
    ----------
    world, books, agenda, draws, journal
        The scenario, the books, the time, the draws, and what is noted down.
    """

    def __init__(self, world: World, books: Books, agenda: Agenda, draws: CaseDraws, journal: Journal) -> None:
        self._world = world
        self._books = books
        self._state = books.state
        self._agenda = agenda
        self._draws = draws
        self._note = journal.note
        self._noting = journal.entries is not None
        self._offers = tuple(person.group.accept is not None or person.group.declines > 0 for person in world.people)

    def join(self, walk: Walker, dispatch: Dispatch, desks: Desks, approvals: Approvals) -> None:
        """Get to know those who come into it later."""
        self._walk = walk
        self._dispatch = dispatch
        self._desks = desks
        self._approvals = approvals

    def assigned(self, case: CaseRun, stage: StagePlan | None, profile: CaseProfile, specialist: int, now: float) -> None:
        """Routing has given the case, or one contact of it, to a specialist."""
        if self._noting:
            self._note(now, profile.id, "assigned", specialist)
        if isnan(case.assigned):
            case.assigned = now
            case.first_holder = specialist
        if stage is not None:
            case.unit = profile
            self._walk.prepare(case, stage, specialist, now)
            return
        case.holder = specialist
        self._desks[specialist].held[case] = None
        if not self._offers[specialist]:
            self._go_on(case, now)
            return
        group = self._world.people[specialist].group
        case.num_offers += 1
        wait = group.accept and self._draws.variate(case.stream, "accept", case.ordinal, case.num_offers, group.accept)
        case.switch(Cause.IN_BOOK if not case.external else case.cause, now)
        self._agenda.after(wait or 0.0, self._answer_offer, (case, specialist, case.num_offers))

    def _answer_offer(self, event: Happening) -> None:
        """The offered specialist accepts or declines."""
        case, specialist, number = event.value
        if case.holder != specialist or case.num_offers != number or not case.live:
            return
        now = self._agenda.now
        declines = self._world.people[specialist].group.declines
        if declines and self._draws.uniform(case.stream, "decline", case.ordinal, number) < declines:
            until = now + self._world.scenario.routing.decline_for
            self._state.declined.setdefault(case.name, {})[specialist] = until
            self._note(now, case.name, "declined", specialist)
            self._agenda.at(until, self._look_again, specialist)
            self.hand_back(case, now)
            return
        self._note(now, case.name, "accepted", specialist)
        self._go_on(case, now)

    def _look_again(self, event: Happening) -> None:
        self._dispatch.pull_for(event.value, self._agenda.now)

    def _go_on(self, case: CaseRun, now: float) -> None:
        """The holder takes the case up where it stands."""
        if case.external:
            self.park(case, now)
        elif case.item is None and case.cause != Cause.APPROVAL:
            self._walk.enter(case, case.stage, now)

    def park(self, case: CaseRun, now: float) -> None:
        """A held case that waits elsewhere counts less."""
        units = case.plan.weight - case.plan.parked_weight
        if case.holder >= 0 and units and not case.parked:
            case.parked = units
            self._books.park(case.profile, units, now)
            self._dispatch.pull_for(case.holder, now)

    def unpark(self, case: CaseRun, now: float) -> None:
        """A parked case counts in full again."""
        if case.parked:
            self._books.unpark(case.profile, case.parked, now)
            case.parked = 0

    def release_unit(self, case: CaseRun, now: float) -> None:
        """The contact that was routed on its own is over, or goes to somebody else."""
        unit, case.unit = case.unit, None
        assert unit is not None
        holder = self._books.release(unit, now)
        self._state.forget(unit.id)
        self._dispatch.pull_for(holder, now)

    def hand_back(self, case: CaseRun, now: float) -> None:
        """The holder can no longer keep the case: it goes back to the queue."""
        holder = case.holder
        if case.item is not None and self._desks[holder].item is case.item:
            case.leaving = True
            return
        self.accrue(case, now)
        self.lose(case, now)

    def accrue(self, case: CaseRun, now: float) -> None:
        """Book the time that the ready contact of the walk has waited, and forget that contact."""
        item = case.item
        if item is not None:
            in_book, off_shift = self._desks.waited(item, now)
            case.line[IN_BOOK] += in_book
            case.line[OFF_SHIFT] += off_shift
            case.since = now
            case.cause = Cause.NONE
            case.item = None
            self._desks.withdraw(item)

    def cut(self, case: CaseRun) -> None:
        """The replication ends: book the time of the contact of the walk, under way or ready, up to now."""
        item, now = case.item, self._agenda.now
        if item is not None and self._desks[item.desk].item is item:
            case.line[CONTACT_HOURS] += now - item.start - item.suspended
            case.since = now
        else:
            self.accrue(case, now)

    def lose(self, case: CaseRun, now: float) -> None:
        """Take the case, or the contact that is routed on its own, from whoever has it, and route it again."""
        case.leaving = False
        case.line[HAND_OFFS] += 1
        if case.unit is not None:
            self.release_unit(case, now)
            self._walk.enter(case, case.stage, now)
            return
        holder = self.let_go(case, now)
        self._note(now, case.name, "handed back", holder)
        if not case.external and case.cause != Cause.APPROVAL:
            case.switch(Cause.UNASSIGNED, now)
        self._offer_again(case, now)
        self._dispatch.pull_for(holder, now)

    def let_go(self, case: CaseRun, now: float) -> int:
        """Empty the holder's book of the case; who that was."""
        holder = case.holder
        if case.parked:
            self.unpark(case, now)
        self._books.release(case.profile, now)
        del self._desks[holder].held[case]
        case.holder = -1
        return holder

    def _offer_again(self, case: CaseRun, now: float) -> None:
        case.profile = case.profile.arriving(case.name, case.arrival, case.first_response_due, case.resolution_due)
        self._dispatch.offer(case, None, case.profile, now)

    def admits(self, case: CaseRun, specialist: int, now: float) -> bool:
        """Whether the specialist may still work on the case, credentials included."""
        profile = case.unit or case.profile
        return bool(admission(profile, self._world.roster, now).admitted[specialist])

    def lapse(self, specialist: int) -> None:
        """A credential of the specialist has ended: the cases that needed it go back to the queue."""
        now = self._agenda.now
        for case in tuple(self._desks[specialist].held):
            if case.plan.dated and not self.admits(case, specialist, now):
                self._note(now, case.name, "credential lapsed", specialist)
                self.hand_back(case, now)

    def leave(self, specialist: int) -> None:
        """A long absence begins: everything that the specialist holds goes back to the queue, approvals to somebody else."""
        for case in tuple(self._desks[specialist].held):
            self.hand_back(case, self._agenda.now)
        self._approvals.pass_on(specialist)
