from datetime import timedelta

import pytest

from caserouter.domain.credentials import Credential
from caserouter.domain.errors import Conflict, InvalidInput, NotFound
from caserouter.domain.lifecycle import CaseStatus
from caserouter.service.commands.contacts import contact
from caserouter.service.commands.holding import accept, decline, expire_offer, reassign
from caserouter.service.commands.waits import wait
from caserouter.store.events import EventKind
from caserouter.store.tables import personal

OFFERS = {"acceptance": {"minutes": 15}}


def test_an_offer_that_is_accepted_becomes_ready(desk):
    desk.enact(**OFFERS)
    desk.hire("ann")
    made = desk.take_in()
    assert (made.status, made.offer_until) == (CaseStatus.OFFERED, desk.now + timedelta(minutes=15))
    desk.do(accept, made.case.id, specialist="ann")
    assert desk.case(made.case.id).status is CaseStatus.READY
    assert desk.row(made.case.id).offer_until is None


def test_nobody_accepts_what_is_offered_to_another(desk):
    desk.enact(**OFFERS)
    desk.hire("ann")
    case_id = desk.create()
    with pytest.raises(Conflict, match="held by ann, not by ben"):
        desk.do(accept, case_id, specialist="ben")


def test_a_case_that_is_not_on_offer_cannot_be_accepted(desk):
    desk.hire("ann")
    case_id = desk.create()
    with pytest.raises(Conflict, match="is ready: accept is not allowed"):
        desk.do(accept, case_id)


def test_a_declined_case_goes_to_somebody_else(desk):
    desk.hire("ann")
    case_id = desk.create()
    desk.hire("ben")
    desk.do(decline, case_id, specialist="ann", reason="on another call with Mr Jones")
    assert desk.holder(case_id) == "ben"
    assert desk.loads() == {"ann": 0, "ben": 1}


def test_the_words_of_a_refusal_are_kept_where_they_can_be_erased(desk):
    desk.hire("ann")
    case_id = desk.create()
    desk.do(decline, case_id, reason="Mr Jones shouts")
    assert [(row.field, row.value) for row in desk.rows(personal, case_id)] == [("reason", "Mr Jones shouts")]
    assert "Jones" not in str(desk.events())


def test_whoever_declined_is_left_alone_for_a_while(desk):
    desk.enact(decline_hours=4)
    desk.hire("ann")
    case_id = desk.create()
    desk.do(decline, case_id)
    assert desk.holder(case_id) is None
    desk.wait(hours=3)
    desk.do(lambda unit: unit.pull())
    assert desk.holder(case_id) is None
    desk.wait(hours=1)
    desk.do(lambda unit: unit.pull())
    assert desk.holder(case_id) == "ann"


def test_the_room_of_a_declined_case_goes_to_whoever_waits(desk):
    desk.hire("ann", capacity=2)
    first = desk.create(weight=2)
    second = desk.create(weight=1)
    assert desk.holder(second) is None
    desk.do(decline, first)
    assert (desk.holder(first), desk.holder(second)) == (None, "ann")


def test_an_offer_that_nobody_answers_is_taken_back(desk):
    desk.enact(**OFFERS)
    desk.hire("ann")
    case_id = desk.create()
    assert not desk.do(expire_offer, case_id).applied
    desk.wait(minutes=15)
    assert desk.do(expire_offer, case_id).applied
    assert desk.case(case_id).status is CaseStatus.QUEUED
    assert not desk.do(expire_offer, case_id).applied


def test_a_supervisor_gives_a_case_to_somebody_else(desk):
    desk.hire("ann", skills={"refunds": 4})
    case_id = desk.create(required_skills={"refunds": 3})
    desk.hire("ben", skills={"refunds": 3})
    desk.do(reassign, case_id, specialist="ben", reason="")
    assert desk.holder(case_id) == "ben"
    assert desk.loads() == {"ann": 0, "ben": 1}
    assert desk.history(case_id, EventKind.CASE_ASSIGNED)[-1]["mode"] == "manual"


def test_without_an_override_every_rule_holds(desk):
    desk.hire("ann", skills={"refunds": 4})
    desk.hire("ben")
    case_id = desk.create(required_skills={"refunds": 3})
    with pytest.raises(Conflict, match=r"ben may not take .*: lacks refunds at 3 or better; .* override with a reason"):
        desk.do(reassign, case_id, specialist="ben", reason="he asked")
    assert desk.holder(case_id) == "ann"


def test_an_override_passes_over_a_missing_skill_and_says_so(desk):
    desk.hire("ann", skills={"refunds": 4})
    desk.hire("ben")
    case_id = desk.create(required_skills={"refunds": 3})
    desk.do(reassign, case_id, specialist="ben", reason="he learns it", override=True)
    assert desk.holder(case_id) == "ben"
    assigned = desk.last(EventKind.CASE_ASSIGNED)
    assert assigned.data["override"]
    assert assigned.evidence["passed_over"] == ["skill"]
    assert [row.value for row in desk.rows(personal, case_id)] == ["he learns it"]


