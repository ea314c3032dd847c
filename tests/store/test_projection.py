"""The tables follow from the events: each kind, and what it changes."""

from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.store.histories import NOW, assign, case_body, create_case, happen, held_case, hours, put_specialist

from caserouter.domain.errors import Conflict, StoreError
from caserouter.store.database import Database
from caserouter.store.events import EventKind
from caserouter.store.integrity import contradictions
from caserouter.store.lookups import commitment_of_case
from caserouter.store.projection import PROJECTORS
from caserouter.store.queries.accounts import account_by_id
from caserouter.store.queries.cases import case_by_id, personal_of
from caserouter.store.queries.policies import active_policy, list_policies
from caserouter.store.queries.staff import credentials_of, specialist_by_id
from caserouter.store.tables import assignment, specialist


def case_after(database, *steps):
    """The row of a case in Ann's book after further events: (kind, data) each."""
    held_case(database)
    with database.exclusive() as transaction:
        for number, (kind, data) in enumerate(steps, 1):
            happen(transaction, kind, at=hours(number), **data)
    with database.reading() as connection:
        assert contradictions(connection) == []
        return case_by_id(connection, "C-1")


def matches(row, **expected):
    return {name: row[name] for name in expected} == expected


def load(database):
    with database.reading() as connection:
        return connection.execute(sa.select(specialist.c.load)).scalar_one()


def test_every_kind_of_event_has_its_projection():
    assert set(PROJECTORS) == set(EventKind)


def test_a_new_case_waits(database):
    with database.exclusive() as transaction:
        create_case(
            transaction,
            external_id="7",
            account="A-1",
            jurisdiction="NY",
            resolution_due=hours(9).isoformat(),
            data={"occurred_at": NOW.isoformat()},
        )
    with database.reading() as connection:
        row = case_by_id(connection, "C-1")
    assert matches(row, status="queued", holder=None, external_id="7", source="crm", account="A-1", jurisdiction="NY", version=1)
    assert matches(
        row, priority=2, weight=2, type="billing", created_at=NOW, resolution_due=hours(9), occurred_at=NOW, reopen_count=0
    )


def test_an_offer_is_accepted(database):
    with database.exclusive() as transaction:
        put_specialist(transaction)
        create_case(transaction)
        assign(transaction, status="offered", offer_until=hours(1).isoformat())
    with database.reading() as connection:
        assert matches(case_by_id(connection, "C-1"), status="offered", holder="ann", offer_until=hours(1), version=2)
    with database.exclusive() as transaction:
        happen(transaction, EventKind.CASE_ACCEPTED)
    with database.reading() as connection:
        row = case_by_id(connection, "C-1")
    assert matches(row, status="ready", holder="ann", offer_until=None, version=3, updated_seq=4)


def test_a_case_that_is_released_waits_and_leaves_the_book(database):
    row = case_after(
        database, (EventKind.CASE_RELEASED, {"reason": "declined", "until": None}), (EventKind.CASE_QUEUED, {"mode": "pull"})
    )
    assert matches(row, status="queued", holder=None, version=4)
    assert load(database) == 0
    with database.reading() as connection:
        ended = connection.execute(sa.select(assignment)).mappings().one()
    assert (ended["ended_seq"], ended["ended_at"], ended["end_reason"]) == (4, hours(1), "declined")


def test_a_wait_begins_and_ends(database):
    began = {"on": "department", "department": "fraud", "follow_up": hours(5).isoformat(), "units": 1}
    row = case_after(database, (EventKind.WAIT_BEGAN, began))
    assert matches(row, status="waiting_department", wait_on="department", department="fraud", follow_up=hours(5))
    assert load(database) == 1
    with database.exclusive() as transaction:
        happen(transaction, EventKind.WAIT_ENDED, resolution_due=hours(7).isoformat(), units=2)
    with database.reading() as connection:
        row = case_by_id(connection, "C-1")
    assert matches(row, status="ready", wait_on=None, department=None, follow_up=None, resolution_due=hours(7))
    assert row["body"]["resolution_due"] == hours(7).isoformat().replace("+00:00", "Z")
    assert load(database) == 2


def test_the_first_response_is_noted_and_the_status_stays(database):
    began = {"on": "customer", "department": None, "follow_up": None}
    first, second = {"customer_facing": True, "first": True}, {"customer_facing": True, "first": False}
    row = case_after(database, (EventKind.WAIT_BEGAN, began), (EventKind.CONTACT_MADE, first), (EventKind.CONTACT_MADE, second))
    assert matches(row, status="waiting_customer", first_response_at=hours(2), version=5)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (EventKind.REVIEW_PASSED, {"flags": ["legal"]}),
        (EventKind.APPROVAL_DECIDED, {"approver": "bo", "approved": True}),
        (EventKind.CASE_ERASED, {}),
    ],
)
def test_some_events_change_the_version_alone(database, kind, data):
    assert matches(case_after(database, (kind, data)), status="ready", holder="ann", version=3, updated_seq=4)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (EventKind.TARGET_WARNED, {"target": "resolution", "due": hours(1).isoformat()}),
        (EventKind.TARGET_MISSED, {"target": "resolution", "due": hours(1).isoformat()}),
        (EventKind.EVENT_IGNORED, {"command": "update", "occurred_at": hours(-9).isoformat(), "latest": NOW.isoformat()}),
    ],
)
def test_some_events_leave_the_case_as_it_is(database, kind, data):
    assert matches(case_after(database, (kind, data)), version=2, updated_seq=3, occurred_at=None)


