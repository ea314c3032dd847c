"""Checkpoints: saved once, and found by the last event that they hold."""

import time
from concurrent.futures import ThreadPoolExecutor

from tests.store.histories import hours

from caserouter.store.checkpoints import newest_checkpoint, newest_checkpoint_seq, pack_checkpoint, save_checkpoint


def save(database, *bodies):
    with database.writing() as connection:
        for seq, body in bodies:
            save_checkpoint(connection, seq, pack_checkpoint(body), hours(1))


def test_checkpoints_are_found_by_the_last_event_that_they_hold(database):
    save(database, (5, b"five"), (10, b"ten" * 1000))
    with database.reading() as connection:
        assert newest_checkpoint(connection) == (10, b"ten" * 1000)
        assert newest_checkpoint(connection, at_most=9) == (5, b"five")
        assert newest_checkpoint(connection, at_most=4) is None
        assert newest_checkpoint_seq(connection) == 10


def test_a_checkpoint_that_is_there_already_stays(database):
    save(database, (5, b"five"), (5, b"again"))
    with database.reading() as connection:
        assert newest_checkpoint(connection) == (5, b"five")


def test_two_keepers_may_save_the_same_checkpoint_at_once(postgres):
    with ThreadPoolExecutor(1) as pool:
        with postgres.writing() as connection:
            save_checkpoint(connection, 5, pack_checkpoint(b"five"), hours(1))
            other = pool.submit(save, postgres, (5, b"again"))
            time.sleep(0.1)  # time enough to run into the row; without it the test passes as well
        other.result(10)
    with postgres.reading() as connection:
        assert newest_checkpoint(connection) == (5, b"five")


def test_a_checkpoint_does_not_wait_for_a_unit_of_work_on_postgresql(postgres):
    with postgres.exclusive():
        save(postgres, (1, b"one"))
        with postgres.reading() as connection:
            assert newest_checkpoint_seq(connection) == 1
