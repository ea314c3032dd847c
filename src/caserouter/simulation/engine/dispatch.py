"""Dispatch: gives each case, or contact that is routed on its own, to whom the production policy names; the rest wait in line.

Whatever may admit somebody pulls from the line at once: freed capacity, a shift that comes within reach, a credential that begins, a rule
that relaxes with age, a first response that falls overdue, a decline that runs out.
"""

from collections.abc import Callable, Sequence
from math import inf

import numpy as np

from caserouter.routing.policy import RoutingPolicy
from caserouter.routing.profile import CaseProfile
from caserouter.routing.result import WAITING
from caserouter.routing.roster import Roster
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
        self._gaining = [_sharing_room_with(j, state.roster) for j in range(state.roster.num_specialists)]
        self._joining: list[CaseProfile] | None = None
        self._serving = False
        self._changed: list[int] = []
        self._watched_until = -inf
        self._in_reach = np.zeros(0, dtype=np.bool_)
        self._relax_after = sorted(relaxation.after_hours for relaxation in state.roster.settings.relaxations.values())

    def offer(self, case: CaseRun, stage: StagePlan | None, profile: CaseProfile, now: float) -> None:
        """Route a case, or one contact of it, now; it waits in line where nobody may take it."""
        if self._joining is not None:
            self._joining.append(profile)
            self._wait(case, stage, profile, now)
            return
        state = self._state
        state.now = now
        # Where nobody has room every policy lets a case wait: it need not be asked.
        specialist = self._policy.place(profile, state).specialist if state.num_with_room else WAITING
        if specialist == WAITING:
            self._wait(case, stage, profile, now)
            return
        self._books.hold(profile, specialist, now)
        self._assigned(case, stage, profile, specialist, now)

    def freed(self, specialist: int, go_on: Callable[[], None], now: float) -> None:
        """A contact that was routed on its own has ended: its case goes on, and then the specialist is free for what waits.

        Where others wait, what the case asks for next joins them first, so that it passes nobody who has waited longer.
        """
        if not self._wanted or self._serving:
            go_on()
            self.pull_for(specialist, now)
            return
        joined: list[CaseProfile] = []
        self._joining = joined
        go_on()
        self._joining = None
        self.pull_for(specialist, now)
        for profile in joined:
            self._try(profile.id, now)

    def withdraw(self, name: str) -> None:
        """Take whatever waits under this id out of the line."""
        del self._wanted[name]
        self._line.remove(name)

    def waits(self, name: str) -> bool:
        """Whether something waits in line under this id."""
        return name in self._wanted

    def pull_for(self, specialist: int, now: float) -> None:
        """Serve the line after something has changed that may let one specialist take a case, or others of a team that has a cap."""
        if not self._wanted:
            return
        if self._serving:  # an assignment under way freed something: serve the line once more when it is through
            self._changed.extend(self._gaining[specialist])
        else:
            self._serve(self._gaining[specialist], now)

    def _serve(self, specialists: Sequence[int], now: float) -> None:
        """Let the policy give out what waits to these specialists."""
        self._serving = True
        state = self._state
        state.now = now
        for profile, decision in self._line.serve(self._policy, specialists, state):
            self._take(profile, decision.specialist, now)
        self._serving = False
        if self._changed:
            changed = sorted(set(self._changed))
            self._changed.clear()
            self._serve(changed, now)
        elif self._wanted:
            self._expect_presence(now)

    def _take(self, profile: CaseProfile, specialist: int, now: float) -> None:
        case, stage = self._wanted.pop(profile.id)
        self._books.hold(profile, specialist, now)
        self._assigned(case, stage, profile, specialist, now)

    def _wait(self, case: CaseRun, stage: StagePlan | None, profile: CaseProfile, now: float) -> None:
        self._wanted[profile.id] = (case, stage)
        self._line.add(profile)
        self._watch(profile, now)

    def _watch(self, profile: CaseProfile, now: float) -> None:
        """Come back to a case when its age may admit somebody: a rule relaxes, or its first response is overdue."""
        if now < profile.first_response_due < inf:
            self._agenda.at(profile.first_response_due, self._try_again, profile.id)
        for hours in self._relax_after:
            if profile.created + hours > now:
                self._agenda.at(profile.created + hours, self._try_again, profile.id)
        self._expect_presence(now)

    def _try_again(self, event: Happening) -> None:
        self._try(event.value, self._agenda.now)

    def _try(self, name: str, now: float) -> None:
        """Route a single case or contact of the line, if it waits there."""
        profile = self._line.get(name)
        if profile is None:
            return
        self._state.now = now
        specialist = self._policy.place(profile, self._state).specialist
        if specialist != WAITING:
            self._line.remove(profile.id)
            self._take(profile, specialist, now)

    def _expect_presence(self, now: float) -> None:
        """Come back to the line when somebody's presence changes."""
        if now < self._watched_until:
            return
        presence = self._state.roster.staffing.presence(now)
        self._in_reach = presence.in_reach
        self._watched_until = presence.valid_until
        if self._watched_until < inf:
            self._agenda.at(self._watched_until, self._presence_changes)

    def _presence_changes(self, _event: Happening) -> None:
        """Serve the line for those who have come within reach."""
        if not self._wanted:
            return
        now, staffing = self._agenda.now, self._state.roster.staffing
        came = staffing.presence(now).in_reach & ~self._in_reach
        self._serve(np.flatnonzero(came[staffing.calendar_of]).tolist(), now)


def _sharing_room_with(specialist: int, roster: Roster) -> tuple[int, ...]:
    """Who has more room once a specialist has: the whole team where it has a cap, else that specialist alone."""
    team = roster.specialists[specialist].team
    if team not in roster.settings.team_caps:
        return (specialist,)
    return tuple(j for j, one in enumerate(roster.specialists) if one.team == team)
