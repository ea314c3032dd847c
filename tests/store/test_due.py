"""What comes due because of events, what no longer does, and how the keeper takes it."""

import pytest
from tests.store.histories import NOW, assign, case_body, create_case, happen, held_case, hours, put_specialist

from caserouter.store import due
from caserouter.store.due import DueItem, DueKind
from caserouter.store.events import EventKind

TARGETS = {"first_response_due": hours(2).isoformat(), "resolution_due": hours(8).isoformat()}
WARN = {"first_response": hours(1).isoformat(), "resolution": hours(6).isoformat()}


def target(kind, at, ref):
    return DueItem(hours(at), kind, "C-1", "", ref)


WARNS_FIRST = target(DueKind.TARGET_WARNS, 1, "first_response")
FIRST_DUE = target(DueKind.TARGET_DUE, 2, "first_response")
WARNS_RESOLUTION = target(DueKind.TARGET_WARNS, 6, "resolution")
RESOLUTION_DUE = target(DueKind.TARGET_DUE, 8, "resolution")


def case_with_targets(database):
    with database.exclusive() as transaction:
        put_specialist(transaction)
        create_case(transaction, data={"warn_at": WARN}, **TARGETS)
        assign(transaction)


def items(database, **of):
    with database.reading() as connection:
        return due.items_of(connection, **(of or {"case_id": "C-1"}))


def after(database, kind, *, at=NOW, **data):
    with database.exclusive() as transaction:
        happen(transaction, kind, at=at, **data)
    return items(database)


def test_targets_come_due_and_are_announced_ahead(database):
    case_with_targets(database)
    assert items(database) == [WARNS_FIRST, FIRST_DUE, WARNS_RESOLUTION, RESOLUTION_DUE]


def test_the_first_response_meets_its_target(database):
    case_with_targets(database)
    assert after(database, EventKind.CONTACT_MADE, customer_facing=True, first=True) == [WARNS_RESOLUTION, RESOLUTION_DUE]


def test_what_was_announced_is_not_announced_again(database):
    case_with_targets(database)
    assert after(database, EventKind.TARGET_WARNED, target="first_response") == [FIRST_DUE, WARNS_RESOLUTION, RESOLUTION_DUE]
    assert after(database, EventKind.TARGET_MISSED, target="resolution") == [FIRST_DUE]


@pytest.mark.parametrize("kind", [EventKind.CASE_RESOLVED, EventKind.CASE_CANCELLED])
def test_a_case_that_is_done_has_no_targets(database, kind):
    case_with_targets(database)
    assert after(database, kind) == []


def test_a_pause_stops_the_clock_and_its_end_moves_it(database):
    case_with_targets(database)
    assert after(database, EventKind.WAIT_BEGAN, on="customer", paused=True) == [WARNS_FIRST, FIRST_DUE]
    moved = {"resolution_due": hours(11).isoformat(), "warn_at": {"resolution": hours(9).isoformat()}}
    assert after(database, EventKind.WAIT_ENDED, **moved)[2:] == [
        target(DueKind.TARGET_WARNS, 9, "resolution"),
        target(DueKind.TARGET_DUE, 11, "resolution"),
    ]


def test_a_wait_that_is_no_pause_leaves_the_targets(database):
    case_with_targets(database)
    assert len(after(database, EventKind.WAIT_BEGAN, on="department", paused=False)) == 4


def test_an_update_moves_the_targets_that_it_changes_and_no_other(database):
    case_with_targets(database)
    after(database, EventKind.TARGET_WARNED, target="first_response")
    case = case_body(first_response_due=TARGETS["first_response_due"], resolution_due=hours(20).isoformat())
    updated = after(database, EventKind.CASE_UPDATED, case=case, warn_at=WARN | {"resolution": hours(18).isoformat()})
    assert updated == [FIRST_DUE, target(DueKind.TARGET_WARNS, 18, "resolution"), target(DueKind.TARGET_DUE, 20, "resolution")]


def test_an_update_does_not_revive_a_target_that_was_met(database):
    case_with_targets(database)
    after(database, EventKind.CONTACT_MADE, customer_facing=True, first=True)
    case = case_body(first_response_due=hours(4).isoformat(), resolution_due=TARGETS["resolution_due"])
    assert after(database, EventKind.CASE_UPDATED, case=case) == [WARNS_RESOLUTION, RESOLUTION_DUE]


