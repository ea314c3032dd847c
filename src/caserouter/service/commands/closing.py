"""The end of a case, and its return: resolved, reopened, closed, cancelled, erased."""

from datetime import datetime, timedelta

from caserouter.domain.case import Case
from caserouter.domain.errors import Conflict
from caserouter.domain.lifecycle import CaseStatus, Command
from caserouter.service.board import OpenCase
from caserouter.service.commands.approvals import require_approval
from caserouter.service.commands.giving import is_bound, pull_left, route
from caserouter.service.commands.turn import Done, status_of, take_turn
from caserouter.service.commands.wait_ends import end_wait
from caserouter.service.decisions import decide
from caserouter.service.due_times import resolution_data
from caserouter.service.targets import due_after_reopening, warn_at
from caserouter.service.unit import Unit
from caserouter.store import due
from caserouter.store.columns import moment_text
from caserouter.store.due import DueItem, DueKind
from caserouter.store.events import EventKind


def resolve(unit: Unit, case_id: str, *, occurred_at: datetime | None = None) -> Done:
    """The case is done; whoever held it has room, and it may be reopened for the policy's `reopen_days`.

    Raises
    ------
    Conflict
        If somebody holds it whose authority does not cover its amount, and nobody with the authority has decided that.
    """
    turn = take_turn(unit, Command.RESOLVE, case_id, occurred_at)
    if turn is None:
        return Done(case_id, applied=False)
    require_approval(unit, turn.case)
    holder, bound = turn.case.holder, is_bound(unit, turn.case)
    end_wait(unit, turn.case)
    close_after = unit.now + timedelta(days=unit.board.document.reopen_days)
    data = {**turn.dated, "close_after": moment_text(close_after)}
    unit.record(EventKind.CASE_RESOLVED, case_id=case_id, specialist_id=holder, data=data)
    pull_left(unit, holder, bound=bound)
    return Done(case_id)


def reopen(unit: Unit, case_id: str, *, occurred_at: datetime | None = None) -> Done:
    """The case is not done after all: back to whoever held it last, if they may take it and have room, else to whoever may.

    Raises
    ------
    Conflict
        If it is not resolved, or its reopen window is over.
    """
    turn = take_turn(unit, Command.REOPEN, case_id, occurred_at)
    if turn is None:
        return Done(case_id, applied=False)
    open_case, document = turn.case, unit.board.document
    if open_case.close_after is not None and unit.now >= open_case.close_after:
        raise Conflict(
            f"{case_id}: could be reopened until {open_case.close_after.isoformat()}; create a new case, and link it",
            ids=[case_id],
        )
    assert open_case.resolved_at is not None
    case = open_case.case
    moved = due_after_reopening(document, case, case.resolution_due, open_case.resolved_at, unit.now)
    unit.record(EventKind.CASE_REOPENED, case_id=case_id, data={**turn.dated, **resolution_data(document, case, moved)})
    if open_case.first_response_at is None:
        _expect_first_response(unit, case)
    if not _back_to_owner(unit, open_case):
        route(unit, case_id, "reopen")
    if is_bound(unit, open_case):
        unit.pull()
    return Done(case_id)


def cancel(unit: Unit, case_id: str, *, reason: str = "", occurred_at: datetime | None = None) -> Done:
    """The case was withdrawn before the first contact; the reason is kept where it can be erased.

    Raises
    ------
    Conflict
        If there was a contact: then the case is resolved, not cancelled.
    """
    turn = take_turn(unit, Command.CANCEL, case_id, occurred_at)
    if turn is None:
        return Done(case_id, applied=False)
    if turn.case.first_response_at is not None:
        raise Conflict(f"{case_id}: the customer was spoken to; resolve it instead", ids=[case_id])
    holder, bound = turn.case.holder, is_bound(unit, turn.case)
    unit.record(
        EventKind.CASE_CANCELLED,
        case_id=case_id,
        specialist_id=holder,
        data={**turn.dated, "reason": "withdrawn"},
        personal={"reason": reason} if reason else None,
    )
    pull_left(unit, holder, bound=bound)
    return Done(case_id)


def close(unit: Unit, case_id: str) -> Done:
    """End a resolved case for good, if its reopen window is over; nothing otherwise."""
    found = unit.board.cases.get(case_id)
    if found is None or found.status is not CaseStatus.RESOLVED or found.close_after is None or found.close_after > unit.now:
        return Done(case_id, applied=False)
    unit.record(EventKind.CASE_CLOSED, case_id=case_id)
    return Done(case_id)


def erase(unit: Unit, case_id: str) -> Done:
    """Delete what is personal about a case, open or not; what happened, and why, stays.

    Raises
    ------
    NotFound
        If there is no such case.
    """
    status_of(unit, case_id)
    unit.record(EventKind.CASE_ERASED, case_id=case_id)
    return Done(case_id)


def _back_to_owner(unit: Unit, open_case: OpenCase) -> bool:
    """Give a reopened case to whoever held it last, if they may take it now; whether they did."""
    owner = open_case.last_holder
    if owner is None or not unit.is_active(owner):
        return False
    outcome = decide(unit.board, open_case.case, unit.now, mode="reopen", specialists=[owner])
    if outcome.specialist is None:
        return False
    unit.settle(outcome, "reopen")
    return True


def _expect_first_response(unit: Unit, case: Case) -> None:
    """Let the target of the first response come due again, of a case that was resolved without one and is reopened."""
    if case.first_response_due is None:
        return
    warns = warn_at(unit.board.document, case, case.first_response_due)
    moments = {DueKind.TARGET_WARNS: warns, DueKind.TARGET_DUE: case.first_response_due}
    due.add(unit.connection, [DueItem(moment, kind, case.id, "", "first_response") for kind, moment in moments.items()])