def test_an_override_needs_a_reason(desk):
    desk.hire("ann")
    case_id = desk.create()
    with pytest.raises(InvalidInput, match="an override without a reason"):
        desk.do(reassign, case_id, specialist="ann", reason=" ", override=True)


@pytest.mark.parametrize(
    ("asked", "rule"),
    [
        ({"required_credentials": [["series_7"]]}, "credential_missing"),
        ({"excluded_specialists": ["ben"]}, "excluded"),
        ({"language": "fr"}, "language"),
        ({"weight": 6}, "capacity"),
        ({"action": "refund", "amount": "500 USD"}, "authority"),
    ],
)
def test_nobody_overrides_a_hard_rule(desk, asked, rule):
    desk.enact(routing={"approval": None})
    desk.hire("ann", "series_7", languages=["fr"], authority={"refund": "unlimited"})
    desk.hire("ben", capacity=5)
    case_id = desk.create(**asked)
    with pytest.raises(Conflict, match=f"nobody may override {rule}"):
        desk.do(reassign, case_id, specialist="ben", reason="urgent", override=True)
    assert desk.holder(case_id) == "ann"


def test_a_failed_reassignment_leaves_no_trace(desk):
    desk.hire("ann")
    desk.hire("ben", capacity=0)
    case_id = desk.create()
    head = desk.head()
    with pytest.raises(Conflict, match="no room"):
        desk.do(reassign, case_id, specialist="ben", reason="urgent", override=True)
    assert desk.head() == head
    assert desk.holder(case_id) == "ann"


def test_linked_cases_are_not_parted_by_hand(desk):
    desk.hire("ann")
    first = desk.create()
    second = desk.create(linked_cases=[first])
    desk.hire("ben")
    with pytest.raises(Conflict, match="linked"):
        desk.do(reassign, second, specialist="ben", reason="too much", override=True)
    assert desk.holder(second) == "ann"


def test_reassigning_to_nobody_routes_it_anew_past_its_holder(desk):
    desk.hire("ann")
    case_id = desk.create()
    desk.hire("ben")
    desk.do(reassign, case_id, specialist=None, reason="ann is swamped")
    assert desk.holder(case_id) == "ben"


def test_a_waiting_case_cannot_be_sent_back_to_the_queue(desk):
    case_id = desk.create()
    with pytest.raises(Conflict, match="waits already"):
        desk.do(reassign, case_id, specialist=None, reason="")


def test_a_waiting_case_can_be_given_out_by_hand(desk):
    desk.hire("ann", skills={"refunds": 1})
    case_id = desk.create(required_skills={"refunds": 3})
    desk.do(reassign, case_id, specialist="ann", reason="nobody else", override=True)
    assert desk.holder(case_id) == "ann"


def test_whoever_holds_it_already_is_not_given_it_again(desk):
    desk.hire("ann")
    case_id = desk.create()
    with pytest.raises(Conflict, match="ann holds it already"):
        desk.do(reassign, case_id, specialist="ann", reason="")


def test_a_case_cannot_be_given_to_nobody_known(desk):
    case_id = desk.create()
    with pytest.raises(NotFound, match="zoe"):
        desk.do(reassign, case_id, specialist="zoe", reason="")


def test_a_hand_off_ends_the_wait(desk):
    desk.hire("ann")
    case_id = desk.create()
    desk.hire("ben")
    desk.do(contact, case_id, customer_facing=True)
    desk.do(wait, case_id, on="customer", follow_up=desk.now + timedelta(days=1))
    desk.do(reassign, case_id, specialist="ben", reason="leave")
    assert desk.case(case_id).status is CaseStatus.READY
    assert desk.row(case_id).wait_on is None


def test_an_unknown_case_is_not_found(desk):
    with pytest.raises(NotFound, match="C-1: there is no such case"):
        desk.do(decline, "C-1")


def test_an_offer_that_has_ended_is_not_accepted_even_before_the_keeper_takes_it_back(desk):
    desk.enact(**OFFERS)
    desk.hire("ann")
    case_id = desk.create()
    desk.wait(minutes=15)
    with pytest.raises(Conflict, match="the offer ended at"):
        desk.do(accept, case_id, specialist="ann")


def test_an_offer_is_not_accepted_under_a_credential_that_has_lapsed_meanwhile(desk):
    desk.enact(acceptance={"minutes": 24 * 60})
    desk.hire("ann", Credential(kind="series_7", valid_until=desk.now.date()))
    case_id = desk.create(required_credentials=["series_7"])
    desk.wait(hours=16)
    with pytest.raises(Conflict, match="ann may not go on with"):
        desk.do(accept, case_id)


def test_a_case_changes_hands_within_a_team_whose_cap_is_reached(desk):
    desk.hire("ann", team="north")
    desk.enact(routing={"team_caps": {"north": 1}})
    case_id = desk.create()
    desk.hire("ben", team="north")
    desk.do(reassign, case_id, specialist="ben", reason="knows the customer")
    assert desk.holder(case_id) == "ben"
