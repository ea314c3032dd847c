"""What comes due because of an event, and what no longer does.

An event's data may state when to warn ahead: ``warn_at`` is a moment for a commitment or a credential, and for the targets of a case a
mapping from ``first_response`` and ``resolution`` to moments. Without it nobody is warned.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

import sqlalchemy as sa

from caserouter.store import due
from caserouter.store.columns import read_moment
from caserouter.store.due import DueItem, DueKind
from caserouter.store.events import Event, EventKind
from caserouter.store.tables import cases

TARGETS = ("first_response", "resolution")
_TARGET_KINDS = (DueKind.TARGET_WARNS, DueKind.TARGET_DUE)
_COMMITMENT_KINDS = (DueKind.COMMITMENT_WARNS, DueKind.COMMITMENT_DUE)
_CREDENTIAL_KINDS = (DueKind.CREDENTIAL_LAPSING, DueKind.CREDENTIAL_LAPSES)
_HOLDING_KINDS = (DueKind.OFFER_EXPIRES, DueKind.FOLLOW_UP)

_DROPPED: Mapping[EventKind, tuple[DueKind, ...]] = MappingProxyType(
    {
        EventKind.CASE_RELEASED: _HOLDING_KINDS,
        EventKind.CASE_ACCEPTED: (DueKind.OFFER_EXPIRES,),
        EventKind.WAIT_BEGAN: (DueKind.FOLLOW_UP,),
        EventKind.WAIT_ENDED: (DueKind.FOLLOW_UP,),
        EventKind.CASE_RESOLVED: (*_HOLDING_KINDS, *_TARGET_KINDS),
        EventKind.CASE_REOPENED: (DueKind.CLOSE_AFTER,),
        EventKind.CASE_CANCELLED: (*_HOLDING_KINDS, *_TARGET_KINDS, *_COMMITMENT_KINDS),
        EventKind.CASE_CLOSED: (DueKind.CLOSE_AFTER, *_COMMITMENT_KINDS),
    }
)
"""Which items of its case an event ends."""


def project_deadlines(connection: sa.Connection, event: Event) -> None:
    """Write what comes due because of `event`, and delete what no longer does."""
    if event.case_id is not None and (dropped := _DROPPED.get(event.kind)):
        due.drop(connection, dropped, case_id=event.case_id)
    if (project_one := _OTHERS.get(event.kind)) is not None:
        project_one(connection, event)
    if event.kind is EventKind.CASE_CREATED or event.kind is EventKind.CASE_ASSIGNED:
        due.add(connection, items_of_creation(event))
    elif "resolution_due" in event.data or event.data.get("paused"):
        _set_target(connection, event, "resolution", event.data.get("resolution_due"))


def items_of_creation(event: Event) -> list[DueItem]:
    """What comes due because a case was created or assigned."""
    case_id = event.case_id or ""
    if event.kind is EventKind.CASE_ASSIGNED:
        until = read_moment(event.data.get("offer_until"))
        return [DueItem(until, DueKind.OFFER_EXPIRES, case_id, event.specialist_id or "")] if until else []
    if event.kind is EventKind.COMMITMENT_MADE:
        return list(_warned(event, event.data["due"], _COMMITMENT_KINDS, event.data["commitment"]))
    if event.kind is not EventKind.CASE_CREATED:
        return []
    case = event.data["case"]
    return [item for target in TARGETS for item in _target_items(event, target, case.get(f"{target}_due"))]


def _target_items(event: Event, target: str, moment: str | None) -> Iterator[DueItem]:
    if moment is not None:
        warn_at = read_moment((event.data.get("warn_at") or {}).get(target))
        yield DueItem(_moment(moment), DueKind.TARGET_DUE, event.case_id or "", "", target)
        if warn_at is not None:
            yield DueItem(warn_at, DueKind.TARGET_WARNS, event.case_id or "", "", target)


def _warned(event: Event, moment: str, kinds: tuple[DueKind, DueKind], ref: str) -> Iterator[DueItem]:
    owner = event.case_id or "", "" if event.case_id else event.specialist_id or ""
    yield DueItem(_moment(moment), kinds[1], *owner, ref)
    if (warn_at := read_moment(event.data.get("warn_at"))) is not None:
        yield DueItem(warn_at, kinds[0], *owner, ref)


def _moment(text: str) -> datetime:
    moment = read_moment(text)
    assert moment is not None
    return moment


def _set_target(connection: sa.Connection, event: Event, target: str, moment: str | None) -> None:
    due.drop(connection, _TARGET_KINDS, case_id=event.case_id or "", ref=target)
    due.add(connection, list(_target_items(event, target, moment)))


def _case_updated(connection: sa.Connection, event: Event) -> None:
    """Move the targets that changed; one that was met or announced already stays so."""
    known = (cases.c.first_response_due, cases.c.resolution_due, cases.c.first_response_at)
    row = connection.execute(sa.select(*known).where(cases.c.id == event.case_id)).one()
    for target in TARGETS:
        moment = event.data["case"].get(f"{target}_due")
        met = target == "first_response" and row.first_response_at is not None
        if not met and read_moment(moment) != getattr(row, f"{target}_due"):
            _set_target(connection, event, target, moment)


def _contact_made(connection: sa.Connection, event: Event) -> None:
    if event.data.get("first"):
        due.drop(connection, _TARGET_KINDS, case_id=event.case_id or "", ref="first_response")


def _wait_began(connection: sa.Connection, event: Event) -> None:
    if (follow_up := read_moment(event.data.get("follow_up"))) is not None:
        due.add(connection, [DueItem(follow_up, DueKind.FOLLOW_UP, event.case_id or "")])


def _case_resolved(connection: sa.Connection, event: Event) -> None:
    if (close_after := read_moment(event.data.get("close_after"))) is not None:
        due.add(connection, [DueItem(close_after, DueKind.CLOSE_AFTER, event.case_id or "")])


def _target_announced(connection: sa.Connection, event: Event) -> None:
    kinds = _TARGET_KINDS if event.kind is EventKind.TARGET_MISSED else (DueKind.TARGET_WARNS,)
    due.drop(connection, kinds, case_id=event.case_id or "", ref=event.data["target"])


def _commitment_changed(connection: sa.Connection, event: Event) -> None:
    if event.kind is EventKind.COMMITMENT_MADE:
        due.add(connection, items_of_creation(event))
        return
    kinds = (DueKind.COMMITMENT_WARNS,) if event.kind is EventKind.COMMITMENT_DUE else _COMMITMENT_KINDS
    due.drop(connection, kinds, case_id=event.case_id or "", ref=event.data["commitment"])


def _presence_set(connection: sa.Connection, event: Event) -> None:
    mine = event.specialist_id or ""
    due.drop(connection, (DueKind.PRESENCE_RETURNS,), specialist_id=mine)
    if (until := read_moment(event.data.get("until"))) is not None:
        due.add(connection, [DueItem(until, DueKind.PRESENCE_RETURNS, "", mine)])


def _retired(connection: sa.Connection, event: Event) -> None:
    kinds = (DueKind.PRESENCE_RETURNS, DueKind.INTAKE_OPENS, DueKind.ABSENCES, *_CREDENTIAL_KINDS)
    due.drop(connection, kinds, specialist_id=event.specialist_id or "")


def _credential_granted(connection: sa.Connection, event: Event) -> None:
    if (lapses := event.data.get("lapses")) is not None:
        due.add(connection, list(_warned(event, lapses, _CREDENTIAL_KINDS, event.data["credential"])))


def _credential_ended(connection: sa.Connection, event: Event) -> None:
    announced = event.kind is EventKind.CREDENTIAL_LAPSING and not event.data["lapsed"]
    kinds = (DueKind.CREDENTIAL_LAPSING,) if announced else _CREDENTIAL_KINDS
    due.drop(connection, kinds, specialist_id=event.specialist_id or "", ref=event.data["credential"])


_OTHERS: Mapping[EventKind, Callable[[sa.Connection, Event], None]] = MappingProxyType(
    {
        EventKind.CASE_UPDATED: _case_updated,
        EventKind.CONTACT_MADE: _contact_made,
        EventKind.WAIT_BEGAN: _wait_began,
        EventKind.CASE_RESOLVED: _case_resolved,
        EventKind.TARGET_WARNED: _target_announced,
        EventKind.TARGET_MISSED: _target_announced,
        EventKind.COMMITMENT_MADE: _commitment_changed,
        EventKind.COMMITMENT_KEPT: _commitment_changed,
        EventKind.COMMITMENT_DUE: _commitment_changed,
        EventKind.COMMITMENT_MISSED: _commitment_changed,
        EventKind.PRESENCE_SET: _presence_set,
        EventKind.SPECIALIST_RETIRED: _retired,
        EventKind.CREDENTIAL_GRANTED: _credential_granted,
        EventKind.CREDENTIAL_REVOKED: _credential_ended,
        EventKind.CREDENTIAL_LAPSING: _credential_ended,
    }
)
