"""Units of work: events are numbered in the order of their commits, and the tables follow in the same commit."""

import threading
from datetime import datetime

import pytest
from tests.store.histories import NOW, assign, create_case, happen, held_case, put_specialist

from caserouter.domain.errors import Conflict, InvalidInput, StoreError
from caserouter.store import reading
from caserouter.store.columns import encode
from caserouter.store.events import EventKind
from caserouter.store.queries.cases import case_by_id


def events(database):
    with database.reading() as connection:
        return reading.events_after(connection, 0)


def test_what_was_recorded_is_read_back_as_it_was(database):
    with database.exclusive() as transaction:
        put_specialist(transaction)
        created = create_case(transaction, personal={"customer": "U-9"})
        decided = assign(transaction)
    read = events(database)
    assert read[1:] == [created, decided._replace(evidence=None)]
    with database.reading() as connection:
        assert reading.decision_of(connection, decided.seq) == decided


def test_data_is_folded_now_as_it_will_be_read_later(database):
    with database.exclusive() as transaction:
        event = transaction.append(EventKind.POLICY_ADDED, at=NOW, data={"version": 2, "document": {"a": (1, 2.5), "ü": None}})
    assert event.data == {"version": 2, "document": {"a": [1, 2.5], "ü": None}}
    assert events(database) == [event]


def fail_in_a_unit(database):
    with database.exclusive() as transaction:
        create_case(transaction)
        raise RuntimeError("a mistake of ours")


def test_a_unit_that_fails_leaves_no_trace_and_no_gap(database):
    with pytest.raises(RuntimeError, match="a mistake of ours"):
        fail_in_a_unit(database)
    with database.exclusive() as transaction:
        assert (transaction.head, create_case(transaction).seq) == (0, 1)


def test_a_unit_without_events_changes_nothing(database):
    with database.exclusive():
        pass
    with database.reading() as connection:
        assert reading.heads(connection) == (0, 0, 0)


def test_what_changes_rules_and_what_frees_room_is_counted(database):
    held_case(database)
    with database.reading() as connection:
        assert reading.heads(connection) == (3, 1, 1)
    with database.exclusive() as transaction:
        happen(transaction, EventKind.CASE_RESOLVED)
    with database.reading() as connection:
        assert reading.heads(connection) == (4, 1, 4)


def test_an_assignment_within_a_limit_of_intake_changes_rules(database):
    held_case(database)
    with database.exclusive() as transaction:
        create_case(transaction, "C-2")
        data = {"units": 1, "status": "ready", "mode": "arrival"}
        transaction.append(EventKind.CASE_ASSIGNED, at=NOW, case_id="C-2", specialist_id="ann", data=data, changes_rules=True)
    with database.reading() as connection:
        assert reading.heads(connection) == (5, 5, 1)


def test_two_units_that_overlap_are_numbered_in_the_order_of_their_commits(database):
    """The second begins while the first is open; a reader who follows the numbers never meets one below what it has seen."""
    began, seen = threading.Event(), []

    def second():
        began.set()
        with database.exclusive() as transaction:
            seen.append(transaction.head)
            create_case(transaction, "C-2")

    other = threading.Thread(target=second)
    with database.exclusive() as transaction:
        other.start()
        assert began.wait(5)
        assert events(database) == []
        create_case(transaction, "C-1")
    other.join(10)
    assert [(event.seq, event.case_id) for event in events(database)] == [(1, "C-1"), (2, "C-2")]
    assert seen == [1]


def test_many_threads_write_and_a_reader_skips_nobody(database):
    """Six threads of ten cases, and a reader who asks for what comes after the last number it saw."""
    done, followed = threading.Event(), []

    def write(thread):
        for number in range(10):
            with database.exclusive() as transaction:
                create_case(transaction, f"C-{thread}-{number}")

    def look():
        with database.glance() as connection:
            followed.extend(reading.events_after(connection, followed[-1].seq if followed else 0))

    def follow():
        while not done.is_set():
            look()

    reader, writers = threading.Thread(target=follow), [threading.Thread(target=write, args=(one,)) for one in range(6)]
    for thread in [reader, *writers]:
        thread.start()
    for thread in writers:
        thread.join(60)
    done.set()
    reader.join(60)
    look()
    assert [event.seq for event in followed] == list(range(1, 61))


