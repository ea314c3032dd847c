"""A decision seen from one of its cases: the books as all the other cases leave them, and what is then in the way."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from caserouter.domain.case import Case
from caserouter.domain.rules import Rule, listed
from caserouter.routing.build import RoutingQueue
from caserouter.routing.masks import relaxed_rules
from caserouter.routing.problem import IntArray
from caserouter.routing.result import WAITING
from caserouter.routing.state import RoutingState
from caserouter.routing.ties import are_separated


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A limit that leaves no room beside the other cases of the decision.

    Parameters
    ----------
    sentence
        What is full, with the values on both sides.
    blockers
        Indices of the decision's cases that hold the room.
    frees
        What displacing each of them would free, in units or cases.
    needed
        How much of it has to be freed.
    lacking
        Units lacking in the book; 0 where another limit binds.
    """

    sentence: str
    blockers: tuple[int, ...] = ()
    frees: tuple[int, ...] = ()
    needed: int = 1
    lacking: int = 0


@dataclass(frozen=True, eq=False)
class Surroundings:
    """One case of a decision, with the cases linked to it, beside all the others.

    Parameters
    ----------
    queue
        The queue as the decision saw it.
    assignment
        Specialist of each case, or `WAITING`; shape (num_cases,).
    case
        Index of the case.
    """

    queue: RoutingQueue
    assignment: IntArray
    case: int

    @property
    def state(self) -> RoutingState:
        """The books before the decision."""
        return self.queue.state

    @cached_property
    def group(self) -> tuple[int, ...]:
        """Indices of the case and of those linked to it within the queue: they go to one specialist, or all wait."""
        return next((tuple(group) for group in self.queue.problem.linked if self.case in group), (self.case,))

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The cases of the group."""
        return tuple(self.queue.profiles[i].case for i in self.group)

    @property
    def together(self) -> tuple[str, ...]:
        """Ids of the cases that go with it."""
        return tuple(self.queue.profiles[i].id for i in self.group if i != self.case)

    @property
    def weight(self) -> int:
        """Units that the group takes."""
        return sum(case.weight for case in self.cases)

    @property
    def chosen(self) -> int:
        """Index of the specialist who takes the case, or `WAITING`."""
        return int(self.assignment[self.case])

    @property
    def torn(self) -> bool:
        """Whether two cases of the group must not share a specialist, so that nobody can take it."""
        return are_separated(self.cases)

    @cached_property
    def others(self) -> IntArray:
        """The assignment with the group left waiting; shape (num_cases,)."""
        others = self.assignment.copy()
        others[list(self.group)] = WAITING
        return others

    @cached_property
    def load(self) -> IntArray:
        """Units in each book with all other cases in place; shape (num_specialists,)."""
        taken = self.others != WAITING
        weight = self.queue.problem.weight[taken]
        added = np.bincount(self.others[taken], weights=weight, minlength=self.state.roster.num_specialists)
        return self.state.caseload + added.astype(np.int64)

    def obstacle(self, specialist: int) -> Obstacle | None:
        """The first limit of `specialist`'s book, intake, team and ties that the group does not fit under; None if it fits."""
        return self._book(specialist) or self._intake(specialist) or self._team(specialist) or self._apart(specialist)

    def _book(self, specialist: int) -> Obstacle | None:
        load, capacity = int(self.load[specialist]), int(self.state.roster.capacity[specialist])
        lacking = load + self.weight - capacity
        if lacking <= 0:
            return None
        blockers = np.flatnonzero(self.others == specialist)
        sentence = f"{load} of {capacity} units are taken, {self._needed}"
        return self._by_weight(sentence, blockers, lacking, lacking)

    def _intake(self, specialist: int) -> Obstacle | None:
        left = int(self.state.intake_left[specialist])
        if left < 0 or (left == 0 and self._intake_is_relaxed()):
            return None
        blockers = np.flatnonzero(self.others == specialist)
        needed = len(blockers) + len(self.group) - left
        if needed <= 0:
            return None
        window = f"takes {left} more new case{'' if left == 1 else 's'} in this window"
        ours = "" if not len(blockers) else f", and others of this decision fill {min(len(blockers), left)} of them"
        return Obstacle(f"{window}{ours}", tuple(blockers.tolist()), (1,) * len(blockers), needed)

    def _intake_is_relaxed(self) -> bool:
        settings = self.state.roster.settings
        return all(Rule.INTAKE_LIMIT in relaxed_rules(self.queue.profiles[i], settings, self.state.now) for i in self.group)

    def _team(self, specialist: int) -> Obstacle | None:
        roster = self.state.roster
        team = int(roster.team[specialist])
        if team < 0 or roster.teams[team] not in roster.settings.team_caps:
            return None
        blockers = np.flatnonzero((self.others != WAITING) & (roster.team[self.others] == team))
        left = int(self.state.team_left[team]) - int(self.queue.problem.weight[blockers].sum())
        if left >= self.weight:
            return None
        cap = roster.settings.team_caps[roster.teams[team]]
        sentence = f"team {roster.teams[team]} has {max(left, 0)} of its cap of {cap} units left, {self._needed}"
        return self._by_weight(sentence, blockers, self.weight - left, 0)

    def _apart(self, specialist: int) -> Obstacle | None:
        blockers = [
            other
            for pair in self.queue.problem.separated
            for mine, other in (pair, pair[::-1])
            if mine in self.group and self.others[other] == specialist
        ]
        if not blockers:
            return None
        names = listed(self.queue.profiles[i].id for i in blockers)
        return Obstacle(f"takes {names}, to be kept apart from it", tuple(blockers), (1,) * len(blockers), len(blockers))

    @property
    def _needed(self) -> str:
        return f"{self.weight} {'is' if self.weight == 1 else 'are'} needed"

    def _by_weight(self, sentence: str, blockers: IntArray, needed: int, lacking: int) -> Obstacle:
        frees = self.queue.problem.weight[blockers].tolist()
        return Obstacle(sentence, tuple(blockers.tolist()), tuple(frees), needed, lacking)
