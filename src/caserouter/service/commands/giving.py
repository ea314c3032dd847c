"""Giving cases out and back: what holding, declining, reassigning and reopening have in common."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from caserouter.service.board import OpenCase
from caserouter.service.commands.wait_ends import end_wait
from caserouter.service.decisions import decide
from caserouter.service.unit import Unit
from caserouter.store.columns import moment_text
from caserouter.store.events import Event, EventKind


def route(unit: Unit, case_id: str, mode: str) -> Event:
    """Decide who takes a waiting case, and record it."""
    return unit.settle(decide(unit.board, unit.case(case_id).case, unit.now, mode=mode), mode)


def release(
    unit: Unit,
    case_id: str,
    *,
    reason: str,
    until: datetime | None = None,
    note: str = "",
    dated: Mapping[str, Any] | None = None,
) -> str:
    """Take a held case out of its holder's book: it waits.

    Parameters
    ----------
    unit
        The unit of work.
    case_id
        A held case.
    reason
        Code: ``declined``, ``offer_expired``, ``reassigned``, ``requirements``, ``credential``, ``absence`` or ``retired``.
    until
        Until when the holder is left alone with it; None for not at all.
    note
        Why, in somebody's words: kept where it can be erased.
    dated
        When that happened, as `Turn.dated`.

    Returns
    -------
    str
        Id of whoever held it.
    """
    open_case = unit.case(case_id)
    holder = open_case.holder
    assert holder is not None, f"{case_id} is {open_case.status}: nobody holds it"
    end_wait(unit, open_case)
    unit.record(
        EventKind.CASE_RELEASED,
        case_id=case_id,
        specialist_id=holder,
        data={**(dated or {}), "reason": reason, "until": None if until is None else moment_text(until)},
        personal={"reason": note} if note else None,
    )
    return holder


def hand_back(
    unit: Unit,
    case_id: str,
    *,
    reason: str,
    until: datetime | None = None,
    note: str = "",
    dated: Mapping[str, Any] | None = None,
    mode: str = "pull",
) -> None:
    """Take a case out of its holder's book, decide anew who takes it, and give the holder's room to others.

    Parameters
    ----------
    unit, case_id, reason, until, note, dated
        As for `release`.
    mode
        On what occasion it is decided on.
    """
    holder = release(unit, case_id, reason=reason, until=until, note=note, dated=dated)
    route(unit, case_id, mode)
    pull_after(unit, unit.case(case_id), holder)


def pull_after(unit: Unit, open_case: OpenCase, holder: str | None = None) -> None:
    """Give out the room that a change of `open_case` may have freed: with its holder, and for cases bound to it.

    Parameters
    ----------
    unit
        The unit of work.
    open_case
        What changed.
    holder
        Id of whoever held it; None for its present holder.
    """
    pull_left(unit, holder or open_case.holder, bound=is_bound(unit, open_case))


def pull_left(unit: Unit, holder: str | None, *, bound: bool) -> None:
    """Give out what a case has left behind: room in the book of its `holder` and under the team's cap, and cases that were `bound` to it."""
    if bound or (holder is not None and _is_capped(unit, holder)):
        unit.pull()
    elif holder is not None:
        unit.pull([holder])


def _is_capped(unit: Unit, specialist_id: str) -> bool:
    """Whether somebody's team has a cap, so that room in one book of the team is room for all of it."""
    return unit.board.people[specialist_id].specialist.team in unit.board.document.routing.team_caps


def is_bound(unit: Unit, open_case: OpenCase) -> bool:
    """Whether other cases must share, or must not share, a specialist with this one."""
    return unit.board.state(unit.now).ties.binds(open_case.case)
