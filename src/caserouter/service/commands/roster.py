"""Who is on the roster, and what they hold."""

from caserouter.domain.errors import Conflict, NotFound
from caserouter.service.board import OpenCase
from caserouter.service.unit import Unit
from caserouter.store.people import Person, person_of


def person(unit: Unit, specialist_id: str) -> Person:
    """A specialist who takes cases.

    Raises
    ------
    NotFound
        If there is none of this id.
    Conflict
        If the specialist has retired.
    """
    found = person_of(unit.connection, specialist_id)
    if found is None:
        raise NotFound(f"{specialist_id}: there is no such specialist; check the id", ids=[specialist_id])
    if not found.active:
        raise Conflict(f"{specialist_id} has retired; put the specialist again to take cases", ids=[specialist_id])
    return found


def held_by(unit: Unit, specialist_id: str) -> list[OpenCase]:
    """The cases in a book, by urgency: priority, then age."""
    return sorted((one for one in unit.board.cases.values() if one.holder == specialist_id), key=urgency)


def urgency(held: OpenCase) -> tuple[object, ...]:
    """By what cases are sorted, the most urgent first: priority, then age."""
    return (held.case.priority, held.case.created, held.id)
