"""What comes due is done once, as things stand by then."""

from datetime import date, timedelta

import pytest

from caserouter.domain.credentials import Credential
from caserouter.domain.errors import StoreError
from caserouter.domain.lifecycle import CaseStatus
from caserouter.service.commands.closing import reopen, resolve
from caserouter.service.commands.commitments import commit, keep
from caserouter.service.commands.contacts import contact
from caserouter.service.commands.holding import accept
from caserouter.service.commands.presence import set_presence
from caserouter.service.commands.waits import resume, wait
from caserouter.service.keeper import due_items
from caserouter.service.keeper.due_items import HANDLERS, work_off
from caserouter.store import due
from caserouter.store.due import DueItem, DueKind
from caserouter.store.events import EventKind


def work_off_all(office):
    while work_off(office.engine):
        pass


def status_of(office, case_id):
    with office.engine.board() as board:
        return board.cases[case_id].status if case_id in board.cases else None


def kinds_after(office, act):
    """The kinds of the events that `act` has led to, in order."""
    before = office.head()
    act()
    return [event.kind for event in office.events() if event.seq > before]


def test_there_is_something_to_be_done_about_every_kind():
    assert set(HANDLERS) == set(DueKind)


def test_nothing_is_done_before_its_time(office):
    office.enact(acceptance={"minutes": 15})
    office.hire("ann")
    office.create()
    office.wait(minutes=14)
    assert kinds_after(office, lambda: work_off_all(office)) == []


def test_an_offer_that_expires_goes_to_the_next(office):
    office.enact(acceptance={"minutes": 15})
    office.hire("ann")
    case_id = office.create()
    office.hire("ben")
    office.wait(minutes=15)
    work_off_all(office)
    assert (office.holder(case_id), status_of(office, case_id)) == ("ben", CaseStatus.OFFERED)
    (released,) = office.events(EventKind.CASE_RELEASED)
    assert (released.specialist_id, released.data["reason"]) == ("ann", "offer_expired")


def test_an_offer_that_nobody_else_can_take_waits_until_the_refusal_is_over(office):
    office.enact(acceptance={"minutes": 15}, decline_hours=4)
    office.hire("ann")
    case_id = office.create()
    office.wait(minutes=15)
    work_off_all(office)
    assert status_of(office, case_id) is CaseStatus.QUEUED


def test_an_offer_that_was_accepted_stays(office):
    office.enact(acceptance={"minutes": 15})
    office.hire("ann")
    case_id = office.create()
    office.do(accept, case_id, specialist="ann")
    office.wait(hours=1)
    assert kinds_after(office, lambda: work_off_all(office)) == []


def test_a_target_is_announced_and_missed_once(office):
    office.hire("ann")
    office.create(first_response_due=(office.now + timedelta(hours=5)).isoformat())
    office.wait(hours=3)
    assert kinds_after(office, lambda: work_off_all(office)) == [EventKind.TARGET_WARNED]
    office.wait(hours=2)
    assert kinds_after(office, lambda: work_off_all(office)) == [EventKind.TARGET_MISSED]
    office.wait(hours=9)
    assert kinds_after(office, lambda: work_off_all(office)) == []


def test_a_target_that_was_met_is_neither_announced_nor_missed(office):
    office.hire("ann")
    case_id = office.create(first_response_due=(office.now + timedelta(hours=5)).isoformat())
    office.do(contact, case_id, customer_facing=True)
    office.wait(hours=9)
    assert kinds_after(office, lambda: work_off_all(office)) == []


def test_a_target_that_passed_while_nobody_looked_is_missed_without_being_announced(office):
    office.hire("ann")
    case_id = office.create(resolution_due=(office.now + timedelta(hours=5)).isoformat())
    office.wait(hours=9)
    assert kinds_after(office, lambda: work_off_all(office)) == [EventKind.TARGET_MISSED]
    assert office.events(EventKind.TARGET_MISSED)[0].specialist_id == "ann"
    assert office.events(EventKind.TARGET_MISSED)[0].case_id == case_id


