"""Which waiting case comes next: the orders in which a line is served.

Each order is an object that lives for one round of service. `following` names the next case to be tried; one that was tried and still waits
then is not tried again in the round, since room only gets less in it.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Container, Mapping
from heapq import heapify, heappop, heappush

import numpy as np

from caserouter.routing.candidates import open_to
from caserouter.routing.fit import mean_effort
from caserouter.routing.kind_queue import Entry, KindQueue
from caserouter.routing.policy import Chosen
from caserouter.routing.profile import CaseProfile, Kind
from caserouter.routing.state import RoutingState


class Round(ABC):
    """One round of service.

    Parameters
    ----------
    queues
        What waits, kind by kind; no queue is empty.
    waiting
        Ids of what waits.
    draw
        A new draw, uniform from 0 to 2⁶⁴ − 1.
    specialists, state
        As in `WaitingLine.serve`.
    """

    def __init__(
        self,
        queues: Mapping[Kind, KindQueue],
        waiting: Container[str],
        draw: Callable[[], int],
        specialists: Chosen | None,
        state: RoutingState,
    ) -> None:
        self.queues = queues
        self.waiting = waiting
        self.draw = draw
        self.specialists = specialists
        self.state = state
        self.start()

    @abstractmethod
    def start(self) -> None:
        """Get ready for the first case."""

    @abstractmethod
    def following(self) -> CaseProfile | None:
        """The next case to be tried, None for none."""

    def takers(self, queue: KindQueue) -> Chosen:
        """Who may take the cases of a queue, going by their kind."""
        return open_to(queue[0][-1], self.state, self.specialists) if len(queue) else ()


class ByUrgency(Round):
    """By priority, then age, then id: a queue of queues, by the next case of each."""

    _tried: tuple[Entry, KindQueue] | None = None

    def start(self) -> None:
        """Put the first case of every kind that somebody may take into the heap."""
        queues = self.queues.values()
        self._heap = [(queue[0], queue) for queue in queues if len(queues) == 1 or len(self.takers(queue))]
        heapify(self._heap)

    def following(self) -> CaseProfile | None:
        """The most urgent case that was not tried yet, of a kind that somebody may take."""
        if self._tried is not None:
            self._put_back(*self._tried)
        while self._heap:
            entry, queue = self._tried = heappop(self._heap)
            profile: CaseProfile = entry[-1]
            if profile.id in self.waiting:
                return profile
            self._put_back(entry, queue)
        return None

    def _put_back(self, entry: Entry, queue: KindQueue) -> None:
        following = queue.after(entry)
        if following is not None and len(self.takers(queue)):
            heappush(self._heap, (following, queue))


class ByEffort(Round):
    """By the least mean effort at whoever may take the kind, then age, then id."""

    _tried: KindQueue | None = None

    def start(self) -> None:
        """Begin with the first case of every kind."""
        self._next: dict[KindQueue, Entry] = {queue: queue[0] for queue in self.queues.values()}

    def following(self) -> CaseProfile | None:
        """The case with the least effort that was not tried yet."""
        if self._tried is not None:
            self._move_on(self._tried)
        best: tuple[float, Entry] | None = None
        for queue, entry in list(self._next.items()):
            takers = self.takers(queue)
            if not len(takers):
                del self._next[queue]
                continue
            effort = float(mean_effort(entry[-1], self.state.roster)[np.asarray(takers)].min())
            if best is None or (effort, entry) < best:
                best, self._tried = (effort, entry), queue
        return best[1][-1] if best else None

    def _move_on(self, queue: KindQueue) -> None:
        following = queue.after(self._next[queue])
        if following is None:
            del self._next[queue]
        else:
            self._next[queue] = following


class AtRandom(Round):
    """A draw for each choice."""

    _tried = ""
    _rest: list[Entry] | None = None

    def start(self) -> None:
        """Nothing is drawn before it is asked for."""

    def following(self) -> CaseProfile | None:
        """Any case that was not tried yet, of a kind that somebody may take."""
        if self._rest is None and self._tried in self.waiting:
            self._rest = [queue[at] for queue in self._open_queues() for at in range(len(queue))]
            self._rest = [entry for entry in self._rest if entry[-1].id != self._tried]
        chosen = self._of_queues() if self._rest is None else self._of_rest(self._rest)
        self._tried = "" if chosen is None else chosen.id
        return chosen

    def _open_queues(self) -> list[KindQueue]:
        return [queue for queue in self.queues.values() if len(self.takers(queue))]

    def _of_queues(self) -> CaseProfile | None:
        """As long as every case that was tried was taken, the queues hold just those that are left."""
        queues = self._open_queues()
        total = sum(map(len, queues))
        if not total:
            return None
        at = self.draw() % total
        for queue in queues:
            if at < len(queue):
                break
            at -= len(queue)
        chosen: CaseProfile = queue[at][-1]
        return chosen

    def _of_rest(self, rest: list[Entry]) -> CaseProfile | None:
        """Once one stayed, the others are drawn from a list, in which the last takes the place of who was drawn."""
        while rest:
            at = self.draw() % len(rest)
            rest[at], rest[-1] = rest[-1], rest[at]
            profile: CaseProfile = rest.pop()[-1]
            if profile.id in self.waiting and len(open_to(profile, self.state, self.specialists)):
                return profile
        return None
