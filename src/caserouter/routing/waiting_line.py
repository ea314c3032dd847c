"""The waiting line: what waits for a specialist, kept so that freed capacity finds its next case at once.

Cases are kept by kind, since nobody who may not take one of a kind may take another: a kind for which nobody has room is passed over as a
whole, and what a choice costs grows with the number of kinds, not with the length of the line.
"""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from types import MappingProxyType
from typing import Literal

from caserouter.domain.errors import NotFound
from caserouter.routing.kind_queue import Entry, KindQueue, Place
from caserouter.routing.line_order import at_random, by_effort, by_urgency
from caserouter.routing.policy import Chosen, Decision, RoutingPolicy
from caserouter.routing.policy import by_urgency as urgency
from caserouter.routing.profile import CaseProfile, Kind
from caserouter.routing.result import WAITING
from caserouter.routing.state import RoutingState
from caserouter.routing.ties import linked_groups

Order = Literal["urgency", "shortest_expected", "random"]

_ORDERS = MappingProxyType({"urgency": by_urgency, "shortest_expected": by_effort, "random": at_random})


class WaitingLine:
    """The cases that wait, in the order in which freed capacity takes them.

    Parameters
    ----------
    order
        ``urgency``: by priority, then age, then id. ``shortest_expected``: by the least mean effort at those who are served, then by
        age. ``random``: a draw for each choice, uniform among the kinds that can be served, of which the oldest case goes first.
    seed
        Seed of the draws; draw number k depends on the seed and k alone.
    """

    def __init__(self, order: Order = "urgency", seed: int = 0) -> None:
        self.order = order
        self.seed = seed
        self._queues: dict[Kind, KindQueue] = {}
        self._place: dict[str, Place] = {}
        self._with_links: dict[str, CaseProfile] = {}
        self._num_draws = 0

    def __len__(self) -> int:
        return len(self._place)

    def __contains__(self, case_id: object) -> bool:
        return case_id in self._place

    def __iter__(self) -> Iterator[CaseProfile]:
        """The cases by urgency, whatever the order of the line."""
        return iter(sorted((profile for _, _, profile in self._place.values()), key=urgency))

    def get(self, case_id: str) -> CaseProfile | None:
        """The case of that id, or None."""
        found = self._place.get(case_id)
        return found[2] if found else None

    def _draw(self) -> int:
        """A new draw, uniform from 0 to 2⁶⁴ − 1."""
        key = f"{self.seed}/{self._num_draws}".encode()
        self._num_draws += 1
        return int.from_bytes(blake2b(key, digest_size=8).digest(), "big")

    def add(self, profile: CaseProfile) -> None:
        """Let a case wait; one that waits already stays where it is.

        It shares the kind of the others of its kind, so that what is found out about one of them is known of all.
        """
        case_id, created = profile.id, profile.created
        if case_id in self._place:
            return
        entry: Entry = (profile.priority, created, case_id) if self.order == "urgency" else (created, case_id)
        queue = self._queues.get(profile.kind)
        if queue is None:
            profile.kind.keeps = True
            queue = self._queues[profile.kind] = KindQueue(profile.kind)
        profile.kind = queue.kind
        queue.add(entry)
        self._place[case_id] = (entry, queue, profile)
        if profile.linked_cases:
            self._with_links[case_id] = profile

    def forget(self) -> None:
        """Drop what was found out about the kinds that wait: it is asked again of another roster that compiles cases to the same."""
        for kind in self._queues:
            kind.admission = kind.fit = kind.hours = None

    def remove(self, case_id: str) -> CaseProfile:
        """Take a case out of the line.

        Raises
        ------
        NotFound
            If it does not wait here.
        """
        found = self._place.pop(case_id, None)
        if found is None:
            raise NotFound(f"{case_id}: does not wait in this line; only a waiting case can be taken out", ids=[case_id])
        entry, queue, profile = found
        queue.remove(entry)
        if not len(queue):
            del self._queues[queue.kind]
        if profile.linked_cases:
            del self._with_links[case_id]
        return profile

    def serve(
        self, policy: RoutingPolicy, specialists: Chosen | None, state: RoutingState
    ) -> Iterator[tuple[CaseProfile, Decision]]:
        """Let `policy` give out waiting cases, one after the other, until nobody can be given another.

        It decides as one pull of the whole line would, where the order is urgency. What it gives out leaves the line by itself; the caller
        applies each assignment to `state` before asking for the next, and may add and remove cases meanwhile. Links are those between
        cases of the line, and to waiting cases that `state.ties` knows of.

        Parameters
        ----------
        policy
            Who decides.
        specialists
            Indices of those who may be given a case; None for everybody.
        state
            The books, at the moment of the decisions.

        Yields
        ------
        profile, decision
            A case that somebody takes, and who.
        """
        if not self._place or not state.num_with_room:
            return
        if policy.jointly:
            yield from self._serve_jointly(policy, specialists, state)
            return
        groups = self._linked_groups() if self._with_links else {}
        asked: set[str] = set()
        for profile in _ORDERS[self.order](self._queues, self._place, specialists, state, self._draw):
            group: Sequence[CaseProfile] = (profile,)
            if groups:
                if profile.id in asked:
                    continue
                group = [one for one in groups.get(profile.id, group) if one.id in self._place]
                asked.update(one.id for one in group)
            for decision in policy.pull(group, specialists, state):
                if decision.specialist != WAITING and decision.case_id in self._place:
                    yield self.remove(decision.case_id), decision
            if not state.num_with_room or not self._place:
                return

    def _serve_jointly(
        self, policy: RoutingPolicy, specialists: Chosen | None, state: RoutingState
    ) -> Iterator[tuple[CaseProfile, Decision]]:
        for decision in policy.pull(list(self), specialists, state):
            if decision.specialist != WAITING and decision.case_id in self._place:
                yield self.remove(decision.case_id), decision

    def _linked_groups(self) -> dict[str, Sequence[CaseProfile]]:
        """Cases of the line that are linked to others of it, each with its whole group, by id."""
        named = {other for one in self._with_links.values() for other in one.linked_cases if other in self._place}
        involved = [profile for case_id in named | set(self._with_links) if (profile := self.get(case_id)) is not None]
        involved.sort(key=urgency)
        groups = ([involved[i] for i in members] for members in linked_groups(involved))
        return {one.id: group for group in groups if len(group) > 1 for one in group}
