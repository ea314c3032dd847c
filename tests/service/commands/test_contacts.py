from datetime import timedelta

import pytest

from caserouter.domain.credentials import Credential
from caserouter.domain.errors import Conflict, InvalidInput, NotFound
from caserouter.domain.lifecycle import CaseStatus
from caserouter.service.commands.commitments import commit
from caserouter.service.commands.contacts import approve, contact, review
from caserouter.service.commands.waits import wait
from caserouter.service.keeper.due_items import work_off
from caserouter.store.events import EventKind
from caserouter.store.tables import commitment, due, personal

REFUND = {"action": "refund", "amount": "500 USD"}


def test_the_first_contact_that_faces_the_customer_is_the_first_response(desk):
    desk.enact(targets=[{"first_response_hours": 4, "clock": "calendar"}])
    desk.hire("ann")
    case_id = desk.create()
    desk.do(contact, case_id, customer_facing=False)
    assert desk.row(case_id).first_response_at is None
    desk.wait(hours=1)
    desk.do(contact, case_id, customer_facing=True)
    first = desk.now
    assert desk.row(case_id).first_response_at == first
    assert desk.rows(due, case_id) == []
    desk.wait(hours=1)
    desk.do(contact, case_id, customer_facing=True)
    assert desk.row(case_id).first_response_at == desk.case(case_id).first_response_at == first


def test_a_contact_with_the_customer_ends_the_wait_for_the_customer(desk):
    desk.hire("ann")
    case_id = desk.create()
    desk.do(wait, case_id, on="customer")
    desk.do(contact, case_id, customer_facing=False)
    assert desk.case(case_id).status is CaseStatus.WAITING_CUSTOMER
    desk.do(contact, case_id, customer_facing=True)
    assert desk.case(case_id).status is CaseStatus.READY


def test_a_status_contact_leaves_the_case_waiting_for_the_department(desk):
    desk.hire("ann")
    case_id = desk.create()
    desk.do(wait, case_id, on="department", department="treasury")
    desk.do(contact, case_id, customer_facing=True)
    row = desk.row(case_id)
    assert (row.status, row.department) == ("waiting_department", "treasury")
    assert desk.case(case_id).status is CaseStatus.WAITING_DEPARTMENT


def test_a_risk_flag_demands_a_review_before_the_first_response(desk):
    desk.hire("ann", role="manager")
    case_id = desk.create(risk_flags=["legal"])
    desk.do(contact, case_id, customer_facing=False)
    with pytest.raises(Conflict, match="the first response needs a review first, for legal"):
        desk.do(contact, case_id, customer_facing=True)
    desk.do(review, case_id)
    desk.do(contact, case_id, customer_facing=True)
    assert desk.row(case_id).first_response_at == desk.now


def test_a_review_ends_the_wait_for_it(desk):
    desk.hire("ann", role="manager")
    case_id = desk.create(risk_flags=["legal", "executive"])
    desk.do(wait, case_id, on="review")
    desk.do(review, case_id, flags=["executive"])
    assert desk.case(case_id).status is CaseStatus.WAITING_REVIEW
    desk.do(review, case_id, flags=["legal"])
    assert desk.case(case_id).status is CaseStatus.READY
    assert desk.row(case_id).wait_on is None


def test_a_review_is_of_flags_that_the_case_carries(desk):
    desk.hire("ann", role="manager")
    case_id = desk.create(risk_flags=["legal"])
    with pytest.raises(InvalidInput, match=r"flags media: .* does not carry them; its flags are legal"):
        desk.do(review, case_id, flags=["media"])


def test_a_commitment_made_in_a_contact_is_kept_by_the_next_one(desk):
    desk.hire("ann")
    case_id = desk.create()
    promised = desk.now + timedelta(hours=3)
    desk.do(contact, case_id, customer_facing=True, commitment=promised, note="call Mr Jones")
    (made,) = desk.rows(commitment, case_id)
    assert (made.due, made.kept_at) == (promised, None)
    assert [row.value for row in desk.rows(personal, case_id)] == ["call Mr Jones"]
    desk.wait(hours=1)
    desk.do(contact, case_id, customer_facing=False)
    assert desk.rows(commitment, case_id)[0].kept_at is None
    desk.do(contact, case_id, customer_facing=True)
    assert desk.rows(commitment, case_id)[0].kept_at == desk.now


def test_a_contact_keeps_no_commitment_that_is_overdue(desk):
    desk.hire("ann")
    case_id = desk.create()
    desk.do(commit, case_id, due=desk.now + timedelta(hours=1))
    desk.wait(hours=2)
    desk.do(contact, case_id, customer_facing=True)
    assert desk.rows(commitment, case_id)[0].kept_at is None


def test_whoever_has_the_authority_approves(desk):
    desk.hire("ann")
    desk.hire("boss", capacity=0, authority={"refund": "1000 USD"})
    case_id = desk.create(**REFUND)
    desk.do(wait, case_id, on="approval")
    desk.do(approve, case_id, approver="boss", approved=True)
    assert desk.case(case_id).status is CaseStatus.READY
    (decided,) = desk.history(case_id, EventKind.APPROVAL_DECIDED)
    assert decided == {"approver": "boss", "approved": True}


def test_an_approval_that_is_refused_ends_the_wait_too(desk):
    desk.hire("ann")
    desk.hire("boss", capacity=0, authority={"refund": "1000 USD"})
    case_id = desk.create(**REFUND)
    desk.do(wait, case_id, on="approval")
    desk.do(approve, case_id, approver="boss", approved=False)
    assert desk.row(case_id).status == "ready"


