"""What each event of a case changes on the board."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from caserouter.domain.lifecycle import WAITING, CaseStatus
from caserouter.service.board.intake import LONG_AGO
from caserouter.service.board.open_case import OpenCase
from caserouter.service.board.records import Records
from caserouter.store.events import Event, EventKind

Change = Callable[[Records, OpenCase, Event], None]

_WAITING_ON: Mapping[str, CaseStatus] = MappingProxyType({status.removeprefix("waiting_"): status for status in WAITING})


def fold_case(records: Records, event: Event) -> None:
    """Take up an event of a case; one of a case that is not known, because it is closed, changes nothing."""
    case_id = event.case_id
    if case_id is None:
        return
    if event.kind is EventKind.CASE_CREATED:
        _create(records, case_id, event)
        return
    case, change = records.cases.get(case_id), _CHANGES.get(event.kind)
    if case is None or change is None:
        return
    records.count(case, -1)
    change(records, case, event)
    if "resolution_due" in event.data:
        case.restate({**case.body, "resolution_due": event.data["resolution_due"]})
    if case.holder is None:
        case.units = 0
    elif event.data.get("units") is not None:
        case.units = int(event.data["units"])
    records.count(case)
    records.changes.cases[case_id] = None


def moment(text: str | None) -> datetime | None:
    """A moment as JSON has it."""
    return None if text is None else datetime.fromisoformat(text)


def _create(records: Records, case_id: str, event: Event) -> None:
    case = OpenCase(case_id, event.data["case"], CaseStatus.QUEUED, event.at)
    records.cases[case_id] = case
    records.tie(case)
    records.changes.cases[case_id] = None


def _assign(records: Records, case: OpenCase, event: Event) -> None:
    data, holder = event.data, event.specialist_id
    _stand(case, CaseStatus(data.get("status", CaseStatus.READY)), event)
    case.holder = case.last_holder = holder
    case.offer_until = moment(data.get("offer_until"))
    case.attempts += 1
    person = records.people.get(holder or "")
    if person is not None:
        person.turn, person.last_assigned = event.seq, event.at
        own, ramp = person.body.get("intake"), records.document.ramp
        windows = [one for one in (own and own.get("window_hours", 24.0), ramp and ramp.window_hours) if one]
        oldest = event.at - max(LONG_AGO, timedelta(hours=max(windows, default=0.0)))
        person.taken = [*(one for one in person.taken if one > oldest), event.at]


def _release(records: Records, case: OpenCase, event: Event) -> None:
    until, former = moment(event.data.get("until")), event.specialist_id or case.holder
    if until is not None and former is not None:
        case.declined[former] = until
    _queue(records, case, event)


def _queue(_records: Records, case: OpenCase, event: Event) -> None:
    if case.status is not CaseStatus.QUEUED:
        _stand(case, CaseStatus.QUEUED, event)
    case.holder = case.offer_until = None


def _accept(_records: Records, case: OpenCase, event: Event) -> None:
    _stand(case, CaseStatus.READY, event)
    case.offer_until = None


def _update(records: Records, case: OpenCase, event: Event) -> None:
    records.untie(case)
    case.restate(event.data["case"])
    records.tie(case)


def _contact(_records: Records, case: OpenCase, event: Event) -> None:
    if event.data.get("first") and case.first_response_at is None:
        case.first_response_at = min(moment(event.data.get("occurred_at")) or event.at, event.at)


def _wait(_records: Records, case: OpenCase, event: Event) -> None:
    _stand(case, _WAITING_ON[event.data["on"]], event)
    case.wait_on = event.data["on"]


def _resume(_records: Records, case: OpenCase, event: Event) -> None:
    _stand(case, CaseStatus.READY, event)


def _review(_records: Records, case: OpenCase, event: Event) -> None:
    case.reviewed = tuple(sorted({*case.reviewed, *event.data.get("flags", ())}))


def _approve(_records: Records, case: OpenCase, _event: Event) -> None:
    case.approval = {name: case.body.get(name) for name in ("action", "amount")}


def _resolve(_records: Records, case: OpenCase, event: Event) -> None:
    _stand(case, CaseStatus.RESOLVED, event)
    case.holder = case.offer_until = None
    case.resolved_at, case.close_after = event.at, moment(event.data.get("close_after"))


def _reopen(_records: Records, case: OpenCase, event: Event) -> None:
    _stand(case, CaseStatus.QUEUED, event)
    case.resolved_at = case.close_after = None


def _leave(records: Records, case: OpenCase, _event: Event) -> None:
    records.untie(case)
    case.holder = None
    del records.cases[case.id]


def _stand(case: OpenCase, status: CaseStatus, event: Event) -> None:
    case.status, case.since = status, event.at
    if status not in WAITING:
        case.wait_on = None


_CHANGES: Mapping[EventKind, Change] = MappingProxyType(
    {
        EventKind.CASE_ASSIGNED: _assign,
        EventKind.CASE_QUEUED: _queue,
        EventKind.CASE_RELEASED: _release,
        EventKind.CASE_ACCEPTED: _accept,
        EventKind.CASE_UPDATED: _update,
        EventKind.CONTACT_MADE: _contact,
        EventKind.WAIT_BEGAN: _wait,
        EventKind.WAIT_ENDED: _resume,
        EventKind.REVIEW_PASSED: _review,
        EventKind.APPROVAL_DECIDED: _approve,
        EventKind.CASE_RESOLVED: _resolve,
        EventKind.CASE_REOPENED: _reopen,
        EventKind.CASE_CANCELLED: _leave,
        EventKind.CASE_CLOSED: _leave,
    }
)
