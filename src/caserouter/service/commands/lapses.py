"""Credentials that lapse: announced ahead, when what they cover is handed over, and then seen to.

One with a last day is announced `lapse_lead_hours` before. What somebody else can take at that moment is handed over; the rest goes back to
the queue when the credential lapses.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from caserouter.domain.credentials import Credential
from caserouter.domain.specialist import Specialist
from caserouter.service.board import OpenCase
from caserouter.service.commands.coverage import uncovered
from caserouter.service.commands.giving import release
from caserouter.service.commands.sending_back import send_back
from caserouter.service.decisions import decide
from caserouter.service.unit import Unit
from caserouter.store import due
from caserouter.store.columns import moment_text
from caserouter.store.due import DueItem, DueKind
from caserouter.store.events import EventKind
from caserouter.store.people import person_of


class _Lapse(NamedTuple):
    """A credential that somebody holds, and when it lapses."""

    holder: Specialist
    credential_id: str
    credential: Credential
    moment: datetime


def announce_lapse(unit: Unit, specialist_id: str, credential_id: str) -> list[str]:
    """Announce that a credential lapses soon, and hand over what it covers as far as somebody else can take it now.

    Returns
    -------
    list of str
        Ids of the cases handed over; nothing happens if the credential was revoked, or has lapsed, meanwhile.
    """
    lapse = _lapse_of(unit, specialist_id, credential_id)
    if lapse is None or lapse.moment <= unit.now:
        return []
    _record(unit, lapse, lapsed=False)
    others = [one for one in unit.board.state(unit.now).roster.index_by_id if one != specialist_id]
    handed_over = [one.id for one in uncovered(unit, [lapse.holder], lapse.moment) if _hand_over(unit, one, others)]
    if handed_over:
        unit.pull()
    return handed_over


def let_lapse(unit: Unit, specialist_id: str, credential_id: str) -> list[str]:
    """Record that a credential has lapsed; what it covered goes back to the queue.

    Returns
    -------
    list of str
        Ids of the cases sent back; nothing happens if the credential was revoked meanwhile, or is still valid.
    """
    lapse = _lapse_of(unit, specialist_id, credential_id)
    if lapse is None or lapse.moment > unit.now:
        return []
    _record(unit, lapse, lapsed=True)
    return send_back(unit, uncovered(unit, [lapse.holder]), "credential")


def lapse_data(unit: Unit, credential: Credential, zone: ZoneInfo) -> dict[str, str]:
    """What the event of a grant states of the lapse, if that lies ahead."""
    moment = _end_of(credential, zone)
    if moment is None or moment <= unit.now:
        return {}
    return {"lapses": moment_text(moment), "warn_at": moment_text(moment - _lead(unit))}


def schedule_lapses(unit: Unit, specialist_id: str, zone: ZoneInfo, held: Mapping[str, Credential]) -> None:
    """Put what comes due because of credentials where it belongs, after a change of the time zone or of the policy's lead."""
    items = []
    for credential_id, credential in held.items():
        moment = _end_of(credential, zone)
        if moment is None or (moment <= unit.now and not _is_ahead(unit, specialist_id, credential_id)):
            continue  # it never lapses, or that was seen to
        items.append(DueItem(moment, DueKind.CREDENTIAL_LAPSES, "", specialist_id, credential_id))
        warns = max(moment - _lead(unit), unit.now)
        items.append(DueItem(warns, DueKind.CREDENTIAL_LAPSING, "", specialist_id, credential_id))
    due.add(unit.connection, items)


def _lapse_of(unit: Unit, specialist_id: str, credential_id: str) -> _Lapse | None:
    """The lapse of a credential; None if it is not held any more, or never lapses."""
    holder = person_of(unit.connection, specialist_id)
    if holder is None or not holder.active or credential_id not in holder.credentials:
        return None
    credential = holder.credentials[credential_id]
    moment = _end_of(credential, holder.specialist.zone)
    return None if moment is None else _Lapse(holder.specialist, credential_id, credential, moment)


def _end_of(credential: Credential, zone: ZoneInfo) -> datetime | None:
    """When a credential stops to be valid: at the end of its last day, in its holder's time zone; None if it never does."""
    if credential.valid_until is None:
        return None
    return datetime.combine(credential.valid_until + timedelta(days=1), time(), zone).astimezone(UTC)


def _lead(unit: Unit) -> timedelta:
    """How long before a lapse it is announced."""
    return timedelta(hours=unit.board.document.lapse_lead_hours)


def _is_ahead(unit: Unit, specialist_id: str, credential_id: str) -> bool:
    """Whether the lapse has not been seen to so far, by the time zone or the lead of before."""
    items = due.items_of(unit.connection, specialist_id=specialist_id)
    return any(item.kind is DueKind.CREDENTIAL_LAPSES and item.ref == credential_id for item in items)


def _hand_over(unit: Unit, held: OpenCase, others: list[str]) -> bool:
    """Give one case to somebody else, if anybody can take it now; should they not want it, its holder may take it again until the lapse."""
    if decide(unit.board, held.case, unit.now, mode="pull", specialists=others).specialist is None:
        return False
    release(unit, held.id, reason="credential")
    unit.settle(decide(unit.board, held.case, unit.now, mode="pull", specialists=others), "pull")
    return True


def _record(unit: Unit, lapse: _Lapse, *, lapsed: bool) -> None:
    data = {
        "credential": lapse.credential_id,
        "kind": lapse.credential.kind,
        "jurisdictions": sorted(lapse.credential.jurisdictions),
        "lapses": moment_text(lapse.moment),
        "lapsed": lapsed,
    }
    unit.record(EventKind.CREDENTIAL_LAPSING, specialist_id=lapse.holder.id, data=data)
