"""The usual rules of ticketing systems, to compare with: each picks among the candidates by one simple measure.

None of them looks ahead or weighs costs. Ties go to the lowest specialist id.
"""

from abc import abstractmethod
from hashlib import blake2b

import numpy as np

from caserouter.routing.candidates import candidates
from caserouter.routing.policy import Decision
from caserouter.routing.problem import IntArray
from caserouter.routing.result import WAITING
from caserouter.routing.roster import FloatArray, Roster
from caserouter.routing.sequential import Group, SequentialPolicy
from caserouter.routing.state import RoutingState


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
    def choose(self, group: Group, among: IntArray, state: RoutingState) -> int:
        """The one of `among` who takes `group`; shape (num_candidates,), rising and never empty."""

    def decide(self, group: Group, specialists: IntArray | None, state: RoutingState) -> list[Decision]:
        """Let `choose` pick among those who may take the whole group; it waits where nobody may."""
        among = _everybody(specialists, state) if self.ignore_rules else candidates(group, state, specialists)
        return self.decisions(group, self.choose(group, among, state) if len(among) else WAITING, state)


class RoundRobin(UsualRule):
    """The next candidate, in order of id, after whoever took the last case."""

    name = "round_robin"

    def choose(self, _group: Group, among: IntArray, state: RoutingState) -> int:
        """The first of `among` after the last taker, or the first of all."""
        last = int(state.turn.argmax()) if state.turn.any() else -1
        following = int(np.searchsorted(among, last, side="right"))
        return int(among[following % len(among)])


class LongestIdle(UsualRule):
    """Whoever has gone longest without a new case."""

    name = "longest_idle"

    def choose(self, _group: Group, among: IntArray, state: RoutingState) -> int:
        """The earliest last assignment; those of one moment in the order in which they were made."""
        return _least(among, state.last_assigned[among], state.turn[among])


class LeastLoaded(UsualRule):
    """Whoever has the smallest caseload ÷ capacity, then whoever has gone longest without a new case."""

    name = "least_loaded"

    def choose(self, _group: Group, among: IntArray, state: RoutingState) -> int:
        """The emptiest book."""
        return _least(among, _share(state)[among], state.turn[among])


class MostSpecialisedFirst(UsualRule):
    """Whoever can do the fewest things, so that the versatile stay free; then the least loaded."""

    name = "most_specialised"

    def choose(self, _group: Group, among: IntArray, state: RoutingState) -> int:
        """The fewest skills, credential kinds and languages together."""
        return _least(among, breadth(state.roster)[among], _share(state)[among])


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

    def choose(self, group: Group, among: IntArray, state: RoutingState) -> int:
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


def _share(state: RoutingState) -> FloatArray:
    """Caseload ÷ capacity; infinite without any capacity."""
    capacity = state.roster.capacity
    share = np.full(len(capacity), np.inf)
    np.divide(state.caseload, capacity, out=share, where=capacity > 0)
    return share


def _least(among: IntArray, measure: FloatArray, tie_break: FloatArray | IntArray) -> int:
    """The candidate with the smallest measure, then the smallest tie-break, then the lowest index."""
    best = np.flatnonzero(measure == measure.min())
    return int(among[best[np.argmin(tie_break[best])]])


def _everybody(specialists: IntArray | None, state: RoutingState) -> IntArray:
    return np.arange(state.roster.num_specialists) if specialists is None else np.unique(specialists)
