"""What every command on a case begins with: is there such a case, is the news older than what is known, does the status allow it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from caserouter.domain.errors import NotFound
from caserouter.domain.lifecycle import CaseStatus, Command, require_allowed
from caserouter.service.board import OpenCase
from caserouter.service.findings import breach
from caserouter.service.unit import Unit
from caserouter.store.columns import moment_text
from caserouter.store.events import EventKind
from caserouter.store.lookups import case_columns

MAX_AHEAD = timedelta(minutes=5)
"""How far the clock of another system may be ahead of ours."""


class Done(NamedTuple):
    """What a command did.

    Parameters
    ----------
    case_id
        The case.
    applied
        Whether anything was done: what happened before the last thing that is known is recorded, and changes nothing.
    commitment
        Id of the commitment that was made, if any.
    """

    case_id: str
    applied: bool = True
    commitment: str | None = None


class Turn(NamedTuple):
    """A command's turn on a case.

    Parameters
    ----------
    case
        The case as the board has it.
    happened_at
        When it happened: as the client says, and by our clock if that says nothing, or is ahead of ours.
    dated
        What the command's first event adds to its data: when it happened, where the client says so.
    """

    case: OpenCase
    happened_at: datetime
    dated: Mapping[str, Any]


def take_turn(unit: Unit, command: Command, case_id: str, occurred_at: datetime | None = None) -> Turn | None:
    """The case, if the command may be carried out; None if it is older than what was applied last, which is recorded.

    Parameters
    ----------
    unit
        The unit of work.
    command, case_id
        What is to be done, and to which case.
    occurred_at
        When it happened, by the client's clock; None for now.

    Raises
    ------
    NotFound
        If there is no such case.
    Conflict
        If its status does not allow the command.
    InvalidInput
        If `occurred_at` lies ahead.
    """
    if occurred_at is not None:
        require_past(occurred_at, unit.now)
        latest: datetime | None = _column(unit, case_id, "occurred_at")
        if latest is not None and occurred_at < latest:
            data = {"command": command, "occurred_at": moment_text(occurred_at), "latest": moment_text(latest)}
            unit.record(EventKind.EVENT_IGNORED, case_id=case_id, data=data)
            return None
    found = unit.board.cases.get(case_id)
    status = found.status if found is not None else status_of(unit, case_id)
    require_allowed(command, status, case_id)
    return Turn(unit.case(case_id), min(occurred_at or unit.now, unit.now), dated(occurred_at))


def dated(occurred_at: datetime | None) -> dict[str, str]:
    """What an event adds to its data: when it happened, where the client says so."""
    return {} if occurred_at is None else {"occurred_at": moment_text(occurred_at)}


def status_of(unit: Unit, case_id: str) -> CaseStatus:
    """The status of any case, also of one that the board no longer has.

    Raises
    ------
    NotFound
        If there is no such case.
    """
    return CaseStatus(_column(unit, case_id, "status"))


def require_past(occurred_at: datetime | None, now: datetime) -> None:
    """Refuse what is said to have happened in the future: everything after it would look older."""
    if occurred_at is not None and occurred_at > now + MAX_AHEAD:
        rule = f"is after now, {now.isoformat()}"
        raise breach("occurred_at", occurred_at.isoformat(), rule, "set the clock of the system that sends it")


def _column(unit: Unit, case_id: str, name: str) -> Any:
    """What the store says of any case in one column."""
    row = case_columns(unit.connection, case_id, name)
    if row is None:
        raise NotFound(f"{case_id}: there is no such case; check the id", ids=[case_id])
    return row[name]