def test_an_update_may_take_a_target_away(database):
    case_with_targets(database)
    assert after(database, EventKind.CASE_UPDATED, case=case_body()) == []


@pytest.mark.parametrize("ends", [EventKind.CASE_ACCEPTED, EventKind.CASE_RELEASED, EventKind.CASE_CANCELLED])
def test_an_offer_runs_out_unless_it_is_answered(database, ends):
    with database.exclusive() as transaction:
        put_specialist(transaction)
        create_case(transaction)
        assign(transaction, status="offered", offer_until=hours(1).isoformat())
    assert items(database) == [DueItem(hours(1), DueKind.OFFER_EXPIRES, "C-1", "ann")]
    assert after(database, ends) == []


@pytest.mark.parametrize(
    "ends", [EventKind.WAIT_ENDED, EventKind.CASE_RELEASED, EventKind.CASE_RESOLVED, EventKind.CASE_CANCELLED]
)
def test_a_wait_is_followed_up_until_it_ends(database, ends):
    held_case(database)
    began = after(database, EventKind.WAIT_BEGAN, on="department", department="fraud", follow_up=hours(3).isoformat())
    assert began == [DueItem(hours(3), DueKind.FOLLOW_UP, "C-1")]
    assert after(database, ends) == []


def test_another_wait_replaces_the_follow_up(database):
    held_case(database)
    after(database, EventKind.WAIT_BEGAN, on="department", follow_up=hours(3).isoformat())
    assert after(database, EventKind.WAIT_BEGAN, on="customer", follow_up=None) == []


def test_a_resolved_case_is_closed_unless_it_is_reopened(database):
    held_case(database)
    resolved = after(database, EventKind.CASE_RESOLVED, close_after=hours(50).isoformat())
    assert resolved == [DueItem(hours(50), DueKind.CLOSE_AFTER, "C-1")]
    moved = {"resolution_due": hours(60).isoformat(), "warn_at": {"resolution": hours(58).isoformat()}}
    assert after(database, EventKind.CASE_REOPENED, **moved) == [
        target(DueKind.TARGET_WARNS, 58, "resolution"),
        target(DueKind.TARGET_DUE, 60, "resolution"),
    ]


COMMITMENT = {"commitment": "M-1", "due": hours(5).isoformat()}


@pytest.mark.parametrize(
    ("kind", "left"),
    [
        (EventKind.COMMITMENT_DUE, [DueKind.COMMITMENT_DUE]),
        (EventKind.COMMITMENT_KEPT, []),
        (EventKind.COMMITMENT_MISSED, []),
        (EventKind.CASE_CANCELLED, []),
        (EventKind.CASE_CLOSED, []),
        (EventKind.CASE_RESOLVED, [DueKind.COMMITMENT_WARNS, DueKind.COMMITMENT_DUE]),
    ],
)
def test_a_commitment_is_announced_and_comes_due_until_it_is_kept(database, kind, left):
    held_case(database)
    made = after(database, EventKind.COMMITMENT_MADE, warn_at=hours(4).isoformat(), **COMMITMENT)
    assert made == [
        DueItem(hours(4), DueKind.COMMITMENT_WARNS, "C-1", "", "M-1"),
        DueItem(hours(5), DueKind.COMMITMENT_DUE, "C-1", "", "M-1"),
    ]
    assert [item.kind for item in after(database, kind, **COMMITMENT)] == left


def staff_items(database, kind, **data):
    with database.exclusive() as transaction:
        transaction.append(kind, at=NOW, specialist_id="ann", data=data)
    return items(database, specialist_id="ann")


def test_an_absence_ends_when_it_says(database):
    held_case(database)
    away = staff_items(database, EventKind.PRESENCE_SET, presence="away", until=hours(4).isoformat())
    assert away == [DueItem(hours(4), DueKind.PRESENCE_RETURNS, "", "ann")]
    assert staff_items(database, EventKind.PRESENCE_SET, presence="online", until=None) == []


