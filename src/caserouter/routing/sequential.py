"""Policies that decide case by case: the most urgent first, each seeing what the ones before it took."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from caserouter.routing.policy import Chosen, Decision, by_urgency
from caserouter.routing.profile import CaseProfile
from caserouter.routing.result import WAITING
from caserouter.routing.state import RoutingState
from caserouter.routing.ties import linked_groups

Group = Sequence[CaseProfile]
"""One case, or all the waiting cases that are linked to one another: they go to one specialist, or all wait."""


class SequentialPolicy(ABC):
    """A policy that needs only to say who takes one case, or one group of linked cases."""

    name: str
    jointly = False

    @abstractmethod
    def decide(self, group: Group, specialists: Chosen | None, state: RoutingState) -> list[Decision]:
        """One decision per case of `group`, all for the same specialist of `specialists` (None for everybody)."""

    def place(self, profile: CaseProfile, state: RoutingState) -> Decision:
        """Decide on one case, on its arrival; see `RoutingPolicy.place`."""
        return self.decide((profile,), None, state)[0]

    def pull(self, queue: Sequence[CaseProfile], specialists: Chosen | None, state: RoutingState) -> list[Decision]:
        """Decide on several waiting cases; see `RoutingPolicy.pull`."""
        if len(queue) == 1:
            return self.decide(queue, specialists, state)
        waiting = sorted(queue, key=by_urgency)
        scratch = state.scratch()
        decision_by_id = {}
        for members in linked_groups(waiting):
            group = [waiting[i] for i in members]
            for profile, decision in zip(group, self.decide(group, specialists, scratch), strict=True):
                scratch.apply(profile, decision.specialist)
                decision_by_id[profile.id] = decision
        return [decision_by_id[profile.id] for profile in waiting]

    def decisions(
        self, group: Group, specialist: int, state: RoutingState, costs: Sequence[float] | None = None
    ) -> list[Decision]:
        """Put `group` with `specialist`, at the cost of each case where the policy prices pairs."""
        if len(group) == 1:
            case_id = group[0].id
            cost = costs[0] if costs is not None and specialist != WAITING else None
            return [Decision(case_id, specialist, self.name, cost, state.attempts.get(case_id, 0))]
        priced = costs if costs is not None and specialist != WAITING else [None] * len(group)
        return [
            Decision(profile.id, specialist, self.name, cost, state.attempts.get(profile.id, 0))
            for profile, cost in zip(group, priced, strict=True)
        ]
