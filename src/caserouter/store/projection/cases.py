"""The row of a case: what each event changes in it.

Beside what stands here, any event of a case may state ``resolution_due`` (None where the clock stops) and ``occurred_at`` (when it
happened, by the CRM's clock).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from caserouter.domain.lifecycle import CaseStatus
from caserouter.store.columns import read_moment
from caserouter.store.events import Event, EventKind
from caserouter.store.personal import erase_personal
from caserouter.store.tables import cases
from caserouter.store.upcasting import CASE_SCHEMA

Changes = dict[str, Any]

_NO_WAIT: Mapping[str, None] = MappingProxyType({"wait_on": None, "department": None, "follow_up": None})
_IN_NO_BOOK: Mapping[str, None] = MappingProxyType({**_NO_WAIT, "holder": None, "offer_until": None})


def body_columns(case: Mapping[str, Any]) -> Changes:
    """The columns that repeat what a case's JSON says, so that it can be searched for."""
    return {
        "source": case.get("source", "file"),
        "priority": case.get("priority", 3),
        "type": case.get("type", "general"),
        "account": case.get("account"),
        "jurisdiction": case.get("jurisdiction"),
        "weight": case.get("weight", 1),
        "first_response_due": read_moment(case.get("first_response_due")),
        "resolution_due": read_moment(case.get("resolution_due")),
        "body": case,
        "schema_version": CASE_SCHEMA,
    }


def new_case(event: Event) -> Changes:
    """The row of a case that was just created, by all columns that are not empty."""
    return {
        **body_columns(event.data["case"]),
        "id": event.case_id,
        "external_id": event.data.get("external_id"),
        "status": CaseStatus.QUEUED,
        "created_at": read_moment(event.data["case"]["created"]),
        "occurred_at": read_moment(event.data.get("occurred_at")),
        "reopen_count": 0,
        "version": 1,
        "updated_seq": event.seq,
    }


def _ready(_: Event) -> Changes:
    return {**_NO_WAIT, "status": CaseStatus.READY, "offer_until": None}


def _assigned(event: Event) -> Changes:
    return {
        **_NO_WAIT,
        "status": event.data["status"],
        "holder": event.specialist_id,
        "offer_until": read_moment(event.data.get("offer_until")),
    }


def _queued(_: Event) -> Changes:
    return {"status": CaseStatus.QUEUED, **_IN_NO_BOOK}


def happened_at(event: Event) -> datetime:
    """When it happened: as the client says, and by our clock if that says nothing, or is ahead of ours."""
    return min(read_moment(event.data.get("occurred_at")) or event.at, event.at)


def _contact_made(event: Event) -> Changes:
    return {"first_response_at": happened_at(event)} if event.data.get("first") else {}


def _wait_began(event: Event) -> Changes:
    on = event.data["on"]
    return {
        "status": CaseStatus(f"waiting_{on}"),
        "wait_on": on,
        "department": event.data.get("department"),
        "follow_up": read_moment(event.data.get("follow_up")),
    }


def _resolved(event: Event) -> Changes:
    return {
        **_IN_NO_BOOK,
        "status": CaseStatus.RESOLVED,
        "resolved_at": event.at,
        "close_after": read_moment(event.data.get("close_after")),
    }


def _reopened(_: Event) -> Changes:
    return {
        **_IN_NO_BOOK,
        "status": CaseStatus.QUEUED,
        "resolved_at": None,
        "close_after": None,
        "reopen_count": 1,  # is added
    }


def _cancelled(event: Event) -> Changes:
    return {**_IN_NO_BOOK, "status": CaseStatus.CANCELLED, "closed_at": event.at}


def _closed(event: Event) -> Changes:
    return {"status": CaseStatus.CLOSED, "closed_at": event.at, "close_after": None}


def _nothing(_: Event) -> Changes:
    return {}


_CHANGES: Mapping[EventKind, Callable[[Event], Changes]] = MappingProxyType(
    {
        EventKind.CASE_ASSIGNED: _assigned,
        EventKind.CASE_QUEUED: _queued,
        EventKind.CASE_RELEASED: _queued,
        EventKind.CASE_ACCEPTED: _ready,
        EventKind.CASE_UPDATED: lambda event: body_columns(event.data["case"]),
        EventKind.CONTACT_MADE: _contact_made,
        EventKind.WAIT_BEGAN: _wait_began,
        EventKind.WAIT_ENDED: _ready,
        EventKind.REVIEW_PASSED: _nothing,
        EventKind.APPROVAL_DECIDED: _nothing,
        EventKind.COMMITMENT_MADE: _nothing,
        EventKind.COMMITMENT_KEPT: _nothing,
        EventKind.COMMITMENT_MISSED: _nothing,
        EventKind.CASE_RESOLVED: _resolved,
        EventKind.CASE_REOPENED: _reopened,
        EventKind.CASE_CANCELLED: _cancelled,
        EventKind.CASE_CLOSED: _closed,
        EventKind.CASE_ERASED: _nothing,
    }
)
"""What each event changes in the row; the version rises with every one of them."""


def changes_of(event: Event) -> Changes:
    """What an event changes in the row of its case, beside the version and the number of the last change."""
    changes = _CHANGES[event.kind](event)
    for name in ("resolution_due", "occurred_at"):
        if name in event.data:
            changes[name] = read_moment(event.data[name])
    return changes


def project_case(connection: sa.Connection, event: Event) -> None:
    """Write what an event changes in the row of its case."""
    if event.kind is EventKind.CASE_CREATED:
        connection.execute(sa.insert(cases), [new_case(event)])
        return
    if event.kind is EventKind.CASE_ERASED and event.case_id is not None:
        erase_personal(connection, event.case_id)
    changes = changes_of(event) | {"updated_seq": event.seq}
    values = {f"new_{name}": value for name, value in changes.items()}
    connection.execute(_update_of(tuple(changes)), {"of_case": event.case_id, **values})


@cache
def _update_of(names: tuple[str, ...]) -> sa.Update:
    """The statement that changes these columns; as every event has its own few, it is built once for each of them."""
    changes: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in names if name != "reopen_count"}
    if "reopen_count" in names:
        changes["reopen_count"] = cases.c.reopen_count + sa.bindparam("new_reopen_count")
    return sa.update(cases).where(cases.c.id == sa.bindparam("of_case")).values(changes | {"version": cases.c.version + 1})
