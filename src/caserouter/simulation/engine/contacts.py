"""Contacts: whether one still takes place when its turn comes, and what follows on its beginning and on its end."""

from math import isnan

from caserouter.simulation.engine.approvals import Approvals
from caserouter.simulation.engine.case_run import CONTACT_HOURS, IN_BOOK, NUM_CONTACTS, OFF_SHIFT, Cause, WorkItem
from caserouter.simulation.engine.commitments import Commitments
from caserouter.simulation.engine.dispatch import Dispatch
from caserouter.simulation.engine.ending import Ending
from caserouter.simulation.engine.journal import Journal
from caserouter.simulation.engine.ledger import Ledger
from caserouter.simulation.engine.tenure import Tenure
from caserouter.simulation.engine.walk import Walk
from caserouter.simulation.plans import END, StagePlan
from caserouter.simulation.records import ContactKind
from caserouter.simulation.world import World


class Contacts:
    """Stands between the desks, where contacts are worked, and the cases that they belong to.

    Parameters
    ----------
    world, journal, ledger
        The scenario, what is noted down, and where contacts are written.
    walk, tenure, ending
        What leads cases through their stages, who holds them, and how they end.
    """

    def __init__(self, world: World, journal: Journal, ledger: Ledger, walk: Walk, tenure: Tenure, ending: Ending) -> None:
        self._note = journal.note
        self._noting = journal.entries is not None
        self._ledger = ledger
        self._walk = walk
        self._tenure = tenure
        self._ending = ending
        self._dated = any(held.valid_from or held.valid_until for one in world.roster.specialists for held in one.credentials)

    def join(self, dispatch: Dispatch, commitments: Commitments, approvals: Approvals) -> None:
        """Get to know those who come into it later."""
        self._dispatch = dispatch
        self._commitments = commitments
        self._approvals = approvals

    def may_begin(self, item: WorkItem, now: float) -> bool:
        """Whether a contact still takes place: it is still wanted, and whoever is to make it may still work on the case."""
        if item.stage is None and not self._still_wanted(item):
            return False
        if self._dated and item.case.plan.dated and item.kind != ContactKind.APPROVAL and not self._tenure.admits(item, now):
            self._lapsed(item, now)
            return False
        return True

    def _still_wanted(self, item: WorkItem) -> bool:
        case = item.case
        if item.kind == ContactKind.APPROVAL:
            if not case.live:
                self._approvals.done(item)
            return case.live
        return item.kind == ContactKind.CONFIRMATION or case.holder == item.desk

    def _lapsed(self, item: WorkItem, now: float) -> None:
        """A credential has ended: somebody else makes the contact, but nobody else confirms."""
        case = item.case
        self._note(now, case.name, "credential lapsed", item.desk)
        if item.kind == ContactKind.CONFIRMATION:
            self._ending.confirmed(item)
        elif case.unit is not None and item.stage is not None:
            self._tenure.lose_unit(case, now)
        else:
            self._tenure.hand_back(case, now)

    def begun(self, item: WorkItem, now: float) -> None:
        """A contact begins."""
        case = item.case
        if self._noting:
            self._note(now, case.name, f"{item.kind.name.lower()} contact begins", item.desk)
        if item.stage is not None:
            case.line[IN_BOOK] += item.in_book
            case.line[OFF_SHIFT] += item.off_shift
            case.since = now
        elif item.kind == ContactKind.APPROVAL:
            return
        elif case.extras:
            self._commitments.begins(item)
        case.line[NUM_CONTACTS] += 1
        if isnan(case.first_contact):
            case.first_contact = now
        if item.customer_facing:
            if isnan(case.first_response):
                case.first_response = now
            if case.open_commitments or case.extras or case.plan.chase is not None:
                self._commitments.heard(case, now)

    def ended(self, item: WorkItem, now: float) -> None:
        """A contact has ended, documentation included."""
        case = item.case
        self._ledger.contact(item, now)
        if self._noting:
            self._note(now, case.name, f"{item.kind.name.lower()} contact ends", item.desk)
        if item.stage is not None:
            self._stage_ended(item, item.stage, now)
        elif item.kind == ContactKind.APPROVAL:
            self._approvals.done(item)
            self._walk.approved(case, now)
        elif item.kind == ContactKind.CONFIRMATION:
            self._ending.confirmed(item)
        elif case.live and case.plan.chase is not None and case.cause != Cause.CUSTOMER:
            self._commitments.silence(case)

    def broken_off(self, item: WorkItem, now: float) -> None:
        """A long absence ends a suspended contact: the next one works a stage anew, or is asked to approve; anything else counts as done."""
        if item.stage is None and item.kind != ContactKind.APPROVAL:
            self.ended(item, now)
            return
        case = item.case
        self._ledger.contact(item, now)
        self._note(now, case.name, f"{item.kind.name.lower()} contact broken off", item.desk)
        if item.stage is None:
            self._approvals.ask_again(item, now)
            return
        self._account_for(item, now)
        if case.unit is not None:
            self._tenure.lose_unit(case, now)

    def _account_for(self, item: WorkItem, now: float) -> None:
        """Book the time of a contact of the walk."""
        case = item.case
        case.item = None
        case.num_worked += 1
        case.line[CONTACT_HOURS] += now - item.start - item.suspended
        case.line[OFF_SHIFT] += item.suspended
        case.since = now

    def _stage_ended(self, item: WorkItem, stage: StagePlan, now: float) -> None:
        case = item.case
        self._account_for(item, now)
        follower = self._walk.follower(case, stage)
        if follower != END:
            if stage.commitment is not None:
                self._commitments.commit(case, stage.commitment, now)
            if case.plan.chase is not None and item.customer_facing:
                self._commitments.silence(case)
        if case.unit is None:
            self._walk.go_to(case, follower, now)
        else:
            holder = self._tenure.release_unit(case, now)
            self._dispatch.freed(holder, lambda: self._walk.go_to(case, follower, now), now)
        if case.leaving:
            self._tenure.hand_back(case, now)
