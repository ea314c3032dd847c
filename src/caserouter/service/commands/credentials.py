"""Credentials: granted and revoked, announced before they lapse, and the cases that they covered.

A credential that is revoked, or has lapsed, no longer covers the cases held under it: they go back to the queue. One with a last day is
announced `lapse_lead_hours` before, when what somebody else can take now is handed over.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from caserouter.domain.credentials import Credential
from caserouter.domain.errors import Conflict, NotFound
from caserouter.domain.service_policy import ServicePolicy
from caserouter.domain.specialist import Specialist
from caserouter.service.board import OpenCase
from caserouter.service.case_ids import new_id
from caserouter.service.commands.coverage import uncovered
from caserouter.service.commands.giving import release
from caserouter.service.commands.roster import person
from caserouter.service.commands.sending_back import send_back
from caserouter.service.commands.specialist_findings import findings_of_credential
from caserouter.service.decisions import decide
from caserouter.service.findings import require_none
from caserouter.service.unit import Unit
from caserouter.store import due
from caserouter.store.columns import moment_text
from caserouter.store.due import DueItem, DueKind
from caserouter.store.events import EventKind
from caserouter.store.people import Person, person_of


def grant_credential(unit: Unit, specialist_id: str, credential: Credential, *, evidence: str = "") -> str:
    """Record that a specialist holds a credential.

    Parameters
    ----------
    unit, specialist_id, credential
        The unit of work, who, and what.
    evidence
        What shows it, such as the number of the licence; kept where it can be erased.

    Returns
    -------
    str
        Id of the credential.

    Raises
    ------
    NotFound, Conflict
        If there is no such specialist, one who has retired, or one who holds the very same credential.
    InvalidInput
        If a jurisdiction is unknown.
    """
    holder = person(unit, specialist_id)
    require_none(findings_of_credential(credential, unit.board.document.routing), specialist_id)
    for known, held in holder.credentials.items():
        if held == credential:
            raise Conflict(
                f"{specialist_id} holds {credential.kind} with the same places and dates already, as {known}", ids=[known]
            )
    credential_id = _grant(unit, holder.specialist, credential, evidence)
    unit.pull([specialist_id])
    return credential_id


def revoke_credential(unit: Unit, specialist_id: str, credential_id: str) -> list[str]:
    """Record that a specialist holds a credential no longer; what it covered goes back to the queue, and others pull it at once.

    Returns
    -------
    list of str
        Ids of the cases sent back.

    Raises
    ------
    NotFound
        If there is no such specialist, or none of that id is held.
    """
    holder = person_of(unit.connection, specialist_id)
    if holder is None or credential_id not in holder.credentials:
        raise NotFound(f"{credential_id}: {specialist_id} holds no credential of this id; list what is held", ids=[credential_id])
    _revoke(unit, specialist_id, credential_id, holder.credentials[credential_id])
    left = tuple(one for key, one in holder.credentials.items() if key != credential_id)
    remaining = holder.specialist.model_copy(update={"credentials": left})
    return send_back(unit, uncovered(unit, [remaining]), "credential")


def replace_credentials(unit: Unit, wanted: Specialist, held: Mapping[str, Credential]) -> bool:
    """Grant and revoke until `wanted.credentials` are what is held; whether that took anything. Nobody pulls yet."""
    gone = {key: one for key, one in held.items() if one not in wanted.credentials}
    missing = [one for one in dict.fromkeys(wanted.credentials) if one not in held.values()]
    for credential in missing:
        _grant(unit, wanted, credential, "")
    for key, credential in gone.items():
        _revoke(unit, wanted.id, key, credential)
    if gone:
        send_back(unit, uncovered(unit, [wanted]), "credential")
    return bool(gone or missing)


def announce_lapse(unit: Unit, specialist_id: str, credential_id: str) -> list[str]:
    """Announce that a credential lapses soon, and hand over what it covers as far as somebody else can take it now.

    Returns
    -------
    list of str
        Ids of the cases handed over; nothing happens if the credential was revoked, or has lapsed, meanwhile.
    """
    holder, credential = _still_held(unit, specialist_id, credential_id)
    lapses = lapse_of(credential, holder.specialist.zone) if holder and credential else None
    if holder is None or credential is None or lapses is None or lapses <= unit.now:
        return []
    _record_lapse(unit, specialist_id, credential_id, credential, lapses, lapsed=False)
    others = [one for one in unit.board.state(unit.now).roster.index_by_id if one != specialist_id]
    handed_over = [one.id for one in uncovered(unit, [holder.specialist], lapses) if _hand_over(unit, one, others)]
    if handed_over:
        unit.pull()
    return handed_over


def lapse(unit: Unit, specialist_id: str, credential_id: str) -> list[str]:
    """Record that a credential has lapsed; what it covered goes back to the queue.

    Returns
    -------
    list of str
        Ids of the cases sent back; nothing happens if the credential was revoked meanwhile, or is still valid.
    """
    holder, credential = _still_held(unit, specialist_id, credential_id)
    lapses = lapse_of(credential, holder.specialist.zone) if holder and credential else None
    if holder is None or credential is None or lapses is None or lapses > unit.now:
        return []
    _record_lapse(unit, specialist_id, credential_id, credential, lapses, lapsed=True)
    return send_back(unit, uncovered(unit, [holder.specialist]), "credential")


def lapse_of(credential: Credential, zone: ZoneInfo) -> datetime | None:
    """When a credential stops to be valid: at the end of its last day, in its holder's time zone; None if it never does."""
    if credential.valid_until is None:
        return None
    return datetime.combine(credential.valid_until + timedelta(days=1), time(), zone).astimezone(UTC)