def test_whoever_does_not_get_a_turn_in_time_is_told_to_try_again(database):
    with database.exclusive(), pytest.raises(StoreError, match="busy") as caught, database.exclusive(wait_seconds=0.05):
        pass
    assert caught.value.retryable


def test_a_lost_race_for_the_turn_leaves_the_next_one_free(database):
    with (
        database.exclusive(),
        pytest.raises(StoreError, match=r"the database is busy: .*try again"),
        database.exclusive(wait_seconds=0.05),
    ):
        pass
    with database.exclusive(wait_seconds=1) as transaction:
        create_case(transaction)
    assert len(events(database)) == 1


def test_a_reader_sees_one_state_however_often_it_looks(database):
    with database.reading() as connection:
        assert reading.head(connection) == 0
        held_case(database)
        assert (reading.head(connection), case_by_id(connection, "C-1")) == (0, None)
    with database.reading() as connection:
        assert reading.head(connection) == 3


def test_each_glance_sees_what_is_committed_by_then(database):
    with database.glance() as connection:
        assert reading.head(connection) == 0
        held_case(database)
        assert reading.head(connection) == 3


def test_the_places_at_which_tests_fail_lie_around_the_commit(database):
    reached = []

    def reach(place):
        reached.append((place, len(events(database))))

    database.reach = reach
    with database.exclusive() as transaction:
        create_case(transaction)
    assert reached == [("before_commit", 0), ("after_commit", 1)]


def test_a_moment_without_a_time_zone_is_refused(database):
    with pytest.raises(Exception, match="without a time zone"), database.exclusive() as transaction:
        happen(transaction, EventKind.CASE_QUEUED, at=datetime(2026, 3, 2))  # noqa: DTZ001 - on purpose


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_numbers_that_json_cannot_hold_are_refused(database, number):
    with pytest.raises(ValueError, match="JSON compliant"), database.exclusive() as transaction:
        happen(transaction, EventKind.CASE_QUEUED, why=number)


def test_a_name_that_reads_like_such_a_number_changes_nothing_of_how_a_document_is_written():
    """A moment is written by one encoder alone, and large numbers by each in its own way."""
    rest = {"number": 1e22, "at": NOW}
    assert encode(rest | {"name": "Infinity Insurance, NaN Street"}).startswith(encode(rest)[:-1] + ",")


def test_a_text_that_the_database_cannot_hold_is_the_callers_mistake(postgres):
    with pytest.raises(InvalidInput, match="such as NUL"), postgres.exclusive() as transaction:
        create_case(transaction, account="A\x00")


def test_an_event_can_be_neither_changed_nor_deleted(database):
    held_case(database)
    for statement in ("UPDATE event SET kind = 'x'", "UPDATE event SET evidence = NULL", "DELETE FROM event"):
        with pytest.raises((StoreError, Conflict), match="never"), database.writing() as connection:
            connection.exec_driver_sql(statement)
    assert len(events(database)) == 3


def test_an_event_cannot_be_replaced(database):
    """`INSERT OR REPLACE` would delete the row without a word."""
    held_case(database)
    statement = "INSERT OR REPLACE INTO event SELECT * FROM event" if database.dialect == "sqlite" else "TRUNCATE event"
    with pytest.raises(StoreError, match="never"), database.writing() as connection:
        connection.exec_driver_sql(statement)


def test_events_come_in_batches_of_the_size_asked_for(database):
    held_case(database)
    with database.reading() as connection:
        assert [event.seq for event in reading.events_after(connection, 1, limit=1)] == [2]
        assert reading.events_after(connection, 3) == []
