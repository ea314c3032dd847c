"""The usual rules of ticketing systems, to compare with: each picks among the candidates by one simple measure.

None of them looks ahead or weighs costs. Ties go to the lowest specialist id.
"""

from abc import abstractmethod
from bisect import bisect_right
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from caserouter.routing.candidates import candidates
from caserouter.routing.fit import mean_effort
from caserouter.routing.policy import Chosen, Decision
from caserouter.routing.problem import IntArray
from caserouter.routing.result import WAITING
from caserouter.routing.roster import FloatArray, Roster
from caserouter.routing.sequential import Group, SequentialPolicy
from caserouter.routing.state import RoutingState

Measure = FloatArray | IntArray | Sequence[float]
"""A number for each specialist of the roster, the less the better; shape (num_specialists,)."""


class UsualRule(SequentialPolicy):
    """A rule that picks one of the candidates.

    Parameters
    ----------
    ignore_rules
        Whether to offer every case to everybody, whatever the rules and the books say: what the rule would have done without
        them, so that the breaches can be counted.
    """

    def __init__(self, *, ignore_rules: bool = False) -> None:
        self.ignore_rules = ignore_rules

    @abstractmethod
    def choose(self, group: Group, among: Chosen, state: RoutingState) -> int:
        """The one of `among` who takes `group`; shape (num_candidates,), rising and never empty."""

    def decide(self, group: Group, specialists: Chosen | None, state: RoutingState) -> list[Decision]:
        """Let `choose` pick among those who may take the whole group; it waits where nobody may."""
        among = _everybody(specialists, state) if self.ignore_rules else candidates(group, state, specialists)
        if len(among) > 1:
            return self.decisions(group, self.choose(group, among, state), state)
        return self.decisions(group, int(among[0]) if len(among) else WAITING, state)


class RoundRobin(UsualRule):
    """The next candidate, in order of id, after whoever took the last case."""

    name = "round_robin"

    def choose(self, _group: Group, among: Chosen, state: RoutingState) -> int:
        """The first of `among` after the last taker, or the first of all."""
        return int(among[bisect_right(among, state.last_taker) % len(among)])


class LongestIdle(UsualRule):
    """Whoever has gone longest without a new case."""

    name = "longest_idle"

    def choose(self, _group: Group, among: Chosen, state: RoutingState) -> int:
        """The earliest last assignment; those of one moment in the order in which they were made."""
        return _least(among, state.last_assigned, state.turn)


class LeastLoaded(UsualRule):
    """Whoever has the smallest caseload ÷ capacity, then whoever has gone longest without a new case."""

    name = "least_loaded"

    def choose(self, _group: Group, among: Chosen, state: RoutingState) -> int:
        """The emptiest book."""
        return _least(among, _share(among, state), state.turn)


class MostSpecialisedFirst(UsualRule):
    """Whoever can do the fewest things, so that the versatile stay free; then the least loaded."""

    name = "most_specialised"

    def choose(self, _group: Group, among: Chosen, state: RoutingState) -> int:
        """The fewest skills, credential kinds and languages together."""
        return _least(among, breadth(state.roster), _share(among, state))


class Fastest(UsualRule):
    """Whoever needs the least time for the case, then the least loaded."""

    name = "fastest"

    def choose(self, group: Group, among: Chosen, state: RoutingState) -> int:
        """The least mean effort, of linked cases together."""
        effort = mean_effort(group[0], state.roster)
        for profile in group[1:]:
            effort = effort + mean_effort(profile, state.roster)
        return _least(among, effort, _share(among, state))


class FirstEligible(UsualRule):
    """The first in order of id who may take the case."""

    name = "first_eligible"

    def choose(self, _group: Group, among: Chosen, _state: RoutingState) -> int:
        """The lowest index."""
        return int(among[0])


class RandomChoice(UsualRule):
    """Anybody, by a hash of the seed, the case's id and the attempt: the same case meets the same draw in every run.

    Parameters
    ----------
    seed
        Any integer.
    ignore_rules
        See `UsualRule`.
    """

    name = "random"

    def __init__(self, seed: int = 0, *, ignore_rules: bool = False) -> None:
        super().__init__(ignore_rules=ignore_rules)
        self.seed = seed

    def choose(self, group: Group, among: Chosen, state: RoutingState) -> int:
        """A uniform draw."""
        case_id = min(profile.id for profile in group)
        key = f"{self.seed}/{state.attempts.get(case_id, 0)}/{case_id}".encode()
        draw = int.from_bytes(blake2b(key, digest_size=8).digest(), "big")
        return int(among[draw % len(among)])


def breadth(roster: Roster) -> FloatArray:
    """How many skills, credential kinds and languages each specialist has; shape (num_specialists,)."""
    found: FloatArray | None = roster.cached("breadth")
    if found is None:
        kinds = (len({held.kind for held in one.credentials}) for one in roster.specialists)
        rest = (len(one.skills) + len(one.languages) for one in roster.specialists)
        found = np.array([a + b for a, b in zip(kinds, rest, strict=True)], dtype=np.float64)
        roster.remember("breadth", found)
    return found


def _share(among: Chosen, state: RoutingState) -> Measure:
    """Caseload ÷ capacity, infinite without any capacity: a list where `among` is one."""
    if isinstance(among, list):
        books = zip(state.caseload.tolist(), state.roster.capacity_by_index, strict=True)
        return [load / most if most else np.inf for load, most in books]
    capacity = state.roster.capacity
    share = np.full(len(capacity), np.inf)
    np.divide(state.caseload, capacity, out=share, where=capacity > 0)
    return share


def _least(among: Chosen, measure: Measure, tie_break: Measure) -> int:
    """The candidate with the smallest measure, then the smallest tie-break, then the lowest index."""
    if isinstance(among, list):
        return _least_of_few(among, measure, tie_break)
    first, second = np.asarray(measure)[among], np.asarray(tie_break)[among]
    best = np.flatnonzero(first == first.min())
    return int(among[best[np.argmin(second[best])]])


def _least_of_few(among: list[int], measure: Measure, tie_break: Measure) -> int:
    """The same without arrays of a few numbers, which cost more to handle than to compare."""
    first = measure.tolist() if isinstance(measure, np.ndarray) else measure
    second = tie_break.tolist() if isinstance(tie_break, np.ndarray) else tie_break
    best = among[0]
    least = first[best]
    for j in among:
        if first[j] < least or (first[j] == least and second[j] < second[best]):
            best, least = j, first[j]
    return best


def _everybody(specialists: Chosen | None, state: RoutingState) -> IntArray:
    return np.arange(state.roster.num_specialists) if specialists is None else np.unique(specialists)