def schedule_lapses(unit: Unit, specialist_id: str, zone: ZoneInfo, held: Mapping[str, Credential]) -> None:
    """Put what comes due because of credentials where it belongs, after a change of the time zone or of the policy's lead."""
    items = []
    for credential_id, credential in held.items():
        lapses = lapse_of(credential, zone)
        if lapses is None or (lapses <= unit.now and not _is_lapse_ahead(unit, specialist_id, credential_id)):
            continue  # it never does, or that was seen to
        items.append(DueItem(lapses, DueKind.CREDENTIAL_LAPSES, "", specialist_id, credential_id))
        warns = max(_warn_at(unit.board.document, lapses), unit.now)
        items.append(DueItem(warns, DueKind.CREDENTIAL_LAPSING, "", specialist_id, credential_id))
    due.add(unit.connection, items)


def _is_lapse_ahead(unit: Unit, specialist_id: str, credential_id: str) -> bool:
    """Whether a credential has not come due so far, by the time zone or the lead of before."""
    items = due.items_of(unit.connection, specialist_id=specialist_id)
    return any(item.kind is DueKind.CREDENTIAL_LAPSES and item.ref == credential_id for item in items)


def _grant(unit: Unit, holder: Specialist, credential: Credential, evidence: str) -> str:
    credential_id = new_id("L-")
    data: dict[str, Any] = {"credential": credential_id, "value": _value(credential)}
    lapses = lapse_of(credential, holder.zone)
    if lapses is not None and lapses > unit.now:
        data |= {"lapses": moment_text(lapses), "warn_at": moment_text(_warn_at(unit.board.document, lapses))}
    personal = {"evidence": evidence} if evidence else None
    unit.record(EventKind.CREDENTIAL_GRANTED, specialist_id=holder.id, data=data, personal=personal)
    return credential_id


def _revoke(unit: Unit, specialist_id: str, credential_id: str, credential: Credential) -> None:
    data = {"credential": credential_id, "value": _value(credential)}
    unit.record(EventKind.CREDENTIAL_REVOKED, specialist_id=specialist_id, data=data)


def _still_held(unit: Unit, specialist_id: str, credential_id: str) -> tuple[Person | None, Credential | None]:
    holder = person_of(unit.connection, specialist_id)
    if holder is None or not holder.active:
        return None, None
    return holder, holder.credentials.get(credential_id)


def _hand_over(unit: Unit, held: OpenCase, others: list[str]) -> bool:
    """Give one case to somebody else, if anybody can take it now; should they not want it, its holder may take it again until the lapse."""
    if decide(unit.board, held.case, unit.now, mode="pull", specialists=others).specialist is None:
        return False
    release(unit, held.id, reason="credential")
    unit.settle(decide(unit.board, held.case, unit.now, mode="pull", specialists=others), "pull")
    return True


def _record_lapse(
    unit: Unit, specialist_id: str, credential_id: str, credential: Credential, lapses: datetime, *, lapsed: bool
) -> None:
    data = {
        "credential": credential_id,
        "kind": credential.kind,
        "jurisdictions": sorted(credential.jurisdictions),
        "lapses": moment_text(lapses),
        "lapsed": lapsed,
    }
    unit.record(EventKind.CREDENTIAL_LAPSING, specialist_id=specialist_id, data=data)


def _warn_at(document: ServicePolicy, lapses: datetime) -> datetime:
    return lapses - timedelta(hours=document.lapse_lead_hours)


def _value(credential: Credential) -> dict[str, Any]:
    value = credential.model_dump(mode="json")
    return value | {"jurisdictions": sorted(value["jurisdictions"])}
