"""The optimiser as a policy: everything that is pulled is one problem, solved together."""

from collections.abc import Sequence

import numpy as np

from caserouter.routing.build import RoutingQueue, build_queue
from caserouter.routing.levels import Budget, solve_queue
from caserouter.routing.policy import Chosen, Decision, by_urgency
from caserouter.routing.profile import CaseProfile
from caserouter.routing.result import WAITING, RoutingResult
from caserouter.routing.state import RoutingState


class BatchPolicy:
    """Solves the queue as one assignment problem, or level by level where the policy's priority is strict.

    Parameters
    ----------
    seed
        Seed of the search.
    work_limit
        Deterministic effort per pull, 1.0 being one to three seconds; that of the policy file if None.
    """

    name = "optimizer"
    jointly = True

    def __init__(self, seed: int = 0, *, work_limit: float | None = None) -> None:
        self._seed = seed
        self._work_limit = work_limit

    def place(self, profile: CaseProfile, state: RoutingState) -> Decision:
        """Decide on one case, on its arrival; see `RoutingPolicy.place`."""
        return self.pull((profile,), None, state)[0]

    def pull(self, queue: Sequence[CaseProfile], specialists: Chosen | None, state: RoutingState) -> list[Decision]:
        """Decide on several waiting cases; see `RoutingPolicy.pull`. A decision's cost leaves fairness aside."""
        ids = {profile.id for profile in queue}
        whole = [profile for profile in queue if not state.ties.awaits(profile, ids)]
        some = None if specialists is None else np.asarray(specialists, dtype=np.int64)
        problem = build_queue(whole, state, specialists=some)
        work_limit = state.roster.settings.work_limit if self._work_limit is None else self._work_limit
        result, _ = solve_queue(problem, Budget(work_limit=work_limit, seed=self._seed), specialists=some)
        taken = {profile.id: (j, cost) for profile, j, cost in _chosen(problem, result)}
        return [
            self._decision(profile, state, *taken.get(profile.id, (WAITING, None))) for profile in sorted(queue, key=by_urgency)
        ]

    def _decision(self, profile: CaseProfile, state: RoutingState, specialist: int, cost: float | None) -> Decision:
        return Decision(profile.id, specialist, self.name, cost, state.attempts.get(profile.id, 0))


def _chosen(queue: RoutingQueue, result: RoutingResult) -> list[tuple[CaseProfile, int, float]]:
    """Each assigned case with its specialist and the cost of the pair, in money."""
    row = queue.problem.pair_case
    pairs = np.flatnonzero(result.assignment[row] == queue.problem.specialist)
    return [(queue.profiles[row[at]], int(queue.problem.specialist[at]), float(queue.pair_cost[at])) for at in pairs]