def test_an_update_changes_the_columns_and_the_units(database):
    case = case_body(priority=1, weight=5, type="fraud", resolution_due=hours(3).isoformat())
    row = case_after(database, (EventKind.CASE_UPDATED, {"case": case, "units": 5, "occurred_at": hours(1).isoformat()}))
    assert matches(row, priority=1, weight=5, type="fraud", resolution_due=hours(3), occurred_at=hours(1), status="ready")
    assert row["body"]["type"] == "fraud"
    assert load(database) == 5


def test_units_may_pass_the_capacity_once_a_case_is_held(database):
    case_after(database, (EventKind.CASE_UPDATED, {"case": case_body(weight=12), "units": 12}))
    assert load(database) == 12


def test_a_case_is_resolved_reopened_and_closed(database):
    row = case_after(database, (EventKind.CASE_RESOLVED, {"close_after": hours(50).isoformat()}))
    assert matches(row, status="resolved", holder=None, resolved_at=hours(1), close_after=hours(50))
    assert load(database) == 0
    with database.exclusive() as transaction:
        happen(transaction, EventKind.CASE_REOPENED, resolution_due=hours(60).isoformat())
        reopened = case_by_id(transaction.connection, "C-1")
        assign(transaction, at=hours(3))
        happen(transaction, EventKind.CASE_RESOLVED, at=hours(4), close_after=hours(70).isoformat())
        happen(transaction, EventKind.CASE_CLOSED, at=hours(70))
        closed = case_by_id(transaction.connection, "C-1")
    assert matches(reopened, status="queued", resolved_at=None, close_after=None, reopen_count=1, resolution_due=hours(60))
    assert matches(closed, status="closed", closed_at=hours(70), close_after=None, resolved_at=hours(4), holder=None)


def test_a_case_is_cancelled(database):
    row = case_after(database, (EventKind.CASE_CANCELLED, {"reason": "duplicate"}))
    assert matches(row, status="cancelled", holder=None, closed_at=hours(1))
    assert load(database) == 0


def test_personal_data_is_kept_apart_until_it_is_erased(database):
    with database.exclusive() as transaction:
        create_case(transaction, personal={"customer": "U-9", "note": "ring twice"})
    with database.reading() as connection:
        assert [(one["seq"], one["field"], one["value"]) for one in personal_of(connection, "C-1")] == [
            (1, "customer", "U-9"),
            (1, "note", "ring twice"),
        ]
    with database.exclusive() as transaction:
        happen(transaction, EventKind.CASE_ERASED)
    with database.reading() as connection:
        assert personal_of(connection, "C-1") == []


def test_what_was_erased_is_not_left_behind_in_the_pages_of_a_file(sqlite_url):
    with closing(Database.open(sqlite_url)) as database:
        with database.exclusive() as transaction:
            create_case(transaction, personal={"customer": "Ermintrude"})
        assert b"Ermintrude" in pages(database)
        with database.exclusive() as transaction:
            happen(transaction, EventKind.CASE_ERASED)
        assert b"Ermintrude" not in pages(database)


def pages(database):
    """The bytes of an SQLite file, its log written back into it."""
    with database.reading() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(database.url.database).read_bytes()


def test_a_commitment_is_made_announced_and_kept(database):
    made = {"commitment": "M-1", "due": hours(5).isoformat()}
    case_after(database, (EventKind.COMMITMENT_MADE, made), (EventKind.COMMITMENT_DUE, made), (EventKind.COMMITMENT_KEPT, made))
    with database.reading() as connection:
        row = commitment_of_case(connection, "C-1", "M-1")
    assert matches(row, case_id="C-1", due=hours(5), made_at=hours(1), announced=True, kept_at=hours(3), missed_at=None)


def test_a_commitment_is_missed(database):
    made = {"commitment": "M-1", "due": hours(5).isoformat()}
    case_after(database, (EventKind.COMMITMENT_MADE, made), (EventKind.COMMITMENT_MISSED, made))
    with database.reading() as connection:
        assert matches(commitment_of_case(connection, "C-1", "M-1"), kept_at=None, missed_at=hours(2), announced=True)


def staff_event(transaction, kind, *, personal=None, **data):
    return transaction.append(kind, at=NOW, specialist_id="ann", data=data, personal=personal)


