"""Specialists: put, changed, given another capacity, retired."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from caserouter.domain.specialist import MAX_CAPACITY, Specialist
from caserouter.service.absences import leave_items, long_leave
from caserouter.service.commands.credentials import replace_credentials
from caserouter.service.commands.lapses import schedule_lapses
from caserouter.service.commands.roster import held_by, person
from caserouter.service.commands.sending_back import offer_around, release_all, send_back
from caserouter.service.commands.specialist_findings import findings_of_specialist
from caserouter.service.findings import breach, read_fields, require_none
from caserouter.service.unit import Unit
from caserouter.store import due
from caserouter.store.due import DueItem, DueKind
from caserouter.store.events import EventKind
from caserouter.store.people import Person, person_of


class Put(NamedTuple):
    """What became of a specialist.

    Parameters
    ----------
    specialist_id
        Whose.
    created
        Whether there was none of this id before.
    changed
        Whether anything was recorded.
    """

    specialist_id: str
    created: bool
    changed: bool


def put_specialist(unit: Unit, specialist: Specialist, *, credentials: bool = False) -> Put:
    """State who a specialist is; whoever has retired takes cases again.

    Parameters
    ----------
    unit
        The unit of work.
    specialist
        Everything about the specialist.
    credentials
        Whether `specialist.credentials` are all that is held from now on: others are revoked. Otherwise what is held stays.

    Raises
    ------
    InvalidInput
        If the specialist says what the service itself knows, or what the policy does not.
    """
    require_none(findings_of_specialist(specialist, unit.board.document.routing), specialist.id)
    put = record_specialist(unit, person_of(unit.connection, specialist.id), specialist, credentials=credentials)
    if put.changed:
        unit.pull()
    return put


def patch_specialist(unit: Unit, specialist_id: str, changes: Mapping[str, Any]) -> Put:
    """Change some fields of a specialist, as JSON by name; null takes a field's default.

    Raises
    ------
    NotFound, Conflict
        If there is no such specialist, or one who has retired.
    InvalidInput
        If what comes out is no specialist.
    """
    known = person(unit, specialist_id)
    body = known.specialist.model_dump(mode="json") | dict(changes)
    body = {name: value for name, value in body.items() if value is not None or name not in changes}
    wanted = read_fields(Specialist, body | {"id": specialist_id}, specialist_id)
    return put_specialist(unit, wanted, credentials="credentials" in changes)


def record_specialist(unit: Unit, known: Person | None, wanted: Specialist, *, credentials: bool) -> Put:
    """Record a specialist who was checked, and what follows for credentials and leave; nobody pulls yet."""
    changed = known is None or not known.active or _plain(known.specialist) != _plain(wanted)
    if changed:
        data = {"specialist": specialist_body(wanted)}
        unit.record(EventKind.SPECIALIST_PUT, specialist_id=wanted.id, data=data, personal={"name": wanted.name})
        _schedule_leave(unit, known, wanted)
        if known is not None and (not known.active or known.specialist.time_zone != wanted.time_zone):
            schedule_lapses(unit, wanted.id, wanted.zone, known.credentials)
        if known is not None and not known.active and known.presence_until is not None:
            due.add(unit.connection, [DueItem(known.presence_until, DueKind.PRESENCE_RETURNS, "", wanted.id)])
    if credentials and replace_credentials(unit, wanted, {} if known is None else known.credentials):
        changed = True
    return Put(wanted.id, known is None, changed)


def specialist_body(specialist: Specialist) -> dict[str, Any]:
    """The specialist as an event states it: no name, no credentials, no cases held, and no use of the intake."""
    body = specialist.model_dump(mode="json", exclude={"name", "held_cases", "credentials"})
    if body["intake"] is not None:
        del body["intake"]["used"]
    return body | {"languages": sorted(body["languages"])}


def set_capacity(unit: Unit, specialist_id: str, capacity: int) -> Put:
    """Set the largest book of a specialist; cases beyond it stay where they are.

    Raises
    ------
    NotFound, Conflict
        If there is no such specialist, or one who has retired.
    InvalidInput
        If `capacity` is below 0 or above `MAX_CAPACITY`.
    """
    if not 0 <= capacity <= MAX_CAPACITY:
        raise breach("capacity", str(capacity), f"outside 0 to {MAX_CAPACITY}", "choose one in between")
    before = person(unit, specialist_id).specialist.capacity
    if capacity != before:
        unit.record(EventKind.CAPACITY_SET, specialist_id=specialist_id, data={"capacity": capacity})
        if capacity > before:
            unit.pull([specialist_id])
    return Put(specialist_id, created=False, changed=capacity != before)


def retire_specialist(unit: Unit, specialist_id: str) -> Put:
    """Let a specialist take no cases any longer; those held go back to the queue, and others pull them at once.

    Raises
    ------
    NotFound, Conflict
        If there is no such specialist, or one who has retired already.
    """
    person(unit, specialist_id)
    ids = release_all(unit, held_by(unit, specialist_id), "retired")
    unit.record(EventKind.SPECIALIST_RETIRED, specialist_id=specialist_id)
    offer_around(unit, ids)
    return Put(specialist_id, created=False, changed=True)


def _plain(specialist: Specialist) -> Specialist:
    return specialist.model_copy(update={"credentials": ()})


def _schedule_leave(unit: Unit, known: Person | None, wanted: Specialist) -> None:
    """See to leave ahead, and send back what is held by somebody whose long leave, only now known, has begun."""
    document = unit.board.document
    if known is not None:
        for item in leave_items(document, known.specialist, unit.now):
            due.drop(unit.connection, [item.kind], specialist_id=wanted.id, ref=item.ref)
    due.add(unit.connection, list(leave_items(document, wanted, unit.now)))
    if known is not None and long_leave(document, wanted, unit.now) and not long_leave(document, known.specialist, unit.now):
        send_back(unit, held_by(unit, wanted.id), "absence")
