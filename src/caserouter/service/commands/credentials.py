"""Credentials: granted, and revoked, which sends back to the queue the cases that they covered."""

from collections.abc import Mapping
from typing import Any

from caserouter.domain.credentials import Credential
from caserouter.domain.errors import Conflict, NotFound
from caserouter.domain.specialist import Specialist
from caserouter.service.case_ids import new_id
from caserouter.service.commands.coverage import uncovered
from caserouter.service.commands.lapses import lapse_data
from caserouter.service.commands.roster import person
from caserouter.service.commands.sending_back import send_back
from caserouter.service.commands.specialist_findings import findings_of_credential
from caserouter.service.findings import require_none
from caserouter.service.unit import Unit
from caserouter.store.events import EventKind
from caserouter.store.people import person_of


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


def _grant(unit: Unit, holder: Specialist, credential: Credential, evidence: str) -> str:
    credential_id = new_id("L-")
    data = {"credential": credential_id, "value": _value(credential), **lapse_data(unit, credential, holder.zone)}
    personal = {"evidence": evidence} if evidence else None
    unit.record(EventKind.CREDENTIAL_GRANTED, specialist_id=holder.id, data=data, personal=personal)
    return credential_id


def _revoke(unit: Unit, specialist_id: str, credential_id: str, credential: Credential) -> None:
    data = {"credential": credential_id, "value": _value(credential)}
    unit.record(EventKind.CREDENTIAL_REVOKED, specialist_id=specialist_id, data=data)


def _value(credential: Credential) -> dict[str, Any]:
    value = credential.model_dump(mode="json")
    return value | {"jurisdictions": sorted(value["jurisdictions"])}
