"""The rows of a creation, by table: those that the projection would write, from the same functions.

Numbers of events count from 1 here; the statement adds what the counter says.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from caserouter.store.columns import decode, encode
from caserouter.store.events import Event, EventKind
from caserouter.store.idempotency import Answer, Scope, answer_row
from caserouter.store.projection.assignments import new_assignment
from caserouter.store.projection.cases import changes_of, new_case
from caserouter.store.projection.commitments import new_commitment
from caserouter.store.projection.deadlines import items_of_creation

Rows = list[dict[str, Any]]


def rows_of(events: tuple[Event, ...], personal: Mapping[str, str], answer: tuple[Scope, Answer] | None) -> dict[str, Rows]:
    """The rows by the name of their table, moments and bytes as text."""
    rows = {
        "cases": [_case(events)],
        "event": [event._asdict() for event in events],
        "assignment": [new_assignment(event) for event in events if event.kind is EventKind.CASE_ASSIGNED],
        "due": [item._asdict() for event in events for item in items_of_creation(event)],
        "commitment": [new_commitment(event) for event in events if event.kind is EventKind.COMMITMENT_MADE],
        "personal": [{"case_id": events[0].case_id, "seq": 1, "field": name, "value": value} for name, value in personal.items()],
        "idempotency": [] if answer is None else [answer_row(*answer)],
    }
    return {table: [_as_text(row) for row in of_table] for table, of_table in rows.items()}


def numbered(events: tuple[Event, ...], before: int = 0) -> tuple[Event, ...]:
    """The events, numbered from the one after `before`."""
    return tuple(event._replace(seq=before + number) for number, event in enumerate(events, 1))


def read_back(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events as they will be read again, numbered from 1."""
    return tuple(event._replace(data=decode(encode(event.data))) for event in numbered(events))


def _case(events: tuple[Event, ...]) -> dict[str, Any]:
    row = new_case(events[0])
    for event in events[1:]:
        row |= changes_of(event)
    return row | {"version": len(events), "updated_seq": events[-1].seq}


def _as_text(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value_as_text(value) for name, value in row.items()}


def _value_as_text(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return f"\\x{value.hex()}" if isinstance(value, bytes) else value
