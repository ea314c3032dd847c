"""One replication, wired: every part of the floor and how they know one another."""

from caserouter.routing.policies import policy_by_name
from caserouter.routing.policy import RoutingPolicy
from caserouter.routing.state import RoutingState
from caserouter.routing.waiting_line import WaitingLine
from caserouter.simulation.engine.agenda import Agenda
from caserouter.simulation.engine.approvals import Approvals
from caserouter.simulation.engine.arrivals import Arrivals
from caserouter.simulation.engine.books import Books
from caserouter.simulation.engine.commitments import Commitments
from caserouter.simulation.engine.contacts import Contacts
from caserouter.simulation.engine.departments import Departments
from caserouter.simulation.engine.desks import Desks
from caserouter.simulation.engine.dispatch import Dispatch
from caserouter.simulation.engine.ending import Ending
from caserouter.simulation.engine.journal import Entry, Journal
from caserouter.simulation.engine.ledger import Ledger
from caserouter.simulation.engine.presence import Presence
from caserouter.simulation.engine.templates import Templates
from caserouter.simulation.engine.tenure import Tenure
from caserouter.simulation.engine.walk import Walk
from caserouter.simulation.records import Records
from caserouter.simulation.staff_hours import Worked, staff_hours
from caserouter.simulation.trace import DemandTrace
from caserouter.simulation.world import World


class Simulator:
    """Runs one replication of a compiled scenario.

    Parameters
    ----------
    world, trace
        The scenario, and the demand of this replication.
    policy
        Who decides; the scenario's own if None.
    journal
        List that every event is noted in; None notes nothing.
    """

    def __init__(
        self, world: World, trace: DemandTrace, policy: RoutingPolicy | None = None, journal: list[Entry] | None = None
    ) -> None:
        routing, window = world.scenario.routing, world.scenario.window
        self._world = world
        self._replication = trace.draws.draws.replication
        self._agenda = agenda = Agenda()
        state = RoutingState.start(world.roster)
        self._books = books = Books(state)
        notes = Journal(journal)
        draws = trace.draws
        templates = Templates(world, trace)
        self._ledger = Ledger(agenda, world.window, window.tail, world.scenario.abandoned)
        self._tenure = tenure = Tenure(world, books, agenda, draws, notes)
        ending = Ending(books, agenda, draws, notes, self._ledger, tenure)
        departments = Departments(agenda, world)
        walk = Walk(world, books, agenda, draws, notes, templates, departments, self._ledger, tenure, ending)
        contacts = Contacts(world, notes, self._ledger, walk, tenure, ending)
        self._desks = desks = Desks(
            agenda,
            draws,
            world.people,
            sequencing=routing.sequencing,
            suspend=routing.at_shift_end == "suspend",
            may_begin=contacts.may_begin,
            begun=contacts.begun,
            ended=contacts.ended,
        )
        seed = draws.draws.seed
        line = WaitingLine(routing.order, seed=seed)
        policy = policy or policy_by_name(routing.policy, seed=seed, sample=templates.of_sample())
        dispatch = Dispatch(agenda, books, policy, line, tenure.assigned)
        commitments = Commitments(agenda, draws, desks, notes)
        approvals = Approvals(agenda, state, desks, routing.approval)
        tenure.join(walk, dispatch, desks, approvals, commitments, broken_off=contacts.broken_off)
        ending.join(walk, dispatch, desks, commitments)
        walk.join(dispatch, desks, commitments, approvals)
        contacts.join(dispatch, commitments, approvals)
        self._presence = Presence(world, state, agenda, draws.draws, desks, dispatch, lapse=tenure.lapse, leave=tenure.leave)
        self._presence.start()
        Arrivals(world, trace, agenda, templates, walk.arrive)

    def run(self) -> Records:
        """Let time pass until the whole cohort is settled."""
        self._agenda.run()
        self._desks.cut(self._agenda.now)
        cases, contacts = (buffer.table() for buffer in self._ledger.finish(self._tenure.cut))
        worked = Worked(
            contacts=contacts,
            unfinished=self._desks.unfinished,
            gaps=self._desks.gaps,
            overtime=self._desks.overtime,
            sick=self._presence.sick,
            caseload=self._books.mean_caseload(*self._world.window),
        )
        return Records(
            replication=self._replication,
            window=self._world.window,
            end=self._agenda.now,
            cases=cases.sorted_by("arrival", "stream", "ordinal"),
            contacts=contacts,
            staff=staff_hours(self._world, worked),
            num_events=self._agenda.num_events,
        )
