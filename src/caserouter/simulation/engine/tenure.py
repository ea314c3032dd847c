"""Tenure: who holds a case, from the assignment until it is let go, handed back, or lost with a credential or a long absence."""

from collections.abc import Callable
from math import isnan
from typing import Protocol

from caserouter.routing.masks import admission
from caserouter.routing.policy import by_urgency
from caserouter.routing.profile import CaseProfile
from caserouter.simulation.draws import CaseDraws
from caserouter.simulation.engine.agenda import Agenda
from caserouter.simulation.engine.approvals import Approvals
from caserouter.simulation.engine.books import Books
from caserouter.simulation.engine.case_run import CONTACT_HOURS, HAND_OFFS, IN_BOOK, OFF_SHIFT, CaseRun, Cause, WorkItem
from caserouter.simulation.engine.commitments import Commitments
from caserouter.simulation.engine.desks import Desks
from caserouter.simulation.engine.dispatch import Dispatch
from caserouter.simulation.engine.journal import Journal
from caserouter.simulation.engine.offers import Offers
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
        self._note = journal.note
        self._noting = journal.entries is not None
        self._offers = Offers(world, books.state, agenda, draws, journal, accepted=self._accepted, refused=self.hand_back)

    def join(
        self,
        walk: Walker,
        dispatch: Dispatch,
        desks: Desks,
        approvals: Approvals,
        commitments: Commitments,
        *,
        broken_off: Callable[[WorkItem, float], None],
    ) -> None:
        """Get to know those who come into it later; `broken_off` is called with a suspended contact that will not be resumed."""
        self._walk = walk
        self._dispatch = dispatch
        self._desks = desks
        self._approvals = approvals
        self._commitments = commitments
        self._broken_off = broken_off
        self._offers.join(dispatch, desks)

    def assigned(self, case: CaseRun, stage: StagePlan | None, profile: CaseProfile, specialist: int, now: float) -> None:
        """Routing has given the case, or one contact of it, to a specialist."""
        if self._noting:
            self._note(now, profile.id, "assigned", specialist)
        if stage is None or not case.plan.per_case:
            case.last_holder = specialist
        if isnan(case.assigned):
            case.assigned = now
            case.first_holder = specialist
        if stage is not None:
            case.unit = profile
            self._walk.prepare(case, stage, specialist, now)
            return
        case.holder = specialist
        self._desks[specialist].held[case] = None
        if self._offers.asks(specialist):
            self._offers.make(case, now)
            if self._stands_still(case):
                self._offers.await_answer(case, now)
        else:
            self._go_on(case, now)

    def resume(self, case: CaseRun, specialist: int, now: float) -> None:
        """A case comes back to the owner whom it had, who is not asked again."""
        case.holder = specialist
        self._desks[specialist].held[case] = None
        self._note(now, case.name, "back with its owner", specialist)
        self._go_on(case, now)

    def await_answer(self, case: CaseRun, now: float) -> None:
        """The walk needs the holder, who has not accepted the case yet."""
        self._offers.await_answer(case, now)

    def _accepted(self, case: CaseRun, now: float) -> None:
        case.offered = False
        if case.item is not None and case.item.stage is None:  # it stood still for the answer
            self.accrue(case, now)
        self._go_on(case, now)

    def _go_on(self, case: CaseRun, now: float) -> None:
        """The holder takes the case up where it stands."""
        if case.extras:
            self._commitments.pass_on(case, now)
        if case.external:
            self.park(case, now)
        elif self._stands_still(case):
            self._walk.enter(case, case.stage, now)

    def _stands_still(self, case: CaseRun) -> bool:
        """Whether the walk waits for a holder and for nothing else."""
        if case.external or case.item is not None or case.unit is not None or case.cause == Cause.APPROVAL:
            return False
        routed = case.plan.stages[case.stage].by == "anyone"
        return not routed or not self._dispatch.waits(case.unit_name)

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

    def release_unit(self, case: CaseRun, now: float) -> int:
        """The contact that was routed on its own is over, or goes to somebody else; who had it, and is free now."""
        unit, case.unit = case.unit, None
        assert unit is not None
        holder = self._books.release(unit, now)
        self._state.forget(unit.id)
        return holder

    def hand_back(self, case: CaseRun, now: float) -> None:
        """The holder can no longer keep the case: it goes back to the queue, once a contact of theirs that is under way has ended."""
        item = case.item
        if item is not None and case.unit is None:
            if self._desks[item.desk].item is item:
                case.leaving = True
                return
            self.accrue(case, now)
        self._lose(case, now)

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
            case.line[OFF_SHIFT] += item.suspended
            case.since = now
        else:
            self.accrue(case, now)

    def _lose(self, case: CaseRun, now: float) -> None:
        """Take the case from its holder and route it again; what it waits for meanwhile goes on."""
        case.line[HAND_OFFS] += 1
        self._commitments.take_back(case)
        holder = self.let_go(case, now)
        self._note(now, case.name, "handed back", holder)
        if self._stands_still(case):
            case.switch(Cause.UNASSIGNED, now)
        case.profile = case.profile.arriving(case.name, case.arrival, case.response_due, case.resolution_due)
        self._dispatch.offer(case, None, case.profile, now)
        self._dispatch.pull_for(holder, now)

    def lose_unit(self, case: CaseRun, now: float) -> None:
        """Take the contact that is routed on its own from whoever has it, and route it again."""
        assert case.unit is not None
        case.line[HAND_OFFS] += 1
        self.accrue(case, now)
        self._note(now, case.unit.id, "handed back", self._books.holder_of(case.unit))
        holder = self.release_unit(case, now)
        self._dispatch.freed(holder, lambda: self._walk.enter(case, case.stage, now), now)

    def let_go(self, case: CaseRun, now: float) -> int:
        """Empty the holder's book of the case; who that was."""
        holder = case.holder
        if case.parked:
            self.unpark(case, now)
        self._books.release(case.profile, now)
        del self._desks[holder].held[case]
        case.holder = -1
        case.leaving = case.offered = False
        return holder

    def admits(self, item: WorkItem, now: float) -> bool:
        """Whether whoever is to make a contact may still do so, credentials included."""
        case = item.case
        return self._may(case.profile if item.stage is None or case.unit is None else case.unit, item.desk, now)

    def _may(self, profile: CaseProfile, specialist: int, now: float) -> bool:
        return bool(admission(profile, self._world.roster, now).admitted[specialist])

    def lapse(self, specialist: int) -> None:
        """A credential of the specialist has ended: what needed it goes back to the queue, the most urgent first."""
        now = self._agenda.now
        for case in self._held(specialist):
            if case.plan.dated and not self._may(case.profile, specialist, now):
                self._note(now, case.name, "credential lapsed", specialist)
                self.hand_back(case, now)
        for case in self._units(specialist):
            if case.plan.dated and not self._may(case.unit or case.profile, specialist, now):
                self._note(now, case.name, "credential lapsed", specialist)
                self.lose_unit(case, now)

    def leave(self, specialist: int) -> None:
        """A long absence begins: everything in the specialist's book goes to others, the most urgent first."""
        now = self._agenda.now
        suspended = self._desks.break_off(specialist, now)
        if suspended is not None:
            self._broken_off(suspended, now)
        for case in self._held(specialist):
            self.hand_back(case, now)
        for case in self._units(specialist):
            self.lose_unit(case, now)
        self._approvals.pass_on(specialist, now)

    def _held(self, specialist: int) -> list[CaseRun]:
        return sorted(self._desks[specialist].held, key=_urgency)

    def _units(self, specialist: int) -> list[CaseRun]:
        """Cases of which the specialist has a contact that was routed on its own and has not begun."""
        ready = [item.case for *_, item in self._desks[specialist].book if item.stage is not None and not item.void]
        return sorted((case for case in ready + self._approvals.asked_by(specialist) if case.unit is not None), key=_urgency)


def _urgency(case: CaseRun) -> tuple[int, float, str]:
    return by_urgency(case.profile)
