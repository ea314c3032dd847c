"""Targets of a case: announced ahead, and recorded as missed once their time has passed."""

from datetime import datetime

from caserouter.domain.lifecycle import OPEN, CaseStatus
from caserouter.service.board import OpenCase
from caserouter.service.targets import pauses
from caserouter.service.unit import Unit
from caserouter.store.columns import moment_text
from caserouter.store.due import DueItem, DueKind, add
from caserouter.store.events import EventKind
from caserouter.store.queries.history import EventFilter, list_events

FIRST_RESPONSE = "first_response"


def warn_of_target(unit: Unit, item: DueItem) -> None:
    """Announce a target that is due soon, unless it has been met, has passed, or its clock stands still."""
    found = _unmet(unit, item)
    if found is not None and found[1] > unit.now:
        _record(unit, EventKind.TARGET_WARNED, item, found[1])


def miss_target(unit: Unit, item: DueItem) -> None:
    """Record a missed target; whoever was not back in time for the first response of a waiting case may take it from now on."""
    found = _unmet(unit, item)
    if found is None:
        return
    open_case, due = found
    if due > unit.now:
        add(unit.connection, [DueItem(due, DueKind.TARGET_DUE, item.case_id, "", item.ref)])
        return
    _record(unit, EventKind.TARGET_MISSED, item, due)
    if open_case.status is CaseStatus.QUEUED and item.ref == FIRST_RESPONSE:
        unit.pull()


def _unmet(unit: Unit, item: DueItem) -> tuple[OpenCase, datetime] | None:
    """The case and when its target is due, if it is still to be met."""
    open_case = unit.board.cases.get(item.case_id)
    if open_case is None or open_case.status not in OPEN:
        return None
    case = open_case.case
    if item.ref == FIRST_RESPONSE:
        due = None if open_case.first_response_at else case.first_response_due
    else:
        paused = open_case.status is CaseStatus.WAITING_CUSTOMER and pauses(unit.board.document, case)
        due = None if paused else case.resolution_due
    return None if due is None else (open_case, due)


def _record(unit: Unit, kind: EventKind, item: DueItem, due: datetime) -> None:
    """Record it once for each due time: the end of a pause, and a reopening, state the due time anew, moved or not."""
    open_case = unit.board.cases[item.case_id]
    data = {"target": item.ref, "due": moment_text(due)}
    said = list_events(unit.connection, EventFilter(kinds=(kind,), case_id=item.case_id), newest_first=True)
    if any(one["data"] == data for one in said):
        return
    unit.record(kind, case_id=item.case_id, specialist_id=open_case.holder, data=data)
