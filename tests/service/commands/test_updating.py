from datetime import timedelta

import pytest

from caserouter.domain.errors import Conflict, InvalidInput
from caserouter.domain.lifecycle import CaseStatus
from caserouter.service.commands.closing import cancel
from caserouter.service.commands.contacts import contact
from caserouter.service.commands.holding import reassign
from caserouter.service.commands.updating import update
from caserouter.service.commands.waits import wait
from caserouter.store.events import EventKind
from caserouter.store.tables import due, personal


def test_a_change_of_no_requirement_leaves_the_case_with_its_holder(desk):
    desk.hire("ann")
    case_id = desk.create()
    desk.do(update, case_id, {"root_cause": "outage", "priority": 1})
    assert desk.holder(case_id) == "ann"
    row = desk.row(case_id)
    assert (row.priority, row.body["root_cause"]) == (1, "outage")
    assert desk.case(case_id).case.priority == 1


def test_a_case_that_its_holder_may_not_hold_any_more_goes_to_somebody_who_may(desk):
    desk.hire("ann")
    case_id = desk.create()
    desk.hire("ben", "series_7")
    desk.do(update, case_id, {"required_credentials": [["series_7"]]})
    assert desk.holder(case_id) == "ben"
    assert desk.history(case_id, EventKind.CASE_RELEASED) == [{"reason": "requirements", "until": None}]
    assert desk.history(case_id, EventKind.CASE_ASSIGNED)[-1]["mode"] == "update"


def test_a_case_that_nobody_may_hold_any_more_waits_and_says_why(desk):
    desk.hire("ann")
    case_id = desk.create()
    desk.do(update, case_id, {"required_skills": {"tax": 3}})
    assert desk.holder(case_id) is None
    assert desk.loads() == {"ann": 0}
    assert desk.history(case_id, EventKind.CASE_QUEUED)[-1]["why"]["conflicts"][0]["rules"] == ["skill"]


def test_a_waiting_case_is_routed_when_it_asks_for_less(desk):
    desk.hire("ann")
    case_id = desk.create(required_skills={"tax": 3})
    assert desk.holder(case_id) is None
    desk.do(update, case_id, {"required_skills": {}})
    assert desk.holder(case_id) == "ann"


def test_what_a_supervisor_passed_over_is_no_reason_to_take_the_case_away(desk):
    desk.hire("ann")
    case_id = desk.create(required_skills={"tax": 3})
    desk.do(reassign, case_id, specialist="ann", reason="she learns", override=True)
    desk.do(update, case_id, {"priority": 1})
    assert desk.holder(case_id) == "ann"


def test_an_amount_that_grows_is_checked_again(desk):
    desk.enact(routing={"approval": None})
    desk.hire("ann", authority={"refund": "100 USD"})
    case_id = desk.create(action="refund", amount="100 USD")
    desk.hire("ben", authority={"refund": "500 USD"})
    desk.do(update, case_id, {"amount": "101 USD"})
    assert desk.holder(case_id) == "ben"


def test_a_case_that_grows_may_overfill_its_book_and_stays(desk):
    desk.hire("ann", capacity=3)
    case_id = desk.create(weight=2)
    desk.do(update, case_id, {"weight": 5})
    assert desk.holder(case_id) == "ann"
    assert desk.loads() == {"ann": 5}
    assert desk.holder(desk.create()) is None


def test_a_case_that_shrinks_makes_room(desk):
    desk.hire("ann", capacity=3)
    first, second = desk.create(weight=3), desk.create(weight=2)
    desk.do(update, first, {"weight": 1})
    assert desk.holder(second) == "ann"
    assert desk.loads() == {"ann": 3}


def test_a_parked_case_stays_parked_when_it_grows(desk):
    desk.enact(parked_factor=0.5)
    desk.hire("ann")
    case_id = desk.create(weight=2)
    desk.do(wait, case_id, on="customer")
    desk.do(update, case_id, {"weight": 4})
    assert desk.case(case_id).status is CaseStatus.WAITING_CUSTOMER
    assert desk.loads() == {"ann": 2}


def test_targets_of_the_policy_follow_the_priority(desk):
    desk.enact(
        targets=[
            {"priorities": [1], "first_response_hours": 1, "clock": "calendar"},
            {"first_response_hours": 4, "resolution_hours": 8, "clock": "calendar"},
        ]
    )
    desk.hire("ann")
    case_id = desk.create()
    created = desk.now
    assert desk.row(case_id).first_response_due == created + timedelta(hours=4)
    desk.wait(minutes=5)
    desk.do(update, case_id, {"priority": 1})
    row = desk.row(case_id)
    assert (row.first_response_due, row.resolution_due) == (created + timedelta(hours=1), None)
    assert {(item.kind, item.ref) for item in desk.rows(due, case_id)} == {
        ("target_due", "first_response"),
        ("target_warns", "first_response"),
    }


def test_targets_of_the_client_stay(desk):
    desk.enact(targets=[{"first_response_hours": 4, "clock": "calendar"}])
    desk.hire("ann")
    mine = desk.now + timedelta(hours=2)
    case_id = desk.create(first_response_due=mine)
    desk.do(update, case_id, {"priority": 1})
    assert desk.row(case_id).first_response_due == mine