def test_a_clock_that_stands_still_misses_nothing(office):
    office.enact(targets=[{"resolution_hours": 5, "clock": "calendar", "pauses_on_customer": True}])
    office.hire("ann")
    case_id = office.create()
    office.do(wait, case_id, on="customer")
    office.wait(hours=9)
    assert kinds_after(office, lambda: work_off_all(office)) == []
    office.do(resume, case_id)
    office.wait(hours=5)
    assert kinds_after(office, lambda: work_off_all(office)) == [EventKind.TARGET_MISSED]


def test_whoever_is_back_too_late_for_a_response_may_take_the_case_once_it_is_overdue(office):
    office.hire("ann", shifts="Mon-Fri 14:00-18:00")
    case_id = office.create(first_response_due=(office.now + timedelta(hours=2)).isoformat())
    assert office.holder(case_id) is None
    office.wait(hours=2)
    work_off_all(office)
    assert office.holder(case_id) == "ann"


def test_a_commitment_is_announced_and_missed(office):
    office.hire("ann")
    case_id = office.create()
    office.do(commit, case_id, due=office.now + timedelta(hours=5))
    office.wait(hours=3)
    assert kinds_after(office, lambda: work_off_all(office)) == [EventKind.COMMITMENT_DUE]
    office.wait(hours=2)
    assert kinds_after(office, lambda: work_off_all(office)) == [EventKind.COMMITMENT_MISSED]
    assert kinds_after(office, lambda: work_off_all(office)) == []


def test_a_commitment_that_was_kept_is_not_missed(office):
    office.hire("ann")
    case_id = office.create()
    made = office.do(commit, case_id, due=office.now + timedelta(hours=5))
    office.do(keep, case_id, made.commitment)
    office.wait(hours=9)
    assert kinds_after(office, lambda: work_off_all(office)) == []


def test_a_case_is_closed_when_its_reopen_window_ends(office):
    office.hire("ann")
    case_id = office.create()
    office.do(resolve, case_id)
    office.wait(days=14)
    assert kinds_after(office, lambda: work_off_all(office)) == [EventKind.CASE_CLOSED]


def test_a_case_that_was_reopened_is_not_closed(office):
    office.hire("ann")
    case_id = office.create()
    office.do(resolve, case_id)
    office.do(reopen, case_id)
    office.wait(days=14)
    assert kinds_after(office, lambda: work_off_all(office)) == []


def test_a_wait_ends_at_its_follow_up(office):
    office.hire("ann")
    case_id = office.create()
    office.do(wait, case_id, on="department", department="fraud", follow_up=office.now + timedelta(hours=2))
    office.wait(hours=2)
    work_off_all(office)
    assert status_of(office, case_id) is CaseStatus.READY


def test_an_absence_ends_and_whoever_is_back_pulls(office):
    office.hire("ann")
    office.do(set_presence, "ann", "away", until=office.now + timedelta(hours=1))
    case_id = office.create()
    office.wait(hours=1)
    work_off_all(office)
    assert office.holder(case_id) == "ann"
    assert office.person("ann").presence == "online"


def test_an_absence_without_an_end_sends_cases_back_once_it_is_long(office):
    office.hire("ann")
    case_id = office.create()
    office.do(set_presence, "ann", "offline")
    office.hire("ben")
    office.wait(hours=72)
    work_off_all(office)
    assert office.holder(case_id) == "ben"


def test_cases_pass_on_before_a_credential_lapses_where_somebody_else_can_take_them(office):
    last_day = office.now.date() + timedelta(days=1)
    office.hire("ann", Credential(kind="hipaa", valid_until=last_day))
    case_id = office.create(required_credentials=["hipaa"])
    office.hire("ben", "hipaa")
    office.clock.moment = office.now.replace(day=24, hour=0)
    work_off_all(office)
    assert office.holder(case_id) == "ben"
    assert [event.data["lapsed"] for event in office.events(EventKind.CREDENTIAL_LAPSING)] == [False]


def test_cases_that_nobody_else_can_take_wait_from_the_lapse_on(office):
    office.hire("ann", Credential(kind="hipaa", valid_until=date(2026, 11, 24)))
    case_id = office.create(required_credentials=["hipaa"])
    office.clock.moment = office.now.replace(day=24, hour=0)
    work_off_all(office)
    assert office.holder(case_id) == "ann"
    office.clock.moment = office.now.replace(day=25, hour=0)
    work_off_all(office)
    assert status_of(office, case_id) is CaseStatus.QUEUED
    assert [event.data["lapsed"] for event in office.events(EventKind.CREDENTIAL_LAPSING)] == [False, True]


