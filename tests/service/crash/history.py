"""What the events say, folded once more by the simplest model that knows who holds what: neither the board nor the projection.

Every rule that must hold at every moment is looked at as the events go by: one holder at a time, nobody given more than there is room for,
nothing done to a case that does not exist.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from caserouter.store.columns import read_moment

_WAITS = {
    "customer": "waiting_customer",
    "department": "waiting_department",
    "approval": "waiting_approval",
    "review": "waiting_review",
}
MAY_OVERFILL = frozenset({"case_updated", "capacity_set", "specialist_put", "wait_began", "wait_ended"})
"""Events after which a book may be fuller than it is large: a raised weight, a lowered capacity, a case that is no longer parked."""


@dataclass
class Book:
    """What a specialist may hold and holds."""

    capacity: int = 0
    load: int = 0
    active: bool = True
    presence: str = "online"


@dataclass
class Standing:
    """Where a case stands."""

    status: str = "queued"
    holder: str | None = None
    units: int = 0
    num_assigned: int = 0
    declined: dict[str, datetime] = field(default_factory=dict)


class History:
    """The events up to now, and what was wrong with them.

    Attributes
    ----------
    cases, books
        By id, as the events leave them.
    findings
        A sentence for each rule that was broken.
    """

    def __init__(self):
        self.cases: dict[str, Standing] = {}
        self.books: dict[str, Book] = {}
        self.findings: list[str] = []
        self.seq = 0

    def take(self, event: Any):
        """Take up the next event, a row of the table."""
        if event.seq <= self.seq:
            self._find(event, f"comes after {self.seq}")
        self.seq = event.seq
        if event.kind.startswith(("specialist", "presence", "capacity")):
            self._take_of_person(event)
        elif event.case_id is not None:
            self._take_of_case(event)

    def _take_of_person(self, event):
        book = self.books.setdefault(event.specialist_id, Book())
        if event.kind == "specialist_put":
            book.capacity, book.active = event.data["specialist"]["capacity"], True
        elif event.kind == "specialist_retired":
            book.active = False
        elif event.kind == "presence_set":
            book.presence = event.data["presence"]
        else:
            book.capacity = event.data["capacity"]

    def _take_of_case(self, event):
        if event.kind == "case_created":
            if event.case_id in self.cases:
                self._find(event, f"{event.case_id} exists already")
            self.cases[event.case_id] = Standing()
            return
        case = self.cases.get(event.case_id)
        if case is None:
            self._find(event, f"{event.case_id} does not exist")
        elif event.kind == "case_assigned":
            self._assign(event, case)
        else:
            self._change(event, case)

    def _assign(self, event, case):
        book = self.books.get(event.specialist_id)
        if case.holder is not None:
            self._find(event, f"{event.case_id} is held by {case.holder} and given to {event.specialist_id}")
        if book is None or not book.active:
            self._find(event, f"{event.specialist_id} takes no cases")
            return
        if book.load + event.data["units"] > book.capacity:
            self._find(
                event, f"{event.specialist_id} holds {book.load} of {book.capacity} and is given {event.data['units']} more"
            )
        case.status, case.holder, case.units = event.data["status"], event.specialist_id, event.data["units"]
        case.num_assigned += 1
        book.load += case.units

    def _change(self, event, case):
        if event.kind == "case_released" and case.holder is None:
            self._find(event, f"{event.case_id} is released, and nobody holds it")
        if event.kind == "case_released" and event.data.get("until"):
            case.declined[case.holder] = read_moment(event.data["until"])
        if event.kind in {"case_released", "case_resolved", "case_cancelled"}:
            self._let_go(case)
        if event.data.get("units") is not None and case.holder is not None:
            if event.data["units"] > case.units and event.kind not in MAY_OVERFILL:
                self._find(event, f"{event.case_id} takes more of the book")
            self.books[case.holder].load += event.data["units"] - case.units
            case.units = event.data["units"]
        case.status = _status_after(event, case.status)

    def _let_go(self, case):
        if case.holder is not None:
            self.books[case.holder].load -= case.units
        case.holder, case.units = None, 0

    def _find(self, event, what):
        self.findings.append(f"event {event.seq}, {event.kind}: {what}")


def _status_after(event, status):
    if event.kind == "wait_began":
        return _WAITS[event.data["on"]]
    return {
        "case_queued": "queued",
        "case_released": "queued",
        "case_reopened": "queued",
        "case_accepted": "ready",
        "wait_ended": "ready",
        "case_resolved": "resolved",
        "case_cancelled": "cancelled",
        "case_closed": "closed",
    }.get(event.kind, status)
