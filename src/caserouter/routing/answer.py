"""From domain objects to a certified assignment in one call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from caserouter.domain.account import Account
from caserouter.domain.case import Case
from caserouter.domain.settings import Settings
from caserouter.domain.specialist import Specialist
from caserouter.routing.build import RoutingQueue, build_problem
from caserouter.routing.clock import Clock
from caserouter.routing.levels import Budget, Level, solve_queue
from caserouter.routing.problem import IntArray
from caserouter.routing.result import WAITING, RoutingResult
from caserouter.routing.roster import Roster
from caserouter.routing.solver.progress import Listener
from caserouter.routing.state import RoutingState


@dataclass(frozen=True, slots=True, eq=False)
class RoutingAnswer:
    """An assignment of a queue, in names and money.

    Parameters
    ----------
    queue
        The queue as it was solved: cases sorted by id, the roster, the books before the assignment.
    result
        Who takes which case, with the bound.
    levels
        Under strict priority, each level with a gap of its own.
    """

    queue: RoutingQueue
    result: RoutingResult
    levels: tuple[Level, ...] = ()

    @property
    def roster(self) -> Roster:
        """The specialists."""
        return self.queue.state.roster

    @property
    def assignment(self) -> dict[str, str | None]:
        """Specialist id by case id, in order of case id; None where the case waits."""
        people = self.roster.specialists
        return {
            profile.id: None if j == WAITING else people[j].id
            for profile, j in zip(self.queue.profiles, self.result.assignment.tolist(), strict=True)
        }

    def decided(self, case_id: str) -> tuple[RoutingQueue, IntArray]:
        """The queue in which a case was decided, and its assignment: under strict priority those of the case's own level."""
        for level in self.levels:
            if any(profile.id == case_id for profile in level.queue.profiles):
                return level.queue, level.result.assignment
        return self.queue, self.result.assignment

    @property
    def waiting(self) -> tuple[Case, ...]:
        """Cases left unassigned, in order of id."""
        left = np.flatnonzero(self.result.assignment == WAITING)
        return tuple(self.queue.profiles[i].case for i in left)

    @property
    def objective(self) -> float:
        """Cost of the assignment in money: pairs, waiting and load."""
        return self.result.objective * self.queue.problem.unit

    @property
    def bound(self) -> float:
        """No assignment costs less than this, in money."""
        return self.result.bound * self.queue.problem.unit


def route(
    cases: Iterable[Case],
    specialists: Iterable[Specialist],
    accounts: Iterable[Account] = (),
    settings: Settings | None = None,
    *,
    at: datetime | None = None,
    work_limit: float | None = None,
    time_limit: float | None = None,
    gap: float = 0.0,
    seed: int = 0,
    progress: Listener | None = None,
) -> RoutingAnswer:
    """Assign `cases` to `specialists` as one problem.

    Parameters
    ----------
    cases, specialists, accounts
        The queue, the roster and the accounts, each in any order.
    settings
        The policy; the defaults if None.
    at
        Moment of the decision, with a time zone; now if None.
    work_limit
        Deterministic effort of the optimiser, 1.0 being one to three seconds; the policy's if None.
    time_limit
        Seconds of wall clock after which the best so far is the answer; None for no limit.
    gap
        Stop once the gap is this small, as a fraction, 0 or more.
    seed
        Seed of the search: the same seed and work limit give the same answer.
    progress
        Called as the gap closes.

    Raises
    ------
    InvalidInput
        If an id occurs twice or `at` has no time zone.
    SolverError
        If a cost cannot be represented.
    """
    settings = Settings() if settings is None else settings
    roster = Roster.compile(specialists, accounts, settings, clock=Clock(datetime.now(UTC) if at is None else at))
    queue = build_problem(cases, roster, RoutingState.start(roster))
    budget = Budget(settings.work_limit if work_limit is None else work_limit, time_limit, gap, seed)
    return RoutingAnswer(queue, *solve_queue(queue, budget, progress))