def test_a_due_time_that_is_taken_back_is_the_policys_again(desk):
    desk.enact(targets=[{"first_response_hours": 4, "clock": "calendar"}])
    desk.hire("ann")
    case_id = desk.create(first_response_due=desk.now + timedelta(hours=2))
    created = desk.now
    desk.wait(minutes=5)
    desk.enact(targets=[{"first_response_hours": 3, "resolution_hours": 8, "clock": "calendar"}])
    desk.do(update, case_id, {"first_response_due": None})
    row = desk.row(case_id)
    assert (row.first_response_due, row.resolution_due) == (created + timedelta(hours=3), None)


def test_none_takes_the_default(desk):
    desk.hire("ann")
    case_id = desk.create(priority=1, language=None, channel="phone")
    desk.do(update, case_id, {"priority": None, "channel": None})
    assert (desk.case(case_id).case.priority, desk.case(case_id).case.channel) == (3, None)


def test_who_the_customer_is_stands_apart(desk):
    case_id = desk.create()
    desk.do(update, case_id, {}, personal={"customer": "Jones"})
    assert [row.value for row in desk.rows(personal, case_id)] == ["Jones"]
    with pytest.raises(InvalidInput, match="customer: cannot be changed; create another case instead; id: cannot be changed"):
        desk.do(update, case_id, {"customer": "Jones", "id": "C-2"})


def test_a_case_that_breaks_a_rule_of_its_own_is_refused(desk):
    case_id = desk.create()
    with pytest.raises(InvalidInput, match="without an action"):
        desk.do(update, case_id, {"amount": "5 USD"})
    with pytest.raises(InvalidInput, match="weight: 99: above 12, the most allowed"):
        desk.do(update, case_id, {"weight": 99})


def test_a_link_that_is_taken_off_lets_both_go(desk):
    desk.hire("ann", capacity=2)
    desk.hire("ben", capacity=2)
    first = desk.create(weight=2)
    second = desk.create(weight=2, linked_cases=[first])
    assert desk.holder(second) is None
    desk.do(update, second, {"linked_cases": []})
    assert desk.holder(second) is not None


def test_a_cancelled_case_is_not_updated(desk):
    case_id = desk.create()
    desk.do(cancel, case_id)
    with pytest.raises(Conflict, match="is cancelled: update is not allowed"):
        desk.do(update, case_id, {"priority": 1})


def test_news_older_than_what_is_known_changes_nothing_and_is_recorded(desk):
    desk.hire("ann")
    early, late = desk.now - timedelta(minutes=9), desk.now - timedelta(minutes=1)
    case_id = desk.create()
    assert desk.do(update, case_id, {"priority": 1}, occurred_at=late).applied
    assert not desk.do(update, case_id, {"priority": 5}, occurred_at=early).applied
    assert desk.row(case_id).priority == 1
    (ignored,) = desk.history(case_id, EventKind.EVENT_IGNORED)
    assert ignored["command"] == "update"
    assert desk.do(update, case_id, {"priority": 2}, occurred_at=late).applied


def test_what_has_no_date_makes_nothing_older(desk):
    """Another system's news may be under way when a specialist reports something without a date: it is not lost."""
    desk.hire("ann")
    case_id = desk.create()
    desk.do(contact, case_id, customer_facing=False)
    assert desk.do(update, case_id, {"priority": 1}, occurred_at=desk.now - timedelta(minutes=1)).applied
    assert desk.row(case_id).priority == 1


def test_late_news_is_no_error_even_where_the_status_would_not_allow_it(desk):
    desk.hire("ann")
    case_id = desk.create()
    desk.do(contact, case_id, customer_facing=False, occurred_at=desk.now)
    assert not desk.do(cancel, case_id, occurred_at=desk.now - timedelta(seconds=1)).applied
    assert desk.row(case_id).status == "ready"


def test_nothing_happens_in_the_future(desk):
    case_id = desk.create()
    assert desk.do(update, case_id, {}, occurred_at=desk.now + timedelta(minutes=5)).applied
    with pytest.raises(InvalidInput, match="set the clock of the system that sends it"):
        desk.do(update, case_id, {}, occurred_at=desk.now + timedelta(minutes=6))


def test_an_override_of_one_skill_does_not_cover_another(desk):
    desk.hire("ann")
    case_id = desk.create(required_skills={"tax": 2})
    desk.do(reassign, case_id, specialist="ann", reason="nobody else is there", override=True)
    desk.do(update, case_id, {"required_skills": {"law": 2}})
    assert desk.holder(case_id) is None


def test_an_amount_is_checked_again_where_the_former_was_too_much_already(desk):
    desk.hire("ann", authority={"refund": "100.00 USD"})
    case_id = desk.create(action="refund", amount="50.00 USD")
    desk.hire("ann", authority={"refund": "10.00 USD"})
    desk.do(update, case_id, {"channel": "phone"})
    assert desk.holder(case_id) == "ann"
    desk.do(update, case_id, {"amount": "5000.00 USD"})
    assert desk.holder(case_id) is None
