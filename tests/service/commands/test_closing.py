from datetime import timedelta

import pytest

from caserouter.domain.errors import Conflict, NotFound
from caserouter.domain.lifecycle import CaseStatus
from caserouter.service.commands.closing import cancel, close, erase, reopen, resolve
from caserouter.service.commands.contacts import contact
from caserouter.service.commands.presence import set_presence
from caserouter.service.commands.specialists import retire_specialist
from caserouter.service.commands.waits import wait
from caserouter.store.tables import due, personal


def test_a_resolved_case_makes_room_for_one_that_waits(desk):
    desk.hire("ann", capacity=1)
    first, second = desk.create(), desk.create()
    desk.do(resolve, first)
    assert desk.case(first).status is CaseStatus.RESOLVED
    assert desk.holder(second) == "ann"
    assert desk.loads() == {"ann": 1}


def test_a_waiting_case_may_be_resolved_without_anybody(desk):
    case_id = desk.create()
    desk.do(resolve, case_id)
    assert desk.row(case_id).status == "resolved"


def test_a_resolved_case_is_closed_when_its_window_is_over(desk):
    desk.enact(reopen_days=2)
    desk.hire("ann")
    case_id = desk.create()
    desk.do(resolve, case_id)
    assert [row.kind for row in desk.rows(due, case_id)] == ["close_after"]
    desk.wait(days=1)
    assert not desk.do(close, case_id).applied
    desk.wait(days=1)
    assert desk.do(close, case_id).applied
    assert desk.row(case_id).status == "closed"
    with pytest.raises(Conflict, match="is closed: resolve is not allowed; allowed now: nothing"):
        desk.do(resolve, case_id)


def test_a_reopened_case_goes_back_to_whoever_held_it(desk):
    desk.hire("ann")
    case_id = desk.create()
    desk.hire("ben", cost_per_hour="1 USD")
    desk.do(resolve, case_id)
    desk.do(reopen, case_id)
    assert desk.holder(case_id) == "ann"
    assert desk.row(case_id).reopen_count == 1


def test_a_reopened_case_goes_to_somebody_else_where_its_owner_has_no_room(desk):
    desk.hire("ann", capacity=1)
    case_id = desk.create()
    desk.do(resolve, case_id)
    desk.create()
    desk.hire("ben")
    desk.do(reopen, case_id)
    assert desk.holder(case_id) == "ben"


def test_a_reopened_case_is_not_given_to_an_owner_who_is_away(desk):
    desk.hire("ann")
    case_id = desk.create()
    desk.do(resolve, case_id)
    desk.do(set_presence, "ann", "offline")
    desk.do(reopen, case_id)
    assert desk.holder(case_id) is None


def test_a_reopened_case_is_not_given_to_an_owner_who_has_retired(desk):
    desk.hire("ann")
    case_id = desk.create()
    desk.do(resolve, case_id)
    desk.do(retire_specialist, "ann")
    desk.do(reopen, case_id)
    assert desk.holder(case_id) is None


def test_reopening_goes_on_with_the_clock_of_the_resolution(desk):
    desk.enact(targets=[{"resolution_hours": 8, "clock": "calendar"}])
    desk.hire("ann")
    case_id = desk.create()
    due_at = desk.row(case_id).resolution_due
    desk.wait(hours=2)
    desk.do(resolve, case_id)
    assert "target_due" not in [row.kind for row in desk.rows(due, case_id)]
    desk.wait(hours=20)
    desk.do(reopen, case_id)
    assert desk.row(case_id).resolution_due == due_at + timedelta(hours=20)
    assert ("target_due", due_at + timedelta(hours=20)) in [(row.kind, row.at) for row in desk.rows(due, case_id)]


def test_a_pause_before_the_resolution_counts_when_the_case_is_reopened(desk):
    desk.enact(targets=[{"resolution_hours": 8, "clock": "calendar", "pauses_on_customer": True}])
    desk.hire("ann")
    case_id = desk.create()
    due_at = desk.row(case_id).resolution_due
    desk.do(wait, case_id, on="customer")
    desk.wait(hours=3)
    desk.do(resolve, case_id)
    desk.wait(hours=4)
    desk.do(reopen, case_id)
    assert desk.row(case_id).resolution_due == due_at + timedelta(hours=7)


def test_a_case_is_not_reopened_after_its_window(desk):
    desk.enact(reopen_days=2)
    desk.hire("ann")
    case_id = desk.create()
    desk.do(resolve, case_id)
    desk.wait(days=2)
    with pytest.raises(Conflict, match="could be reopened until 2026-11-25"):
        desk.do(reopen, case_id)


def test_a_case_is_withdrawn_before_the_first_contact_only(desk):
    desk.hire("ann", capacity=1)
    first, second = desk.create(), desk.create()
    desk.do(cancel, first, reason="Mr Jones changed his mind")
    assert desk.row(first).status == "cancelled"
    assert desk.holder(second) == "ann"
    assert "Jones" not in str(desk.events())
    desk.do(contact, second, customer_facing=True)
    with pytest.raises(Conflict, match="the customer was spoken to; resolve it instead"):
        desk.do(cancel, second)


def test_the_end_of_a_case_frees_those_that_were_bound_to_it(desk):
    desk.hire("ann", capacity=3, skills={"tax": 3})
    desk.hire("ben", capacity=3)
    first = desk.create(weight=2, required_skills={"tax": 3})
    second = desk.create(weight=2, linked_cases=[first])
    assert (desk.holder(first), desk.holder(second)) == ("ann", None)
    desk.do(resolve, first)
    assert desk.holder(second) is not None


def test_room_under_a_cap_goes_to_whoever_of_the_team_may_take_what_waits(desk):
    desk.enact(routing={"team_caps": {"north": 1}})
    desk.hire("ann", team="north")
    first = desk.create()
    desk.hire("ben", team="north", skills={"tax": 3})
    second = desk.create(required_skills={"tax": 3})
    assert (desk.holder(first), desk.holder(second)) == ("ann", None)
    desk.do(resolve, first)
    assert desk.holder(second) == "ben"


def test_what_is_personal_is_erased_at_any_time(desk):
    made = desk.take_in(personal={"customer": "Jones", "contact": "jones@example.com"})
    case_id = made.case.id
    assert sorted(row.field for row in desk.rows(personal, case_id)) == ["contact", "customer"]
    desk.do(cancel, case_id, reason="no more")
    desk.do(erase, case_id)
    assert desk.rows(personal, case_id) == []
    assert desk.kinds(case_id)[-1] == "case_erased"


def test_an_unknown_case_cannot_be_erased(desk):
    with pytest.raises(NotFound, match="C-1: there is no such case"):
        desk.do(erase, "C-1")