def test_what_a_pull_left_over_is_given_out(office):
    office.hire("ann", capacity=0)
    ids = [office.create() for _ in range(40)]
    office.hire("ann", capacity=40)
    assert None in {office.holder(case_id) for case_id in ids}
    work_off_all(office)
    assert {office.holder(case_id) for case_id in ids} == {"ann"}


def test_an_item_that_cannot_be_done_keeps_no_other_from_its_turn(office, monkeypatch, caplog):
    office.hire("ann")
    first = office.create(resolution_due=(office.now + timedelta(hours=5)).isoformat())
    office.create(resolution_due=(office.now + timedelta(hours=6)).isoformat())
    office.wait(hours=9)

    def fail_for_the_first(unit, item):
        if item.case_id == first:
            raise ValueError("broken")
        HANDLERS[DueKind.TARGET_DUE](unit, item)

    monkeypatch.setattr(due_items, "HANDLERS", {**HANDLERS, DueKind.TARGET_DUE: fail_for_the_first})
    work_off_all(office)
    assert [event.case_id != first for event in office.events(EventKind.TARGET_MISSED)] == [True]
    assert "put off" in caplog.text
    monkeypatch.undo()
    office.wait(minutes=1)
    work_off_all(office)
    assert len(office.events(EventKind.TARGET_MISSED)) == 2


def test_trouble_with_the_database_puts_nothing_off(file_office, monkeypatch):
    with file_office.engine.unit(due_items.KEEPER) as unit:
        due.add(unit.connection, [DueItem(file_office.now, DueKind.PULL)])

    def fail(_unit, _item):
        raise StoreError("the database is gone")

    monkeypatch.setattr(due_items, "HANDLERS", {DueKind.PULL: fail})
    with pytest.raises(StoreError, match="gone"):
        work_off(file_office.engine)
    monkeypatch.undo()
    work_off_all(file_office)
    with file_office.engine.read() as connection:
        assert due.next_due(connection) is None


def targets_of(office, kind):
    return [event.data["target"] for event in office.events(kind)]


def test_a_target_that_was_missed_is_not_missed_again_after_a_pause_or_a_reopening(file_office):
    office = file_office
    office.enact(targets=[{"resolution_hours": 1, "clock": "calendar", "pauses_on_customer": True}])
    office.hire("ann")
    case_id = office.create()
    office.wait(hours=2)
    work_off_all(office)
    office.do(wait, case_id, on="customer")
    office.wait(hours=1)
    office.do(resume, case_id)
    work_off_all(office)
    office.do(resolve, case_id)
    office.wait(hours=1)
    office.do(reopen, case_id)
    work_off_all(office)
    assert targets_of(office, EventKind.TARGET_MISSED) == ["resolution"]


def test_a_case_that_is_reopened_without_a_first_response_still_owes_one(file_office):
    office = file_office
    office.enact(targets=[{"first_response_hours": 4, "clock": "calendar"}])
    office.hire("ann")
    case_id = office.create()
    office.do(resolve, case_id)
    office.do(reopen, case_id)
    office.wait(hours=3)
    work_off_all(office)
    assert targets_of(office, EventKind.TARGET_WARNED) == ["first_response"]
    office.wait(hours=2)
    work_off_all(office)
    assert targets_of(office, EventKind.TARGET_MISSED) == ["first_response"]


def test_a_target_is_missed_after_a_pause_that_a_new_policy_no_longer_grants(file_office):
    office = file_office
    office.enact(targets=[{"resolution_hours": 1, "clock": "calendar", "pauses_on_customer": True}])
    office.hire("ann")
    case_id = office.create()
    office.do(wait, case_id, on="customer")
    office.wait(hours=2)
    work_off_all(office)
    office.enact(targets=[{"resolution_hours": 1, "clock": "calendar"}])
    office.do(resume, case_id)
    work_off_all(office)
    assert targets_of(office, EventKind.TARGET_MISSED) == ["resolution"]
