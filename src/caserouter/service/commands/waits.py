"""What a case waits for: customer, another department, an approval or a review; and the clock that may stand still meanwhile."""

from datetime import datetime
from typing import Literal

from caserouter.domain.errors import Conflict
from caserouter.domain.lifecycle import Command
from caserouter.service.commands.giving import pull_after
from caserouter.service.commands.turn import Done, Turn, take_turn
from caserouter.service.commands.wait_ends import end_wait
from caserouter.service.findings import breach
from caserouter.service.targets import pauses
from caserouter.service.unit import Unit
from caserouter.store.columns import moment_text
from caserouter.store.events import EventKind

WaitOn = Literal["customer", "department", "approval", "review"]
ELSEWHERE = ("customer", "department")
"""Whoever is waited for is not one of us: the case counts in the book at the policy's `parked_factor`."""


def wait(
    unit: Unit,
    case_id: str,
    *,
    on: WaitOn,
    department: str | None = None,
    follow_up: datetime | None = None,
    occurred_at: datetime | None = None,
) -> Done:
    """Let a held case wait for somebody else; one that waits already now waits for this.

    Raises
    ------
    InvalidInput
        If the department is missing, or the follow-up was over when the wait began.
    Conflict
        If an approval is waited for that nobody has to give.
    """
    turn = take_turn(unit, Command.WAIT, case_id, occurred_at)
    if turn is None:
        return Done(case_id, applied=False)
    _check(turn, on, department, follow_up)
    case = turn.case.case
    if on == "approval" and (case.action is None or case.amount is None):
        raise Conflict(
            f"{case_id} asks for no amount: nothing is to be approved; update the case with action and amount first",
            ids=[case_id],
        )
    end_wait(unit, turn.case)
    document = unit.board.document
    data = {
        **turn.dated,
        "on": on,
        "department": department,
        "follow_up": None if follow_up is None else moment_text(follow_up),
        "units": document.units_of(turn.case.weight, parked=on in ELSEWHERE),
    }
    if on == "customer" and pauses(document, case):
        data["paused"] = True
    unit.record(EventKind.WAIT_BEGAN, case_id=case_id, data=data)
    pull_after(unit, turn.case)
    return Done(case_id)


def resume(unit: Unit, case_id: str, *, occurred_at: datetime | None = None) -> Done:
    """End the wait: the case is ready to be worked on again."""
    turn = take_turn(unit, Command.RESUME, case_id, occurred_at)
    if turn is None:
        return Done(case_id, applied=False)
    end_wait(unit, turn.case, turn.dated)
    return Done(case_id)


def _check(turn: Turn, on: WaitOn, department: str | None, follow_up: datetime | None) -> None:
    if (on == "department") != (department is not None):
        if on == "department":
            raise breach("department", "", "on is department, and this names no department", "say which one")
        raise breach("department", department or "", f"nobody there is waited for: on is {on}", "leave it out")
    if follow_up is not None and follow_up <= turn.happened_at:
        rule = f"is not after {turn.happened_at.isoformat()}, when the wait began"
        raise breach("follow_up", follow_up.isoformat(), rule, "name a later moment")
