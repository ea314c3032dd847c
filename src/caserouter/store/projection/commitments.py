"""Commitments: made, announced, kept or missed."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from caserouter.store.columns import read_moment
from caserouter.store.events import Event, EventKind
from caserouter.store.projection.cases import happened_at
from caserouter.store.tables import commitment

_CHANGES: Mapping[EventKind, Callable[[Event], dict[str, Any]]] = MappingProxyType(
    {
        EventKind.COMMITMENT_KEPT: lambda event: {"kept_at": happened_at(event)},
        EventKind.COMMITMENT_DUE: lambda _: {"announced": True},
        EventKind.COMMITMENT_MISSED: lambda event: {"missed_at": event.at, "announced": True},
    }
)


def new_commitment(event: Event) -> dict[str, Any]:
    """The row of a commitment that was just made."""
    made = {"id": event.data["commitment"], "case_id": event.case_id, "made_at": happened_at(event), "announced": False}
    return {**made, "due": read_moment(event.data["due"])}


def project_commitment(connection: sa.Connection, event: Event) -> None:
    """Write what became of a commitment."""
    key = event.data["commitment"]
    if event.kind is EventKind.COMMITMENT_MADE:
        connection.execute(sa.insert(commitment), [new_commitment(event)])
        return
    change = _CHANGES[event.kind](event)
    connection.execute(sa.update(commitment).where(commitment.c.id == key).values(change))
