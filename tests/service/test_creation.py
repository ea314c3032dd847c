from datetime import timedelta

import pytest

from caserouter.domain.errors import InvalidInput
from caserouter.domain.lifecycle import CaseStatus
from caserouter.service.commands.closing import resolve
from caserouter.service.commands.contacts import contact
from caserouter.service.commands.holding import reassign
from caserouter.store.events import EventKind
from caserouter.store.tables import commitment, due, personal


def test_a_case_goes_to_whoever_may_take_it(desk):
    desk.hire("ann", skills={"tax": 2})
    desk.hire("ben", skills={"tax": 4})
    made = desk.take_in(required_skills={"tax": 3}, type="audit")
    assert (made.status, made.holder, made.existed) == (CaseStatus.READY, "ben", False)
    row = desk.row(made.case.id)
    assert (row.status, row.holder, row.type, row.version) == ("ready", "ben", "audit", made.version)
    assert desk.kinds(made.case.id) == [EventKind.CASE_CREATED, EventKind.CASE_ASSIGNED]


def test_a_case_that_nobody_may_take_waits_and_says_why(desk):
    desk.hire("ann", skills={"tax": 2})
    made = desk.take_in(required_skills={"tax": 3})
    assert (made.status, made.holder, made.version) == (CaseStatus.QUEUED, None, desk.row(made.case.id).version)
    assert made.outcome.why["code"] == "nobody_eligible"
    assert desk.last(EventKind.CASE_QUEUED).evidence["excluded"] == {"proficiency": 1}


def test_the_same_source_and_external_id_are_one_case(desk):
    desk.hire("ann")
    first = desk.take_in("E-1", source="crm", priority=2)
    desk.do(resolve, first.case.id)
    head = desk.head()
    again = desk.take_in("E-1", source="crm", priority=5)
    assert (again.existed, again.case.id, again.case.priority, again.status) == (True, first.case.id, 2, CaseStatus.RESOLVED)
    assert desk.head() == head
    assert desk.take_in("E-1", source="mail").case.id != first.case.id


def test_targets_come_from_the_policy_where_the_client_has_none(desk):
    desk.enact(targets=[{"first_response_hours": 4, "resolution_hours": 8, "clock": "calendar"}])
    mine = desk.now + timedelta(hours=1)
    made = desk.take_in(first_response_due=mine)
    row = desk.row(made.case.id)
    assert (row.first_response_due, row.resolution_due) == (mine, desk.now + timedelta(hours=8))
    items = {(item.kind, item.ref, item.at - desk.now) for item in desk.rows(due, made.case.id)}
    assert items == {
        ("target_due", "first_response", timedelta(hours=1)),
        ("target_warns", "first_response", timedelta(hours=-1)),
        ("target_due", "resolution", timedelta(hours=8)),
        ("target_warns", "resolution", timedelta(hours=6)),
    }


@pytest.mark.parametrize("note", ["", "call Mr Jones"])
def test_commitments_are_made_with_the_case(desk, note):
    promised = desk.now + timedelta(hours=5)
    made = desk.take_in(commitments=((promised, note),))
    assert [row.due for row in desk.rows(commitment, made.case.id)] == [promised]
    assert made.version == desk.row(made.case.id).version
    assert [row.value for row in desk.rows(personal, made.case.id)] == ([note] if note else [])


def test_a_case_told_late_may_bring_a_commitment_that_is_due_by_now(desk):
    promised = desk.now - timedelta(hours=1)
    made = desk.take_in(commitments=((promised, ""),), occurred_at=desk.now - timedelta(hours=2))
    assert [row.due for row in desk.rows(commitment, made.case.id)] == [promised]
    with pytest.raises(InvalidInput, match="when it was made"):
        desk.take_in(commitments=((promised, ""),))


@pytest.mark.parametrize("note", ["", "call Mr Jones"])
def test_a_contact_since_then_keeps_what_was_promised_with_a_case_that_is_told_late(desk, note):
    desk.hire("ann")
    began, promised = desk.now - timedelta(hours=2), desk.now + timedelta(hours=1)
    made = desk.take_in(commitments=((promised, note),), occurred_at=began)
    desk.do(contact, made.case.id, customer_facing=True, occurred_at=desk.now - timedelta(hours=1))
    ((made_at, kept_at),) = [(row.made_at, row.kept_at) for row in desk.rows(commitment, made.case.id)]
    assert (made_at, kept_at) == (began, desk.now - timedelta(hours=1))


def test_what_is_personal_is_in_no_event(desk):
    made = desk.take_in(personal={"customer": "Jones", "note": "angry"})
    assert {row.field: row.value for row in desk.rows(personal, made.case.id)} == {"customer": "Jones", "note": "angry"}
    assert "Jones" not in str(desk.events())


def test_a_wrong_field_is_refused_with_its_name(desk):
    with pytest.raises(InvalidInput, match="weight: 0: below 1, the least allowed") as refused:
        desk.take_in(weight=0, priority=9)
    assert [finding.column for finding in refused.value.findings] == ["weight", "priority"]


def test_a_case_from_the_future_is_refused(desk):
    with pytest.raises(InvalidInput, match="set the clock"):
        desk.take_in(occurred_at=desk.now + timedelta(hours=1))


def test_linked_cases_wait_for_each_other(desk):
    desk.hire("ann", capacity=3)
    first = desk.create(weight=4)
    second = desk.create(weight=1, linked_cases=[first])
    assert (desk.holder(first), desk.holder(second)) == (None, None)
    desk.hire("ben", capacity=5)
    assert desk.holder(first) == desk.holder(second) == "ben"


def test_the_last_of_a_linked_group_lets_all_of_them_be_routed(desk):
    desk.hire("ann", skills={"tax": 3})
    first = desk.create(required_skills={"law": 1})
    desk.hire("ben", skills={"tax": 3, "law": 1}, capacity=1)
    assert desk.holder(first) == "ben"
    second = desk.create(linked_cases=[first])
    assert desk.holder(second) is None
    desk.do(reassign, first, specialist="ann", reason="with the other one", override=True)
    assert desk.holder(first) == desk.holder(second) == "ann"


def test_separated_cases_do_not_share_a_specialist(desk):
    desk.hire("ann")
    first = desk.create()
    second = desk.create(separated_cases=[first])
    assert (desk.holder(first), desk.holder(second)) == ("ann", None)
    desk.hire("ben")
    assert desk.holder(second) == "ben"


def test_a_team_cap_holds(desk):
    desk.enact(routing={"team_caps": {"east": 2}})
    desk.hire("ann", team="east")
    desk.hire("ben", team="east")
    holders = [desk.take_in().holder for _ in range(3)]
    assert holders.count(None) == 1


def test_an_intake_limit_holds(desk):
    desk.hire("ann", intake={"limit": 2, "window_hours": 1})
    assert [desk.take_in().holder for _ in range(3)] == ["ann", "ann", None]
    desk.wait(hours=1)
    assert desk.take_in().holder == "ann"


def test_preview_decides_and_keeps_nothing(desk):
    from caserouter.service.new_case import NewCase

    desk.hire("ann")
    head = desk.head()
    outcome = desk.engine.preview(NewCase({"type": "audit"}))
    assert outcome.specialist == "ann"
    assert desk.head() == head
