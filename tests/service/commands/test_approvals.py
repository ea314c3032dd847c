"""What is beyond the holder's authority is decided by somebody with more before the case is resolved; on both databases."""

import json

import pytest

from caserouter.domain.errors import Conflict
from caserouter.domain.lifecycle import CaseStatus
from caserouter.domain.money import Money
from caserouter.service.board.checkpoint import from_bytes, to_bytes
from caserouter.service.commands.closing import cancel, reopen, resolve
from caserouter.service.commands.contacts import approve
from caserouter.service.commands.holding import reassign
from caserouter.service.commands.presence import set_presence
from caserouter.service.commands.updating import update
from caserouter.service.commands.waits import wait

REFUND = {"action": "refund", "amount": "900 USD"}


@pytest.fixture
def solo(desk):
    """Somebody with a small authority, and a boss who takes no cases."""
    desk.hire("solo", authority={"refund": "100 USD"})
    desk.hire("boss", capacity=0, authority={"refund": "unlimited"})
    return desk


def decided(desk, case_id, *, approved=True):
    desk.do(wait, case_id, on="approval")
    desk.do(approve, case_id, approver="boss", approved=approved)


def test_what_is_beyond_the_authority_is_not_resolved_without_an_approval(solo):
    case_id = solo.create(**REFUND)
    said = f"{case_id}: amount 900.00 USD is beyond solo's authority of 100.00 USD for refund: have it approved first, or refused"
    with pytest.raises(Conflict) as refused:
        solo.do(resolve, case_id)
    assert str(refused.value) == said
    assert solo.case(case_id).status is CaseStatus.READY


@pytest.mark.parametrize("approved", [True, False])
def test_once_it_is_decided_it_is_resolved(solo, approved):
    case_id = solo.create(**REFUND)
    decided(solo, case_id, approved=approved)
    solo.do(resolve, case_id)
    assert solo.row(case_id).status == "resolved"


@pytest.mark.parametrize("change", [{"amount": "901 USD"}, {"action": "credit"}])
def test_more_than_was_decided_asks_again(solo, change):
    solo.hire("boss", capacity=0, authority={"refund": "unlimited", "credit": "unlimited"})
    case_id = solo.create(**REFUND)
    decided(solo, case_id)
    solo.do(update, case_id, change)
    with pytest.raises(Conflict, match="have it approved first"):
        solo.do(resolve, case_id)
    decided(solo, case_id)
    solo.do(resolve, case_id)


def test_less_than_was_decided_does_not_ask_again_nor_does_a_reopened_case(solo):
    case_id = solo.create(**REFUND)
    decided(solo, case_id)
    solo.do(update, case_id, {"amount": "800 USD"})
    solo.do(resolve, case_id)
    solo.do(reopen, case_id)
    assert solo.case(case_id).holder == "solo"
    solo.do(resolve, case_id)


def test_within_the_authority_of_whoever_holds_it_nothing_is_asked(solo):
    small, large = solo.create(action="refund", amount="100 USD"), solo.create(**REFUND)
    solo.do(resolve, small)
    solo.hire("dora", authority={"refund": "1000 USD"})
    solo.do(reassign, large, specialist="dora", reason="has the authority")
    solo.do(resolve, large)
    assert solo.row(large).status == "resolved"


def test_what_nobody_holds_or_is_cancelled_needs_no_approval(solo):
    held = solo.create(**REFUND)
    solo.do(cancel, held)
    solo.do(set_presence, "solo", "offline")
    queued = solo.create(**REFUND)
    assert solo.case(queued).holder is None
    solo.do(resolve, queued)


def test_where_the_policy_lets_nobody_approve_the_message_says_what_helps(solo):
    case_id = solo.create(**REFUND)
    solo.enact(routing={"approval": None})
    with pytest.raises(Conflict, match="nobody may approve it: reassign it to somebody with the authority"):
        solo.do(resolve, case_id)


def test_a_decision_says_whether_an_approval_is_needed(solo):
    assert solo.take_in(**REFUND).outcome.needs_approval
    assert not solo.take_in(action="refund", amount="100 USD").outcome.needs_approval
    assert not solo.take_in().outcome.needs_approval
    assert not solo.take_in(**REFUND, excluded_specialists=["solo"]).outcome.needs_approval


def test_a_checkpoint_keeps_what_was_decided_and_an_older_one_is_read(solo):
    case_id = solo.create(**REFUND)
    decided(solo, case_id)
    with solo.engine.board() as board:
        body = to_bytes(board.seq, board.digest, board.records)
        assert from_bytes(body).records == board.records
    older = json.loads(body)
    (kept,) = older["cases"]
    assert Money.model_validate(kept.pop("approval")["amount"]) == Money(minor=90000, currency="USD")
    assert from_bytes(json.dumps(older).encode()).records.cases[case_id].approval is None
