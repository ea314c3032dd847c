"""What a queue is short of: requirement by requirement, and what more capacity would be worth."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np

from caserouter.domain.money import Money
from caserouter.routing.build import RoutingQueue
from caserouter.routing.capacity_worth import CapacityWorth, capacity_worth
from caserouter.routing.explanation import to_plain
from caserouter.routing.leftover import Leftover
from caserouter.routing.problem import IntArray
from caserouter.routing.requirements import Family, demands_of, name_of, who_meets


@dataclass(frozen=True, slots=True)
class RequirementShortage:
    """Demand and supply of one requirement.

    Parameters
    ----------
    kind
        `credential`, `skill`, `authority`, `language` or `role`.
    name
        What is asked: `series_7@NY`, `claims at 3`, `credit of 500.00 USD`, `es`, `manager`.
    num_cases, work
        Cases that ask for it, and the sum of their weights.
    num_specialists, room
        Those who meet it, and the units free in their books before the decision.
    num_waiting
        Cases that ask for it and were left unassigned.
    places
        How many of the unassigned cases would find room beside the present assignment if nobody asked for this one
        requirement: at least so many more would be placed.
    """

    kind: str
    name: str
    num_cases: int
    work: int
    num_specialists: int
    room: int
    num_waiting: int
    places: int

    @property
    def lacking(self) -> int:
        """Units by which the work asked exceeds the room of those who may do it, 0 or more."""
        return max(self.work - self.room, 0)


@dataclass(frozen=True, slots=True)
class Shortage:
    """What a queue is short of.

    Parameters
    ----------
    requirements
        Every requirement that some case makes, the worst first: most placed by dropping it, then most left waiting, then most units
        lacking.
    capacity
        Everybody for whom one more unit is worth something, the most valuable first.
    """

    requirements: tuple[RequirementShortage, ...]
    capacity: tuple[CapacityWorth, ...]

    def to_dict(self) -> dict[str, Any]:
        """The same as JSON can hold it, with `lacking` per requirement."""
        return {
            "requirements": [to_plain(one) | {"lacking": one.lacking} for one in self.requirements],
            "capacity": to_plain(self.capacity),
        }


def find_shortages(queue: RoutingQueue, assignment: IntArray) -> Shortage:
    """What `queue` is short of, given its assignment.

    Requirements that everybody on the roster meets are left out: a lack of room alone is no lack of them.

    Parameters
    ----------
    queue
        The queue as it was solved.
    assignment
        Specialist of each case, or `WAITING`; shape (num_cases,).
    """
    demand = _Demand(queue)
    leftover = Leftover(queue, assignment)
    found = [_measure(family, rank, demand, leftover) for family, rank in demand.requirements]
    worst = sorted((one for one in found if one is not None), key=_by_severity)
    return Shortage(tuple(worst), capacity_worth(queue))


def _by_severity(one: RequirementShortage) -> tuple[int, int, int, str, str]:
    return -one.places, -one.num_waiting, -one.lacking, one.kind, one.name


class _Demand:
    """Who asks for what."""

    def __init__(self, queue: RoutingQueue) -> None:
        self.queue = queue
        self._askers: dict[Family, list[tuple[int, int]]] = defaultdict(list)
        for i, profile in enumerate(queue.profiles):
            for family, rank in demands_of(profile, queue.state.roster, queue.state.now).items():
                self._askers[family].append((rank, i))

    @property
    def requirements(self) -> list[tuple[Family, int]]:
        """Every requirement that some case makes."""
        return [(family, rank) for family, asked in self._askers.items() for rank in sorted({rank for rank, _ in asked})]

    def askers(self, family: Family, rank: int) -> IntArray:
        """Indices of the cases that ask for it, or for a higher rank, rising."""
        return np.array([i for own, i in self._askers[family] if own >= rank], dtype=np.int64)

    def amount(self, family: Family, rank: int) -> Money | None:
        """The largest amount asked for at just this rank."""
        profiles = (self.queue.profiles[i] for own, i in self._askers[family] if own == rank)
        return max((one.case.amount for one in profiles if one.case.amount), key=lambda money: money.minor, default=None)


def _measure(family: Family, rank: int, demand: _Demand, leftover: Leftover) -> RequirementShortage | None:
    queue = demand.queue
    state = queue.state
    meets = who_meets(family, rank, state.roster, state.now)
    if meets.all():
        return None
    askers = demand.askers(family, rank)
    waiting = askers[leftover.waits[askers]]
    return RequirementShortage(
        kind=family.kind,
        name=name_of(family, rank, demand.amount(family, rank)),
        num_cases=len(askers),
        work=int(queue.problem.weight[askers].sum()),
        num_specialists=int(meets.sum()),
        room=int(np.maximum(state.free[meets], 0).sum()),
        num_waiting=len(waiting),
        places=leftover.count_placed(waiting.tolist(), family) if len(waiting) else 0,
    )