def test_a_specialist_is_put_again_and_keeps_load_presence_and_name(database):
    held_case(database)
    with database.exclusive() as transaction:
        staff_event(transaction, EventKind.PRESENCE_SET, presence="busy", until=hours(1).isoformat())
        staff_event(transaction, EventKind.SPECIALIST_PUT, specialist={"id": "ann", "capacity": 3, "team": "north"})
        row = specialist_by_id(transaction.connection, "ann")
    assert matches(row, name="Ann Lee", capacity=3, team="north", load=2, presence="busy", presence_until=hours(1))
    assert matches(row, version=3, active=True, updated_seq=5, body={"id": "ann", "capacity": 3, "team": "north"})


def test_a_capacity_is_set_and_a_specialist_retires_and_returns(database):
    with database.exclusive() as transaction:
        put_specialist(transaction)
        staff_event(transaction, EventKind.CAPACITY_SET, capacity=0)
        staff_event(transaction, EventKind.SPECIALIST_RETIRED)
        retired = specialist_by_id(transaction.connection, "ann")
        put_specialist(transaction, capacity=4)
        back = specialist_by_id(transaction.connection, "ann")
    assert matches(retired, capacity=0, active=False, version=3)
    assert matches(back, capacity=4, active=True, version=4)


def test_a_credential_is_granted_and_revoked(database):
    value = {"kind": "series_7", "jurisdictions": ["NY", "NJ"], "valid_from": None, "valid_until": "2026-12-31"}
    with database.exclusive() as transaction:
        put_specialist(transaction)
        granted = EventKind.CREDENTIAL_GRANTED
        staff_event(transaction, granted, credential="L-1", value=value, personal={"evidence": "no. 4711"})
        staff_event(transaction, EventKind.CREDENTIAL_REVOKED, credential="L-1", value=value)
        (row,) = credentials_of(transaction.connection, "ann")
        holder = specialist_by_id(transaction.connection, "ann")
    assert matches(row, id="L-1", kind="series_7", jurisdictions=["NJ", "NY"], valid_from=None, valid_until="2026-12-31")
    assert matches(row, evidence="no. 4711", granted_seq=2, revoked_seq=3)
    assert holder["version"] == 3


def test_an_account_is_put_again(database):
    with database.exclusive() as transaction:
        for body in ({"id": "A-1", "owner": "ann"}, {"id": "A-1", "tier": "gold", "health": 61.5, "at_risk": True}):
            transaction.append(EventKind.ACCOUNT_PUT, at=NOW, account_id="A-1", data={"account": body})
        row = account_by_id(transaction.connection, "A-1")
    assert matches(row, owner=None, tier="gold", health=61.5, risk=True, version=2)


def test_one_policy_is_active(database):
    with database.exclusive() as transaction:
        for version in (1, 2):
            transaction.append(EventKind.POLICY_ADDED, at=NOW, data={"version": version, "document": {"policy": "priced"}})
            transaction.append(EventKind.POLICY_ACTIVATED, at=hours(version), data={"version": version})
        assert matches(active_policy(transaction.connection), version=2, name="priced", activated_at=hours(2), added_at=NOW)
        assert [(one["version"], one["active"]) for one in list_policies(transaction.connection)] == [(2, True), (1, False)]


def test_a_case_has_one_holder(database):
    held_case(database)
    with database.exclusive() as transaction:
        put_specialist(transaction, "bo")
    with pytest.raises(Conflict, match="there already"), database.exclusive() as transaction:
        assign(transaction, "C-1", "bo")


@pytest.mark.parametrize(("capacity", "units", "fits"), [(4, 4, True), (4, 5, False), (0, 1, False)])
def test_the_database_refuses_an_assignment_past_the_capacity(database, capacity, units, fits):
    with database.exclusive() as transaction:
        put_specialist(transaction, capacity=capacity)
        create_case(transaction)
    if fits:
        with database.exclusive() as transaction:
            assign(transaction, units=units)
        assert load(database) == units
        return
    with pytest.raises(Conflict, match="no room for the case"), database.exclusive() as transaction:
        assign(transaction, units=units)
    assert load(database) == 0


def test_the_database_refuses_an_assignment_to_somebody_who_has_retired(database):
    with database.exclusive() as transaction:
        put_specialist(transaction)
        create_case(transaction)
        staff_event(transaction, EventKind.SPECIALIST_RETIRED)
    with pytest.raises(Conflict, match="has retired"), database.exclusive() as transaction:
        assign(transaction)


@pytest.mark.parametrize("column", ["case_id", "specialist_id"])
def test_an_assignment_keeps_its_case_and_its_specialist(database, column):
    held_case(database)
    with database.exclusive() as transaction:
        put_specialist(transaction, "bo")
        create_case(transaction, "C-2")
    other = {"case_id": "C-2", "specialist_id": "bo"}[column]
    with pytest.raises(StoreError, match="keeps its case and its specialist"), database.writing() as connection:
        connection.execute(sa.update(assignment).values({column: other}))


def test_a_deleted_assignment_frees_its_room(database):
    held_case(database)
    with database.writing() as connection:
        connection.execute(sa.delete(assignment))
    assert load(database) == 0
