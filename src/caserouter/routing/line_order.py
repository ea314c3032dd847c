"""Which waiting case comes next: the orders in which a line is served.

Each order is a generator that lives for one round of service: it yields the next case to be tried, and goes on when that has been given out,
or stays. What was tried once is not tried again in the round, since room only gets less in it. Kinds of case that none of those who are
served may take are passed over as a whole. Cases may join and leave meanwhile.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush

import numpy as np

from caserouter.routing.candidates import FEW, open_to
from caserouter.routing.fit import mean_effort
from caserouter.routing.kind_queue import Entry, KindQueue, Place
from caserouter.routing.policy import Chosen
from caserouter.routing.profile import CaseProfile, Kind
from caserouter.routing.state import RoutingState

Queues = Mapping[Kind, KindQueue]
"""What waits, kind by kind; no queue is empty."""

Choice = tuple[Entry, KindQueue, Chosen]
"""The next case of a kind, its queue, and who may take it."""


def by_urgency(
    queues: Queues, waiting: Mapping[str, Place], specialists: Chosen | None, state: RoutingState, _draw: Callable[[], int]
) -> Iterator[CaseProfile]:
    """By priority, then age, then id: a heap of queues, by the next case of each.

    Who may take a kind is asked when its turn comes: where a case for everybody who is served is found early, most kinds are never asked.

    Parameters
    ----------
    queues, waiting
        What waits, by kind and by id.
    specialists, state
        As in `WaitingLine.serve`.
    """
    room = _most_room(specialists, state)
    heap = [(queue.head, queue) for kind, queue in queues.items() if kind.weight <= room]
    heapify(heap)
    while heap:
        entry, queue = heappop(heap)
        if queue.kind.weight > room or not len(_takers(queue, waiting, specialists, state)):
            continue
        place = waiting.get(entry[-1])
        if place is not None:
            yield place[2]
            room = _most_room(specialists, state)
        following = queue.after(entry)
        if following is not None:
            heappush(heap, (following, queue))


def by_effort(
    queues: Queues, waiting: Mapping[str, Place], specialists: Chosen | None, state: RoutingState, _draw: Callable[[], int]
) -> Iterator[CaseProfile]:
    """By the least mean effort at whoever may take the kind, then age, then id; parameters as in `by_urgency`."""

    def least(choices: Sequence[Choice]) -> Choice:
        return min(choices, key=lambda choice: (_least_effort(waiting[choice[1].head[-1]][2], choice[2], state), choice[0]))

    return _by_choice(queues, waiting, specialists, state, least)


def at_random(
    queues: Queues, waiting: Mapping[str, Place], specialists: Chosen | None, state: RoutingState, draw: Callable[[], int]
) -> Iterator[CaseProfile]:
    """A kind at random, each as likely as the others, and its oldest case; parameters as in `by_urgency`.

    Parameters
    ----------
    draw
        A new draw, uniform from 0 to 2⁶⁴ − 1.
    """

    def drawn(choices: Sequence[Choice]) -> Choice:
        return choices[draw() % len(choices)]

    return _by_choice(queues, waiting, specialists, state, drawn)


def _by_choice(
    queues: Queues,
    waiting: Mapping[str, Place],
    specialists: Chosen | None,
    state: RoutingState,
    choose: Callable[[Sequence[Choice]], Choice],
) -> Iterator[CaseProfile]:
    """The next case of the kind that `choose` picks among those that somebody may take, over and over."""
    heads: dict[KindQueue, Entry] = {queue: queue.head for queue in queues.values()}
    while heads:
        choices = []
        for queue, entry in list(heads.items()):
            takers = _takers(queue, waiting, specialists, state)
            if len(takers):
                choices.append((entry, queue, takers))
            else:
                del heads[queue]
        if not choices:
            return
        entry, queue, _ = choose(choices)
        place = waiting.get(entry[-1])
        if place is not None:
            yield place[2]
        following = queue.after(entry)
        if following is None:
            del heads[queue]
        else:
            heads[queue] = following


def _most_room(specialists: Chosen | None, state: RoutingState) -> int:
    """Units left in the emptiest book of those who are served, looked up for a few; no limit for more."""
    if specialists is None or len(specialists) > FEW:
        return sys.maxsize
    capacity, caseload = state.roster.capacity_by_index, state.views.caseload
    return max((capacity[j] - caseload[j] for j in specialists), default=0)


def _takers(queue: KindQueue, waiting: Mapping[str, Place], specialists: Chosen | None, state: RoutingState) -> Chosen:
    """Who may take the cases of a queue, going by their kind."""
    return open_to(waiting[queue.head[-1]][2], state, specialists) if len(queue) else ()


def _least_effort(profile: CaseProfile, takers: Chosen, state: RoutingState) -> float:
    effort = mean_effort(profile, state.roster)
    if isinstance(takers, np.ndarray):
        return float(effort[takers].min())
    hours = effort.data
    return min(hours[j] for j in takers)
