from datetime import timedelta

import pytest

from caserouter.domain.errors import Conflict, InvalidInput
from caserouter.domain.lifecycle import CaseStatus
from caserouter.service.commands.waits import resume, wait
from caserouter.store.due import DueKind
from caserouter.store.tables import due

TARGETS = [{"resolution_hours": 8, "clock": "calendar", "pauses_on_customer": True}]


def test_a_case_waits_for_a_department_and_is_resumed(desk):
    desk.hire("ann")
    case_id = desk.create()
    follow_up = desk.now + timedelta(hours=4)
    desk.do(wait, case_id, on="department", department="treasury", follow_up=follow_up)
    assert desk.case(case_id).status is CaseStatus.WAITING_DEPARTMENT
    row = desk.row(case_id)
    assert (row.wait_on, row.department, row.follow_up) == ("department", "treasury", follow_up)
    desk.do(resume, case_id)
    row = desk.row(case_id)
    assert (row.status, row.wait_on, row.department, row.follow_up) == ("ready", None, None, None)


def test_a_parked_case_leaves_room_for_others(desk):
    desk.enact(parked_factor=0.5)
    desk.hire("ann", capacity=3)
    first, second = desk.create(weight=3), desk.create(weight=2)
    assert desk.holder(second) is None
    desk.do(wait, first, on="customer")
    assert desk.loads() == {"ann": 2}
    assert desk.holder(second) is None
    third = desk.create(weight=1)
    assert desk.holder(third) == "ann"


def test_a_case_that_waits_may_be_pulled_into_the_room_that_a_wait_leaves(desk):
    desk.enact(parked_factor=0)
    desk.hire("ann", capacity=3)
    first, second = desk.create(weight=3), desk.create(weight=2)
    desk.do(wait, first, on="customer")
    assert desk.holder(second) == "ann"
    desk.do(resume, first)
    assert desk.loads() == {"ann": 5}
    third = desk.create()
    assert desk.holder(third) is None


@pytest.mark.parametrize("on", ["approval", "review"])
def test_a_case_that_waits_for_one_of_us_counts_in_full(desk, on):
    desk.enact(parked_factor=0)
    desk.hire("ann", authority={"refund": "unlimited"})
    case_id = desk.create(weight=2, action="refund", amount="5 USD")
    desk.do(wait, case_id, on=on)
    assert desk.loads() == {"ann": 2}


def test_the_clock_of_the_resolution_stands_still_while_the_customer_is_waited_for(desk):
    desk.enact(targets=TARGETS)
    desk.hire("ann")
    case_id = desk.create()
    due_at = desk.row(case_id).resolution_due
    assert due_at == desk.now + timedelta(hours=8)
    desk.wait(hours=1)
    desk.do(wait, case_id, on="customer")
    assert DueKind.TARGET_DUE not in [row.kind for row in desk.rows(due, case_id)]
    desk.wait(hours=5)
    desk.do(resume, case_id)
    assert desk.row(case_id).resolution_due == due_at + timedelta(hours=5)
    assert desk.case(case_id).case.resolution_due == due_at + timedelta(hours=5)
    items = {row.kind: row.at for row in desk.rows(due, case_id)}
    assert items == {"target_due": due_at + timedelta(hours=5), "target_warns": due_at + timedelta(hours=3)}


def test_no_other_wait_stops_the_clock(desk):
    desk.enact(targets=TARGETS)
    desk.hire("ann")
    case_id = desk.create()
    due_at = desk.row(case_id).resolution_due
    desk.do(wait, case_id, on="department", department="treasury")
    desk.wait(hours=5)
    desk.do(resume, case_id)
    assert desk.row(case_id).resolution_due == due_at


def test_going_over_from_the_customer_to_a_department_starts_the_clock_again(desk):
    desk.enact(targets=TARGETS)
    desk.hire("ann")
    case_id = desk.create()
    due_at = desk.row(case_id).resolution_due
    desk.do(wait, case_id, on="customer")
    desk.wait(hours=2)
    desk.do(wait, case_id, on="department", department="treasury")
    desk.wait(hours=2)
    desk.do(resume, case_id)
    assert desk.row(case_id).resolution_due == due_at + timedelta(hours=2)


def test_waiting_for_a_department_names_it(desk):
    desk.hire("ann")
    case_id = desk.create()
    with pytest.raises(InvalidInput, match="names no department"):
        desk.do(wait, case_id, on="department")
    with pytest.raises(InvalidInput, match="department treasury: nobody there is waited for"):
        desk.do(wait, case_id, on="customer", department="treasury")


def test_a_follow_up_lies_ahead(desk):
    desk.hire("ann")
    case_id = desk.create()
    with pytest.raises(InvalidInput, match=r"is not after 2026-11-23T09:00:00\+00:00, when the wait began"):
        desk.do(wait, case_id, on="customer", follow_up=desk.now)


def test_a_wait_that_is_told_late_is_followed_up_at_once_and_older_news_than_that_is_no_error(desk):
    desk.hire("ann")
    case_id = desk.create()
    desk.wait(hours=5)
    began, follow_up = desk.now - timedelta(hours=3), desk.now - timedelta(hours=1)
    desk.do(wait, case_id, on="customer", follow_up=follow_up, occurred_at=began)
    assert DueKind.FOLLOW_UP in [row.kind for row in desk.rows(due, case_id)]
    older = began - timedelta(hours=1)
    assert not desk.do(wait, case_id, on="customer", follow_up=older, occurred_at=older).applied


def test_nothing_is_approved_where_nothing_is_asked_for(desk):
    desk.hire("ann")
    case_id = desk.create()
    with pytest.raises(Conflict, match="asks for no amount"):
        desk.do(wait, case_id, on="approval")


def test_a_case_that_nobody_holds_waits_for_nobody_else(desk):
    case_id = desk.create()
    with pytest.raises(Conflict, match="is queued: wait is not allowed"):
        desk.do(wait, case_id, on="customer")
