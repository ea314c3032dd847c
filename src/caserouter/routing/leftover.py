"""What an assignment leaves: the cases that wait and the room in the books, and who would fit if less were asked of them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from caserouter.routing.build import RoutingQueue, build_queue
from caserouter.routing.problem import IntArray
from caserouter.routing.profile import CaseProfile
from caserouter.routing.requirements import Family, without
from caserouter.routing.result import WAITING
from caserouter.routing.scarcity import case_mix
from caserouter.routing.solver import solve


class Leftover:
    """The waiting cases of an assignment beside the books that it fills.

    Parameters
    ----------
    queue
        The queue as it was solved.
    assignment
        Specialist of each case, or `WAITING`; shape (num_cases,).
    """

    def __init__(self, queue: RoutingQueue, assignment: IntArray) -> None:
        self.waits: NDArray[np.bool_] = assignment == WAITING
        self._profiles = queue.profiles
        self._linked = {i: group for group in queue.problem.linked for i in group}
        self._mix = case_mix(queue.profiles, queue.state.roster, queue.state.now)
        self._state = queue.state.copy()
        for profile, j in zip(queue.profiles, assignment.tolist(), strict=True):
            if j != WAITING:
                self._state.apply(profile, j)

    def count_placed(self, cases: Sequence[int], dropped: Family) -> int:
        """How many waiting cases find room, nobody else moving, if `cases` (indices) ask for nothing of `dropped`.

        Linked cases are placed together. What would be placed with everything asked does not count.
        """
        concerned = sorted({k for i in cases for k in self._linked.get(i, (i,))})
        asking = set(cases)
        eased = [
            replace(profile, signature=without(profile.signature, dropped)) if i in asking else profile
            for i, profile in ((i, self._profiles[i]) for i in concerned)
        ]
        before = self._count([self._profiles[i] for i in concerned])
        return max(self._count(eased) - before, 0)

    def _count(self, profiles: Sequence[CaseProfile]) -> int:
        problem = build_queue(profiles, self._state.copy(), mix=self._mix).problem
        if not problem.num_pairs:
            return 0
        return int(np.count_nonzero(solve(problem, work_limit=0.0).assignment != WAITING))
