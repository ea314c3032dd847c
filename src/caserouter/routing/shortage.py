"""What a queue is short of: requirement by requirement, and what more capacity would be worth."""

from dataclasses import dataclass
from typing import Any

from caserouter.routing.build import RoutingQueue
from caserouter.routing.explanation import to_plain
from caserouter.routing.problem import IntArray


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
class CapacityWorth:
    """What one more unit of a specialist's capacity would save.

    Parameters
    ----------
    specialist, name
        Id, and name for people.
    worth
        Money, an estimate from the linear relaxation that holds for more capacity only: what one unit less would cost is
        another number. 0 where the book is not filled.
    """

    specialist: str
    name: str
    worth: float


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
    """What `queue` is short of, given its `assignment` of shape (num_cases,)."""
    raise NotImplementedError
