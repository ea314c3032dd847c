"""Where people and cases stand, told to a routing state: ids as indices, moments as hours of its clock."""

import numpy as np

from caserouter.domain.lifecycle import CaseStatus
from caserouter.domain.presence import ONLINE
from caserouter.routing.state import Book, RoutingState
from caserouter.service.board.open_case import OpenCase
from caserouter.service.board.person import Person

_SECONDS_PER_HOUR = 3600.0


def tell_book(state: RoutingState, index: int, person: Person, intake_left: int) -> None:
    """Let the state know what is in the book of `person`, who has that index, and where they are."""
    hours = state.roster.clock.hours
    absent = np.inf if person.until is None else hours(person.until)
    book = Book(
        caseload=person.units,
        num_held=person.num_held,
        intake_left=intake_left,
        ready_hours=person.ready_seconds / _SECONDS_PER_HOUR,
        last_assigned=-np.inf if person.last_assigned is None else hours(person.last_assigned),
        turn=person.turn,
        away_until=-np.inf if person.presence == ONLINE else absent,
    )
    state.resize(index, person.capacity)
    state.set_book(index, book)


def tell_case(state: RoutingState, case_id: str, case: OpenCase | None) -> None:
    """Let the state know where a case stands; None for one that is not open any more."""
    state.ties.forget(case_id)
    state.forget(case_id)
    if case is None:
        return
    known, hours = state.roster.index_by_id, state.roster.clock.hours
    if case.status is CaseStatus.QUEUED:
        state.ties.waiting.add(case_id)
    elif case.holder in known:
        state.ties.holder[case_id] = known[case.holder]
    if case.attempts:
        state.attempts[case_id] = case.attempts
    if case.declined:
        state.declined[case_id] = {known[name]: hours(until) for name, until in case.declined.items() if name in known}
