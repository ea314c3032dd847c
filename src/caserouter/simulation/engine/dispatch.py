"""Dispatch: gives each case, or contact that is routed on its own, to whom the production policy names; the rest wait in line.

Whatever may admit somebody pulls from the line at once: freed capacity, a shift that comes within reach, a credential that begins, a rule
that relaxes with age, a first response that falls overdue, a decline that runs out.
"""

from collections.abc import Callable
from math import inf

from caserouter.routing.policy import Chosen, RoutingPolicy
from caserouter.routing.profile import CaseProfile
from caserouter.routing.result import WAITING
from caserouter.routing.waiting_line import WaitingLine
from caserouter.simulation.engine.agenda import Agenda, Happening
from caserouter.simulation.engine.books import Books
from caserouter.simulation.engine.case_run import CaseRun
from caserouter.simulation.plans import StagePlan

Assigned = Callable[[CaseRun, StagePlan | None, CaseProfile, int, float], None]


class Dispatch:
    """Routes cases as the service does.

    Parameters
    ----------
    agenda, books
        The time, and the books.
    policy
        Who decides.
    line
        What waits.
    assigned
        Called with a case, the stage where a single contact is meant, what was routed and the specialist's number, once it is in the book.
    """

    def __init__(self, agenda: Agenda, books: Books, policy: RoutingPolicy, line: WaitingLine, assigned: Assigned) -> None:
        self._agenda = agenda
        self._books = books
        self._state = state = books.state
        self._policy = policy
        self._line = line
        self._assigned = assigned
        self._wanted: dict[str, tuple[CaseRun, StagePlan | None]] = {}
        self._pulling = False
        self._again = False
        self._wakes = inf
        self._relax_after = sorted(relaxation.after_hours for relaxation in state.roster.settings.relaxations.values())
        self._only = [(j,) for j in range(state.roster.num_specialists)]

    def offer(self, case: CaseRun, stage: StagePlan | None, profile: CaseProfile, now: float) -> None:
        """Route a case, or one contact of it, now; it waits in line where nobody may take it."""
        state = self._state
        state.now = now
        specialist = self._policy.place(profile, state).specialist
        if specialist == WAITING:
            self._wanted[profile.id] = (case, stage)
            self._line.add(profile)
            self._watch(profile, now)
            return
        self._books.hold(profile, specialist, now)
        self._assigned(case, stage, profile, specialist, now)

    def withdraw(self, name: str) -> None:
        """Take whatever waits under this id out of the line."""
        del self._wanted[name]
        self._line.remove(name)

    def waits(self, name: str) -> bool:
        """Whether something waits in line under this id."""
        return name in self._wanted

    def pull_for(self, specialist: int, now: float) -> None:
        """Serve the line after one specialist's capacity was freed."""
        if self._wanted:
            self._pull(self._only[specialist], now)

    def pull(self, now: float) -> None:
        """Serve the line after something else has changed."""
        if self._wanted:
            self._pull(None, now)

    def _pull(self, specialists: Chosen | None, now: float) -> None:
        if self._pulling:  # an assignment under way freed something: serve the line once more, for everybody
            self._again = True
            return
        self._pulling = True
        state = self._state
        state.now = now
        for profile, decision in self._line.serve(self._policy, specialists, state):
            case, stage = self._wanted.pop(profile.id)
            self._books.hold(profile, decision.specialist, now)
            self._assigned(case, stage, profile, decision.specialist, now)
        self._pulling = False
        if self._again:
            self._again = False
            self.pull(now)
        elif self._wanted:
            self._wake_later(now)

    def _watch(self, profile: CaseProfile, now: float) -> None:
        """Come back to the line at the moments that may admit somebody to this case."""
        if now < profile.first_response_due < inf:
            self._agenda.at(profile.first_response_due, self._wake)
        for hours in self._relax_after:
            if profile.created + hours > now:
                self._agenda.at(profile.created + hours, self._wake)
        self._wake_later(now)

    def _wake_later(self, now: float) -> None:
        """Come back to the line when somebody's presence changes."""
        changes = self._state.roster.staffing.presence(now).valid_until
        if changes < self._wakes:
            self._wakes = changes
            self._agenda.at(changes, self._presence_changes)

    def _presence_changes(self, _event: Happening) -> None:
        self._wakes = inf
        self.pull(self._agenda.now)

    def _wake(self, _event: Happening) -> None:
        self.pull(self._agenda.now)
