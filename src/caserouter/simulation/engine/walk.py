"""The walk of a case: what follows on its arrival, on each contact and on each wait, until it is over."""

from caserouter.simulation.draws import CaseDraws
from caserouter.simulation.engine.agenda import Agenda, Happening
from caserouter.simulation.engine.approvals import Approvals
from caserouter.simulation.engine.books import Books
from caserouter.simulation.engine.case_run import CaseRun, Cause, WorkItem
from caserouter.simulation.engine.commitments import Commitments
from caserouter.simulation.engine.departments import Departments
from caserouter.simulation.engine.desks import Desks
from caserouter.simulation.engine.dispatch import Dispatch
from caserouter.simulation.engine.ending import Ending
from caserouter.simulation.engine.journal import Journal
from caserouter.simulation.engine.ledger import Ledger
from caserouter.simulation.engine.templates import Templates
from caserouter.simulation.engine.tenure import Tenure
from caserouter.simulation.plans import END, StagePlan
from caserouter.simulation.records import ContactKind
from caserouter.simulation.world import World


class Walk:
    """Leads cases through their stages.

    Parameters
    ----------
    world, books, agenda, draws, journal
        The scenario, the books, the time, the draws, and what is noted down.
    templates
        Profiles of contacts that are routed on their own.
    departments, ledger
        Who works on cases elsewhere, and where things are written down.
    tenure, ending
        Who holds what, and how cases end.
    """

    def __init__(
        self,
        world: World,
        books: Books,
        agenda: Agenda,
        draws: CaseDraws,
        journal: Journal,
        templates: Templates,
        departments: Departments,
        ledger: Ledger,
        tenure: Tenure,
        ending: Ending,
    ) -> None:
        self._world = world
        self._books = books
        self._state = books.state
        self._agenda = agenda
        self._draws = draws
        self._note = journal.note
        self._noting = journal.entries is not None
        self._templates = templates
        self._departments = departments
        self._ledger = ledger
        self._tenure = tenure
        self._ending = ending

    def join(self, dispatch: Dispatch, desks: Desks, commitments: Commitments, approvals: Approvals) -> None:
        """Get to know those who call back."""
        self._dispatch = dispatch
        self._desks = desks
        self._commitments = commitments
        self._approvals = approvals

    def arrive(self, case: CaseRun) -> None:
        """A case is created."""
        now = case.arrival
        if self._noting:
            self._note(now, case.name, "arrived")
        self._ledger.opened(case)
        plan = case.plan
        if plan.patience is not None:
            patience = self._draws.variate(case.stream, "patience", case.ordinal, 0, plan.patience)
            self._agenda.after(patience, self._ending.lose_patience, case)
        if plan.chase is not None:
            self._commitments.silence(case)
        if plan.per_case:
            self._dispatch.offer(case, None, case.profile, now)
        else:
            self.enter(case, case.stage, now)

    def enter(self, case: CaseRun, number: int, now: float) -> None:
        """The walk reaches a stage."""
        case.stage = number
        stage = case.plan.stages[number]
        if stage.by == "owner":
            if case.holder < 0:
                case.switch(Cause.UNASSIGNED, now)
            elif case.offered:
                self._tenure.await_answer(case, now)
            else:
                self.prepare(case, stage, case.holder, now)
        elif stage.by == "anyone":
            if case.reviews and stage.customer_facing:
                self._review(case, now)
                return
            case.switch(Cause.UNASSIGNED, now)
            template = self._templates.of_contact(case.kind, stage, case.amount)
            self._dispatch.offer(
                case, stage, template.arriving(case.unit_name, case.arrival, case.response_due, case.resolution_due), now
            )
        elif stage.by == "department":
            self._note(now, case.name, "waits on department")
            self._wait(case, Cause.DEPARTMENT, now)
            hours = self._draws.variate(case.stream, "wait", case.ordinal, case.num_waits, stage.handle[0])
            self._departments.enter(stage.department, case.plan.priority, hours, self._wait_over, case)
        else:
            self._note(now, case.name, "waits on customer")
            self._wait(case, Cause.CUSTOMER, now)
            self._commitments.hush(case)
            hours = self._draws.variate(case.stream, "wait", case.ordinal, case.num_waits, stage.handle[0])
            self._agenda.after(hours, self._customer_back, case)

    def prepare(self, case: CaseRun, stage: StagePlan, specialist: int, now: float) -> None:
        """A contact is next: after a review or an approval, if one is due first."""
        if case.reviews and stage.customer_facing:
            self._review(case, now)
        elif stage.decides and not case.approved and self._approvals.needed(case.profile, specialist):
            case.switch(Cause.APPROVAL, now)
            if not case.asked:
                self._note(now, case.name, "asks for approval", specialist)
                self._approvals.ask(case, specialist, now)
        else:
            self._ready(case, stage, specialist, now)

    def _ready(self, case: CaseRun, stage: StagePlan, specialist: int, now: float) -> None:
        case.switch(Cause.NONE, now)
        due = min(case.response_due, case.resolution_due)
        for commitment in case.open_commitments:
            due = min(due, commitment.due)
        case.item = WorkItem(
            case,
            ContactKind.STAGE,
            stage,
            None,
            due=due,
            expected=stage.handle[specialist].mean + stage.documentation.mean,
            customer_facing=stage.customer_facing,
            number=case.num_worked,
        )
        self._desks.push(specialist, case.item, now)

    def _review(self, case: CaseRun, now: float) -> None:
        """Have the next of the reviews that are due done by its department."""
        _, review = case.plan.reviews[case.reviews[0]]
        self._note(now, case.name, "waits on review")
        self._wait(case, Cause.REVIEW, now)
        hours = self._draws.variate(case.stream, "review", case.ordinal, case.reviews[0], review.handle)
        number = self._world.department_names.index(review.department)
        self._departments.enter(number, case.plan.priority, hours, self._reviewed, case)

    def _reviewed(self, case: CaseRun) -> None:
        if case.live:
            now = self._agenda.now
            case.reviews = case.reviews[1:]
            self._note(now, case.name, "reviewed")
            self._back(case, now)
            self._resume(case, now)

    def approved(self, case: CaseRun, now: float) -> None:
        """An approver has decided."""
        case.approvals += 1
        case.approved, case.asked = True, False
        self._note(now, case.name, "approved")
        if case.live and case.cause == Cause.APPROVAL:
            case.switch(Cause.NONE, now)
            self._resume(case, now)

    def _resume(self, case: CaseRun, now: float) -> None:
        """Take up the stage that a review or an approval came before."""
        stage = case.plan.stages[case.stage]
        if case.unit is not None:
            self.prepare(case, stage, self._books.holder_of(case.unit), now)
        else:
            self.enter(case, case.stage, now)

    def _wait(self, case: CaseRun, cause: Cause, now: float) -> None:
        case.switch(cause, now)
        case.external = True
        self._tenure.park(case, now)

    def _back(self, case: CaseRun, now: float) -> None:
        """The wait is over."""
        due = case.plan.resolution
        if case.cause == Cause.CUSTOMER:
            if due is not None and due.pauses_on_customer:
                case.resolution_due = due.moved(case.resolution_due, case.since, now)
            self._commitments.silence(case)
        case.switch(Cause.NONE, now)
        case.external = False
        case.num_waits += 1
        self._tenure.unpark(case, now)

    def _customer_back(self, event: Happening) -> None:
        self._wait_over(event.value)

    def _wait_over(self, case: CaseRun) -> None:
        if case.live:
            now = self._agenda.now
            self._note(now, case.name, "is back")
            self._back(case, now)
            self.go_to(case, self.follower(case, case.plan.stages[case.stage]), now)

    def follower(self, case: CaseRun, stage: StagePlan) -> int:
        """Number of the stage that follows, or `END`."""
        number = case.num_steps
        case.num_steps += 1
        if len(stage.followers) == 1:
            return stage.followers[0]
        return stage.follower(self._draws.uniform(case.stream, "next", case.ordinal, number))

    def go_to(self, case: CaseRun, follower: int, now: float) -> None:
        """The walk goes on to a stage, or to its `END`."""
        if follower == END:
            self._ending.resolve(case, now)
        else:
            self.enter(case, follower, now)
