"""The create's statement on PostgreSQL: the same rows as the projection writes, or none, and the reason."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import psycopg
import pytest
import sqlalchemy as sa
from tests.postgres import drop_database, postgres_url
from tests.store.histories import NOW, case_body, happen, hours, put_specialist

from caserouter.domain.errors import StoreError
from caserouter.store import idempotency, reading
from caserouter.store.creation import Created, Creation, Repeated, Stale, create_at_once
from caserouter.store.database import Database
from caserouter.store.events import Event, EventKind
from caserouter.store.idempotency import Answer, Scope
from caserouter.store.integrity import contradictions
from caserouter.store.tables import assignment, cases, commitment, due, event, metadata, personal, specialist

SCOPE = Scope("K-1", "POST", "/v1/cases", "key-1")
ANSWER = Answer("f00d", 201, {"ETag": '"2"'}, b'{"case": "\xc3\xbc\x00"}', NOW, hours(168))
EVER = hours(1000)


def created(case_id="C-1", *, external_id=None, **fields):
    data = {"case": case_body(case_id, **fields), "external_id": external_id}
    return Event(0, NOW, EventKind.CASE_CREATED, data, case_id, actor="K-1", request_id="r-1")


def assigned(case_id="C-1", *, units=2, **data):
    data = {"units": units, "status": "ready", "mode": "arrival", "offer_until": None} | data
    return Event(0, NOW, EventKind.CASE_ASSIGNED, data, case_id, "ann", actor="K-1", request_id="r-1", evidence={"chosen": "ann"})


def queued(case_id="C-1"):
    why = {"code": "nobody_eligible"}
    return Event(0, NOW, EventKind.CASE_QUEUED, {"mode": "arrival", "why": why}, case_id, actor="K-1", evidence={"seen": 1})


def promised(case_id="C-1", **data):
    data = {"commitment": f"{case_id}.1", "due": hours(5).isoformat()} | data
    return Event(0, NOW, EventKind.COMMITMENT_MADE, data, case_id, actor="K-1")


def creation(*events, seen=1, **options):
    return Creation(events or (created(), assigned()), seen, NOW, options.pop("valid_until", EVER), **options)


@pytest.fixture
def database(postgres):
    with postgres.exclusive() as transaction:
        put_specialist(transaction, capacity=5)
    return postgres


def rows_of(database, *, without=("id",)):
    """Everything that is stored, by table."""
    with database.reading() as connection:
        return {
            table.name: [
                {name: value for name, value in row.items() if not (table.name in {"assignment", "due"} and name in without)}
                for row in connection.execute(sa.select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in metadata.sorted_tables
        }


CREATIONS = {
    "assigned": (created(external_id="7", first_response_due=hours(2).isoformat()), assigned()),
    "offered": (created(occurred_at=None), assigned(status="offered", offer_until=hours(1).isoformat())),
    "queued": (created(account="A-1", jurisdiction="NY", resolution_due=hours(9).isoformat()), queued()),
    "promised": (created(), assigned(), promised(warn_at=hours(4).isoformat()), promised("C-1", commitment="C-1.2")),
}


@pytest.mark.parametrize("events", CREATIONS.values(), ids=CREATIONS.keys())
def test_it_writes_what_a_unit_of_work_writes(database, events):
    """Row by row, in every table, counters of the database apart."""
    warned = {
        "warn_at": {"first_response": hours(1).isoformat(), "resolution": hours(8).isoformat()},
        "occurred_at": NOW.isoformat(),
    }
    events = (events[0]._replace(data=events[0].data | warned), *events[1:])
    said = {"customer": "U-9", "note": "ring twice"}
    result = create_at_once(database, creation(*events, personal=said, answer=(SCOPE, ANSWER), changes_rules=True))
    url = postgres_url()
    with closing(Database.open(url)) as other:
        with other.exclusive() as transaction:
            put_specialist(transaction, capacity=5)
            recorded = []
            for number, one in enumerate(events):
                kept = one._asdict() | {"personal": said if number == 0 else None, "changes_rules": number == len(events) - 1}
                del kept["seq"]
                recorded.append(transaction.append(kept.pop("kind"), **kept))
            idempotency.insert(transaction.connection, SCOPE, ANSWER)
        assert rows_of(database) == rows_of(other)
    drop_database(url)
    assert result == Created(tuple(recorded))


def test_without_a_connection_another_try_is_worth_it(database, monkeypatch):
    monkeypatch.setattr("caserouter.store.backend.POOL_SECONDS", 0.05)
    url = database.url.render_as_string(hide_password=False)
    with closing(Database.open(url, pool_size=1)) as narrow:
        with narrow.reading(), pytest.raises(StoreError, match="every connection is in use") as caught:
            create_at_once(narrow, creation())
        assert caught.value.retryable


def test_the_answer_comes_back_byte_by_byte(database):
    create_at_once(database, creation(answer=(SCOPE, ANSWER)))
    with database.glance() as connection:
        assert idempotency.find(connection, SCOPE) == ANSWER


def number_of_rows(database):
    with database.reading() as connection:
        tables = (cases, event, assignment, due, commitment, personal)
        return [connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in tables]


STALE = {
    "rules changed since": creation(seen=0),
    "it holds no longer": creation(valid_until=NOW),
    "there is no room": creation(created(), assigned(units=6)),
}


@pytest.mark.parametrize("stale", STALE.values(), ids=STALE.keys())
def test_what_no_longer_holds_is_stale_and_leaves_no_trace(database, stale):
    before = number_of_rows(database)
    assert create_at_once(database, stale) == Stale()
    assert number_of_rows(database) == before
    with database.glance() as connection:
        assert (reading.head(connection), connection.execute(sa.select(specialist.c.load)).scalar_one()) == (1, 0)


def test_a_shift_that_ends_while_the_decision_waits_for_a_connection_makes_it_stale(database):
    one = creation(valid_until=NOW + timedelta(milliseconds=20))
    time.sleep(0.03)
    assert create_at_once(database, one) == Stale()


@pytest.mark.parametrize("kind", [EventKind.CASE_RESOLVED, EventKind.CASE_CANCELLED])
def test_room_that_was_freed_makes_a_case_that_would_wait_stale_and_no_other(database, kind):
    create_at_once(database, creation())
    with database.exclusive() as transaction:
        happen(transaction, kind)
    assert create_at_once(database, creation(created("C-2"), queued("C-2"), seen=3)) == Stale()
    assert isinstance(create_at_once(database, creation(created("C-3"), assigned("C-3"), seen=3)), Created)
    assert isinstance(create_at_once(database, creation(created("C-4"), queued("C-4"), seen=4)), Created)


def test_events_that_change_neither_rules_nor_room_do_not_matter(database):
    for case_id in ("C-1", "C-2"):
        assert isinstance(create_at_once(database, creation(created(case_id), assigned(case_id))), Created)


def test_whoever_has_retired_gets_nothing(database):
    with database.exclusive() as transaction:
        transaction.append(EventKind.SPECIALIST_RETIRED, at=NOW, specialist_id="ann", data={})
    assert create_at_once(database, creation(seen=2)) == Stale()


def test_a_limit_of_intake_that_was_used_makes_others_stale(database):
    create_at_once(database, creation(changes_rules=True))
    assert create_at_once(database, creation(created("C-2"), assigned("C-2"))) == Stale()


def test_what_was_done_before_is_told_apart(database):
    first = creation(created(external_id="7"), assigned(), answer=(SCOPE, ANSWER))
    assert isinstance(create_at_once(database, first), Created)
    same_key = creation(created("C-2"), queued("C-2"), answer=(SCOPE, ANSWER))
    same_external_id = creation(created("C-3", external_id="7"), queued("C-3"))
    same_case = creation(created("C-1"), queued("C-1"))
    found = [create_at_once(database, one) for one in (same_key, same_external_id, same_case)]
    assert found == [Repeated("idempotency"), Repeated("external_id"), Repeated("case")]
    with database.glance() as connection:
        assert reading.head(connection) == 3


def test_a_connection_that_was_lost_meanwhile_is_replaced(database):
    """The server ends the connection while it lies in the pool, as a restart does."""
    with database.writing() as connection:
        connection.exec_driver_sql("SELECT pg_backend_pid()")
    stop_connections(database)
    assert isinstance(create_at_once(database, creation()), Created)
    stop_connections(database)
    with database.exclusive() as transaction:
        assert transaction.head == 3


def test_threads_that_create_at_once_never_pass_a_capacity(database):
    """Eight threads want 80 cases into room for 20: each is told, and the numbers have no gap."""
    with database.exclusive() as transaction:
        put_specialist(transaction, capacity=20)

    def create(number):
        case_id = f"C-{number}"
        return create_at_once(database, creation(created(case_id), assigned(case_id, units=1), seen=2))

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(create, range(80)))
    assert sum(isinstance(result, Created) for result in results) == 20
    assert sum(result == Stale() for result in results) == 60
    with database.reading() as connection:
        assert [one.seq for one in reading.events_after(connection, 0)] == list(range(1, 43))
        assert connection.execute(sa.select(specialist.c.load)).scalar_one() == 20
        assert contradictions(connection) == []


def test_threads_that_create_the_same_case_create_one(database):
    def create(number):
        case_id = f"C-{number}"
        return create_at_once(database, creation(created(case_id, external_id="7"), queued(case_id)))

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(create, range(16)))
    assert sum(isinstance(result, Created) for result in results) == 1
    assert results.count(Repeated("external_id")) == 15


def test_it_waits_for_a_unit_of_work_and_sees_what_that_changed(database):
    with ThreadPoolExecutor(1) as pool, database.exclusive() as transaction:
        waiting = pool.submit(create_at_once, database, creation())
        transaction.append(EventKind.CAPACITY_SET, at=NOW, specialist_id="ann", data={"capacity": 1})
        time.sleep(0.1)  # time enough to run into the lock; without it the test passes as well
        assert not waiting.done()
    assert waiting.result() == Stale()


def stop_connections(database):
    url = sa.create_engine(database.url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    with url.connect() as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        connection.exec_driver_sql(others)


def test_a_commit_whose_answer_was_lost_is_found_and_not_written_twice(database):
    """The connection goes right after the commit: the caller learns the numbers all the same."""
    lost = []

    def lose(place):
        if place == "after_commit" and not lost:
            lost.append(place)
            raise psycopg.OperationalError("gone")

    database.reach = lose
    result = create_at_once(database, creation())
    assert isinstance(result, Created)
    assert [one.seq for one in result.events] == [2, 3]
    with database.glance() as connection:
        assert reading.head(connection) == 3
