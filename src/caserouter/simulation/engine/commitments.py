"""What customers were told to expect: commitments that fall due, and the calls of those who hear nothing.

A status contact, or the answer to a customer who chases, is the holder's. Where nobody holds the case it waits for the next holder, and it
passes on with a hand-off; what has not begun when the case is resolved is not needed any more. A case whose contacts are routed one by one
has no holder: there the customer calls in vain.
"""

from collections.abc import Iterable

from caserouter.simulation.draws import CaseDraws
from caserouter.simulation.engine.agenda import Agenda, Happening
from caserouter.simulation.engine.case_run import CHASES, COMMITMENTS, COMMITMENTS_KEPT, CaseRun, Cause, OpenCommitment, WorkItem
from caserouter.simulation.engine.desks import Desks
from caserouter.simulation.engine.journal import Journal
from caserouter.simulation.language.case_type import Commitment
from caserouter.simulation.language.quantities import Timing
from caserouter.simulation.records import ContactKind

_ELSEWHERE = frozenset({Cause.DEPARTMENT, Cause.CUSTOMER, Cause.APPROVAL, Cause.REVIEW})
_MOMENT = 1e-9
"""Hours by which a commitment outlives its due time, so that a contact that begins just then keeps it."""


class Commitments:
    """Keeps track of what customers were promised, and of their patience with silence.

    Parameters
    ----------
    agenda, draws, desks, journal
        The time, the draws, the books that status contacts and answers go into, and what is noted down.
    """

    def __init__(self, agenda: Agenda, draws: CaseDraws, desks: Desks, journal: Journal) -> None:
        self._agenda = agenda
        self._draws = draws
        self._desks = desks
        self._note = journal.note

    def heard(self, case: CaseRun, now: float) -> None:
        """A customer-facing contact begins: open commitments are kept, and other status contacts are not needed any more."""
        case.silence += 1
        for commitment in case.open_commitments:
            if commitment.open:
                commitment.open = False
                case.line[COMMITMENTS] += 1
                case.line[COMMITMENTS_KEPT] += 1
                self._note(now, case.name, "commitment kept")
        case.open_commitments = ()
        if case.extras:
            self._withdraw(item for item in case.extras if item.kind == ContactKind.STATUS)
            case.extras = tuple(item for item in case.extras if item.kind != ContactKind.STATUS)

    def commit(self, case: CaseRun, commitment: Commitment, now: float) -> None:
        """A contact has ended that may have promised a follow-up."""
        number = case.num_committed
        case.num_committed += 1
        if (
            commitment.probability < 1.0
            and self._draws.uniform(case.stream, "commitment", case.ordinal, number) >= commitment.probability
        ):
            return
        made = OpenCommitment(now + commitment.within, commitment.handle)
        case.open_commitments = (*case.open_commitments, made)
        self._note(now, case.name, "commitment made")
        self._agenda.after(max(commitment.within - commitment.lead, 0.0), self._follow_up, (case, made))
        self._agenda.after(commitment.within + _MOMENT, self._fall_due, (case, made))

    def drop(self, case: CaseRun) -> None:
        """The case is over: what was promised no longer matters, and nobody waits for word."""
        case.silence += 1
        for commitment in case.open_commitments:
            commitment.open = False
        case.open_commitments = ()
        self._withdraw(case.extras)
        case.extras = ()

    def begins(self, item: WorkItem) -> None:
        """A status contact, or an answer to a customer who chases, begins."""
        item.case.extras = tuple(other for other in item.case.extras if other is not item)

    def take_back(self, case: CaseRun) -> None:
        """The holder loses the case: what the customer is to hear waits for the next one."""
        self._withdraw(case.extras)
        case.extras = tuple(item.again() for item in case.extras)

    def pass_on(self, case: CaseRun, now: float) -> None:
        """A holder takes the case up, and with it what the customer is to hear."""
        for item in case.extras:
            if item.desk < 0:
                self._desks.push(case.holder, item, now)

    def hush(self, case: CaseRun) -> None:
        """The next word is the customer's: until then nobody waits for ours."""
        case.silence += 1

    def silence(self, case: CaseRun) -> None:
        """The customer hears nothing from now on."""
        chase = case.plan.chase
        if chase is None:
            return
        case.silence += 1
        wait = self._draws.variate(case.stream, "silence", case.ordinal, case.silence, chase.after)
        self._agenda.after(wait, self._chase, (case, case.silence))

    def _follow_up(self, event: Happening) -> None:
        """A commitment is about to fall due: if the case waits elsewhere, its holder calls all the same."""
        case, commitment = event.value
        if commitment.open and case.plan.per_case and case.cause in _ELSEWHERE:
            self._add(case, ContactKind.STATUS, commitment.timing, commitment.due, case.num_status)
            case.num_status += 1

    def _fall_due(self, event: Happening) -> None:
        case, commitment = event.value
        if commitment.open:
            commitment.open = False
            case.line[COMMITMENTS] += 1
            case.open_commitments = tuple(other for other in case.open_commitments if other is not commitment)
            self._note(self._agenda.now, case.name, "commitment broken")

    def _chase(self, event: Happening) -> None:
        """The customer has heard nothing for long, and calls."""
        case, silence = event.value
        chase = case.plan.chase
        if silence != case.silence or not case.live or chase is None:
            return
        called = chase.probability == 1.0 or (
            self._draws.uniform(case.stream, "chase", case.ordinal, silence) < chase.probability
        )
        if called:
            number = int(case.line[CHASES])
            case.line[CHASES] += 1
            self._note(self._agenda.now, case.name, "customer chases")
            if case.plan.per_case:
                self._add(case, ContactKind.CHASE, chase.handle, self._agenda.now, number)
        self.silence(case)

    def _add(self, case: CaseRun, kind: ContactKind, timing: Timing, due: float, number: int) -> None:
        item = WorkItem(case, kind, None, timing, due=due, expected=timing.mean, customer_facing=True, number=number)
        case.extras = (*case.extras, item)
        if case.holder >= 0 and not case.offered:
            self._desks.push(case.holder, item, self._agenda.now)

    def _withdraw(self, items: Iterable[WorkItem]) -> None:
        for item in items:
            if item.desk >= 0:
                self._desks.withdraw(item)