def credential(**data):
    return {"credential": "L-1", "value": {"kind": "series_7", "jurisdictions": ["NY"], "valid_until": "2026-03-31"}} | data


def test_a_credential_lapses_when_it_says_and_is_announced_ahead(database):
    held_case(database)
    ends = {"lapses": hours(700).isoformat(), "warn_at": hours(600).isoformat()}
    assert staff_items(database, EventKind.CREDENTIAL_GRANTED, **credential(**ends)) == [
        DueItem(hours(600), DueKind.CREDENTIAL_LAPSING, "", "ann", "L-1"),
        DueItem(hours(700), DueKind.CREDENTIAL_LAPSES, "", "ann", "L-1"),
    ]
    announced = staff_items(database, EventKind.CREDENTIAL_LAPSING, credential="L-1", lapsed=False)
    assert [item.kind for item in announced] == [DueKind.CREDENTIAL_LAPSES]
    assert staff_items(database, EventKind.CREDENTIAL_LAPSING, credential="L-1", lapsed=True) == []


@pytest.mark.parametrize("kind", [EventKind.CREDENTIAL_REVOKED, EventKind.SPECIALIST_RETIRED])
def test_what_was_revoked_or_whoever_has_retired_lapses_no_more(database, kind):
    held_case(database)
    assert len(staff_items(database, EventKind.CREDENTIAL_GRANTED, **credential(lapses=hours(700).isoformat()))) == 1
    assert staff_items(database, kind, **credential()) == []


def test_a_credential_without_an_end_ahead_never_lapses(database):
    held_case(database)
    assert staff_items(database, EventKind.CREDENTIAL_GRANTED, **credential()) == []


def test_items_are_taken_in_the_order_of_their_time_and_only_those_that_are_due(database):
    with database.exclusive() as transaction:
        due.add(transaction.connection, [DueItem(hours(at), DueKind.PULL, specialist_id=f"s{at}") for at in (3, 1, 2)])
    with database.exclusive() as transaction:
        assert due.next_due(transaction.connection) == hours(1)
        assert [item.at for item in due.take(transaction.connection, hours(2))] == [hours(1), hours(2)]
        assert due.take(transaction.connection, hours(2)) == []
        assert due.next_due(transaction.connection) == hours(3)


def test_only_so_many_items_are_taken_at_once(database):
    with database.exclusive() as transaction:
        due.add(transaction.connection, [DueItem(hours(at), DueKind.PULL, specialist_id=f"s{at}") for at in range(5)])
        assert [item.at for item in due.take(transaction.connection, hours(9), limit=2)] == [hours(0), hours(1)]


def test_an_item_is_put_off_if_it_is_there(database):
    with database.exclusive() as transaction:
        due.add(transaction.connection, [DueItem(hours(1), DueKind.PULL), DueItem(hours(1), DueKind.PULL, specialist_id="ana")])
        due.put_off(transaction.connection, DueItem(hours(2), DueKind.PULL, specialist_id="ana"))
        due.put_off(transaction.connection, DueItem(hours(2), DueKind.PULL, specialist_id="ben"))
        assert due.take(transaction.connection, hours(1)) == [DueItem(hours(1), DueKind.PULL)]
        assert due.take(transaction.connection, hours(9)) == [DueItem(hours(2), DueKind.PULL, specialist_id="ana")]


def test_an_item_that_is_added_again_is_moved(database):
    with database.exclusive() as transaction:
        for at in (1, 2):
            due.add(transaction.connection, [DueItem(hours(at), DueKind.PULL)])
        assert due.take(transaction.connection, hours(9)) == [DueItem(hours(2), DueKind.PULL)]
        assert due.next_due(transaction.connection) is None


def test_items_are_there_again_if_the_unit_that_took_them_fails(database):
    with database.exclusive() as transaction:
        due.add(transaction.connection, [DueItem(NOW, DueKind.PULL)])

    def take_and_fail():
        with database.exclusive() as transaction:
            assert len(due.take(transaction.connection, NOW)) == 1
            raise RuntimeError("a mistake of ours")

    with pytest.raises(RuntimeError):
        take_and_fail()
    with database.reading() as connection:
        assert due.next_due(connection) == NOW