@pytest.mark.parametrize(
    ("approver", "said"),
    [
        ("ben", "ben: refund authority of 100.00 USD, below the 500.00 USD"),
        ("cleo", "cleo: no refund authority"),
        ("dora", "dora: named on .* as one who may not take it, nor approve it"),
        ("ann", "ann holds .*: nobody approves a case of their own"),
    ],
)
def test_nobody_without_authority_approves(desk, approver, said):
    desk.hire("ann", authority={"refund": "1000 USD"})
    for name, authority in (("ben", {"refund": "100 USD"}), ("cleo", {}), ("dora", {"refund": "unlimited"})):
        desk.hire(name, capacity=0, authority=authority)
    case_id = desk.create(**REFUND, excluded_specialists=["dora"])
    desk.do(wait, case_id, on="approval")
    with pytest.raises(Conflict, match=said):
        desk.do(approve, case_id, approver=approver, approved=True)
    assert desk.case(case_id).status is CaseStatus.WAITING_APPROVAL


def test_an_approver_is_somebody_known(desk):
    desk.hire("ann", authority={"refund": "1000 USD"})
    case_id = desk.create(**REFUND)
    desk.do(wait, case_id, on="approval")
    with pytest.raises(NotFound, match="zoe"):
        desk.do(approve, case_id, approver="zoe", approved=True)


def test_the_policy_may_let_nobody_approve(desk):
    desk.enact(routing={"approval": {"actions": ["credit"]}})
    desk.hire("ann", authority={"refund": "1000 USD"})
    desk.hire("boss", capacity=0, authority={"refund": "1000 USD"})
    case_id = desk.create(**REFUND)
    desk.do(wait, case_id, on="approval")
    with pytest.raises(Conflict, match="the policy lets nobody approve a refund"):
        desk.do(approve, case_id, approver="boss", approved=True)


def test_only_a_case_that_waits_for_it_is_approved(desk):
    desk.hire("ann", authority={"refund": "1000 USD"})
    case_id = desk.create(**REFUND)
    with pytest.raises(Conflict, match="approve is not allowed"):
        desk.do(approve, case_id, approver="ann", approved=True)


def test_an_offer_is_accepted_before_the_customer_is_contacted(desk):
    desk.enact(acceptance={"minutes": 5})
    desk.hire("ann")
    case_id = desk.create()
    with pytest.raises(Conflict, match="is offered: contact is not allowed"):
        desk.do(contact, case_id, customer_facing=True)


def test_a_contact_needs_the_credential_at_its_beginning_even_before_the_keeper_has_seen_it_lapse(desk):
    desk.hire("ann", Credential(kind="series_7", valid_until=desk.now.date()))
    case_id = desk.create(required_credentials=["series_7"])
    desk.wait(hours=16)
    with pytest.raises(Conflict, match="ann may not go on with"):
        desk.do(contact, case_id, customer_facing=True)
    desk.do(contact, case_id, customer_facing=True, occurred_at=desk.now - timedelta(hours=2))
    assert desk.row(case_id).first_response_at is not None


def test_a_contact_that_is_told_late_keeps_what_was_promised_for_after_its_beginning(desk):
    desk.hire("ann")
    case_id = desk.create()
    desk.do(commit, case_id, due=desk.now + timedelta(hours=1))
    desk.wait(hours=2)
    desk.do(contact, case_id, customer_facing=True, occurred_at=desk.now - timedelta(minutes=90))
    assert [row.kept_at is not None for row in desk.rows(commitment, case_id)] == [True]


def test_a_contact_that_began_before_the_promise_does_not_keep_it(desk):
    desk.hire("ann")
    case_id = desk.create()
    desk.wait(hours=2)
    desk.do(commit, case_id, due=desk.now + timedelta(hours=1))
    desk.do(contact, case_id, customer_facing=True, occurred_at=desk.now - timedelta(hours=1))
    assert [row.kept_at for row in desk.rows(commitment, case_id)] == [None]


def test_a_commitment_that_was_kept_in_time_is_kept_then_although_the_keeper_has_missed_it(desk):
    desk.hire("ann")
    case_id = desk.create()
    desk.do(commit, case_id, due=desk.now + timedelta(hours=1))
    desk.wait(hours=2)
    while work_off(desk.engine):
        pass
    assert desk.rows(commitment, case_id)[0].missed_at == desk.now
    began = desk.now - timedelta(minutes=90)
    desk.do(contact, case_id, customer_facing=True, occurred_at=began)
    assert [row.kept_at for row in desk.rows(commitment, case_id)] == [began]


def test_a_commitment_that_is_told_when_it_is_overdue_is_missed_and_not_refused(desk):
    desk.hire("ann")
    case_id = desk.create()
    desk.wait(hours=3)
    began, promised = desk.now - timedelta(hours=2), desk.now - timedelta(hours=1)
    desk.do(contact, case_id, customer_facing=True, commitment=promised, occurred_at=began)
    while work_off(desk.engine):
        pass
    ((made_at, missed_at),) = [(row.made_at, row.missed_at) for row in desk.rows(commitment, case_id)]
    assert (made_at, missed_at) == (began, desk.now)
    with pytest.raises(InvalidInput, match=r"commitment .*: is not after .*, when it was made; name a later moment") as refused:
        desk.do(contact, case_id, customer_facing=True, commitment=promised)
    assert [finding.column for finding in refused.value.findings] == ["commitment"]


def test_a_first_response_that_is_told_late_was_made_when_it_began(desk):
    desk.hire("ann")
    case_id = desk.create()
    desk.wait(hours=2)
    began = desk.now - timedelta(minutes=90)
    desk.do(contact, case_id, customer_facing=True, occurred_at=began)
    assert desk.row(case_id).first_response_at == desk.case(case_id).first_response_at == began
