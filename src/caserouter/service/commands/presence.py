"""Presence: who is there, who is away until when, and what becomes of the cases of somebody who stays away for long.

Busy, away and offline all stop new cases. Away and offline are absences: a long one sends what is held back to the queue, at its
beginning where its end is known, and otherwise once it has lasted that long. Leave in the calendar does the same.
"""

from datetime import datetime, timedelta

from caserouter.domain.presence import ONLINE, Presence
from caserouter.domain.specialist import Specialist
from caserouter.service.absences import LEAVE, PRESENCE, long_leave
from caserouter.service.commands.roster import held_by, person
from caserouter.service.commands.sending_back import send_back
from caserouter.service.findings import breach
from caserouter.service.unit import Unit
from caserouter.store import due
from caserouter.store.columns import moment_text
from caserouter.store.due import DueItem, DueKind
from caserouter.store.events import EventKind
from caserouter.store.people import person_of


def set_presence(unit: Unit, specialist_id: str, presence: Presence, until: datetime | None = None) -> bool:
    """State whether a specialist is there.

    Parameters
    ----------
    unit, specialist_id, presence
        The unit of work, who, and what.
    until
        When the specialist is there again; None for no known end.

    Returns
    -------
    bool
        Whether it was another one before.

    Raises
    ------
    NotFound, Conflict
        If there is no such specialist, or one who has retired.
    InvalidInput
        If `until` has passed, or is given for somebody who is there.
    """
    if until is not None:
        _require_end(unit, presence, until)
    known = person(unit, specialist_id)
    if (known.presence, known.presence_until) == (presence, until):
        return False
    _record(unit, specialist_id, presence, until)
    if presence == ONLINE:
        _returned(unit, specialist_id)
    else:
        _left(unit, specialist_id)
    return True


def end_absence(unit: Unit, specialist_id: str) -> bool:
    """Note that the moment has come until which somebody was not there; whether there was anything to note."""
    known = person_of(unit.connection, specialist_id)
    if known is None or not known.active or known.presence_until is None or known.presence_until > unit.now:
        return False
    _record(unit, specialist_id, ONLINE, None)
    _returned(unit, specialist_id)
    return True


def begin_absence(unit: Unit, specialist_id: str, ref: str) -> list[str]:
    """Send back what is held by somebody whose long absence has come: leave that begins, or an absence that does not end.

    Parameters
    ----------
    unit, specialist_id
        The unit of work, and who.
    ref
        Reference of the item that came due: `PRESENCE`, or `LEAVE` and more.

    Returns
    -------
    list of str
        Ids of the cases sent back; nothing happens if the specialist is there after all.
    """
    known = person_of(unit.connection, specialist_id)
    if known is None or not known.active:
        return []
    if ref.startswith(LEAVE):
        is_away = _is_on_leave(unit, known.specialist, datetime.fromisoformat(ref.removeprefix(LEAVE)))
    else:
        is_away = _away_without_end_since(unit, specialist_id) is not None
    return send_back(unit, held_by(unit, specialist_id), "absence") if is_away else []


def see_to_endless_absence(unit: Unit, specialist_id: str) -> None:
    """Let the absence of somebody who is away without an end be looked at once it is a long one."""
    since = _away_without_end_since(unit, specialist_id)
    if since is not None:
        moment = since + timedelta(hours=unit.board.document.absence_hours)
        due.add(unit.connection, [DueItem(moment, DueKind.ABSENCES, "", specialist_id, PRESENCE)])


def _require_end(unit: Unit, presence: str, until: datetime) -> None:
    """Refuse an end that has passed, or that is no absence's."""
    if presence == ONLINE:
        rule = "online with an until: shifts say when somebody leaves"
        raise breach("until", until.isoformat(), rule, "leave it out, or set offline when it is time")
    if until <= unit.now:
        rule = f"is not after now, {unit.now.isoformat()}"
        raise breach("until", until.isoformat(), rule, "name a later moment, or set online")


def _record(unit: Unit, specialist_id: str, presence: str, until: datetime | None) -> None:
    data = {"presence": presence, "until": None if until is None else moment_text(until)}
    unit.record(EventKind.PRESENCE_SET, specialist_id=specialist_id, data=data)


def _returned(unit: Unit, specialist_id: str) -> None:
    """Let somebody who is there again pull."""
    due.drop(unit.connection, [DueKind.ABSENCES], specialist_id=specialist_id, ref=PRESENCE)
    unit.pull([specialist_id])


def _left(unit: Unit, specialist_id: str) -> None:
    """Send back what is held if the absence is long, extensions included; if its end is unknown, see to it once it has lasted that long."""
    due.drop(unit.connection, [DueKind.ABSENCES], specialist_id=specialist_id, ref=PRESENCE)
    see_to_endless_absence(unit, specialist_id)
    away = unit.board.people[specialist_id]
    shortest = timedelta(hours=unit.board.document.absence_hours)
    if away.absent_since is not None and away.until is not None and away.until - away.absent_since >= shortest:
        send_back(unit, held_by(unit, specialist_id), "absence")


def _away_without_end_since(unit: Unit, specialist_id: str) -> datetime | None:
    """Since when somebody is away or offline without a known end; None for somebody who is not."""
    away = unit.board.people[specialist_id]
    return away.absent_since if away.until is None else None


def _is_on_leave(unit: Unit, specialist: Specialist, began: datetime) -> bool:
    """Whether leave that began then was a long one, and lasts; the keeper comes to it a little later."""
    leave = long_leave(unit.board.document, specialist, began)
    return leave is not None and leave[0] <= unit.now < leave[1]
