"""The companion is a real process: it follows, plans and packs, and is killed when it takes too long."""

import os
import signal
import time

import pytest
from tests.waiting import PATIENCE_SECONDS, until

from caserouter.service.board import Board
from caserouter.service.keeper.companion import Companion
from caserouter.service.keeper.following import Following
from caserouter.service.keeper.messages import Pack, Packed, Plan, Ready, Restore, Solve, Standing, Trouble
from caserouter.store.checkpoints import newest_checkpoint, pack_checkpoint, save_checkpoint


@pytest.fixture
def companion():
    companion = Companion()
    yield companion
    companion.close()


@pytest.fixture
def following(file_office, companion):
    return Following(file_office.database, companion, solve_seconds=PATIENCE_SECONDS)


def follow_to(following, seq):
    until(lambda: following.advance() or following.seq == seq)


def test_it_follows_the_events_at_the_lowest_urgency(file_office, following, companion):
    file_office.hire("ann")
    file_office.create()
    follow_to(following, file_office.head())
    assert os.getpriority(os.PRIO_PROCESS, companion.pid) >= 10
    file_office.create()
    follow_to(following, file_office.head())
    assert companion.num_started == 1


def test_it_plans_on_what_it_has_folded(file_office, following):
    case_id = file_office.create()
    file_office.hire("ann", capacity=0)
    following.want(Solve(file_office.now, 1.0, 0))
    made = until(following.advance)
    assert made == Plan(file_office.head(), ())
    assert file_office.holder(case_id) is None
    assert not following.busy


def test_it_packs_a_checkpoint_that_restores_to_the_same_board(file_office, following):
    file_office.hire("ann")
    file_office.create()
    following.want(Pack())
    packed = until(following.advance)
    assert isinstance(packed, Packed)
    assert packed.seq == file_office.head()


def test_it_begins_from_the_newest_checkpoint(file_office, following):
    file_office.hire("ann")
    with file_office.engine.board() as board:
        body, seq = board.checkpoint(), board.seq
    with file_office.database.writing() as connection:
        save_checkpoint(connection, seq, pack_checkpoint(body), file_office.now)
    follow_to(following, seq)
    with file_office.engine.read() as connection:
        assert Board.restore(newest_checkpoint(connection).body).seq == following.seq


def test_a_checkpoint_that_cannot_be_read_is_passed_over(file_office, following, monkeypatch):
    monkeypatch.setattr("caserouter.service.keeper.following.LONGEST_PAUSE_SECONDS", 0.0)
    file_office.hire("ann")
    with file_office.database.writing() as connection:
        save_checkpoint(connection, 1, pack_checkpoint(b'{"format": 0}'), file_office.now)
    follow_to(following, file_office.head())
    assert following.num_troubles == 2


def test_one_that_takes_too_long_is_killed_and_another_started(companion):
    companion.start(PATIENCE_SECONDS)
    until(companion.look)
    first = companion.pid
    companion.ask(Restore(None), 0.0)
    time.sleep(0.001)
    answer = companion.look()
    while isinstance(answer, Standing):  # it was quicker than no time at all
        companion.ask(Restore(None), 0.0)
        answer = companion.look()
    assert isinstance(answer, Trouble)
    assert not companion.alive
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
    companion.start(PATIENCE_SECONDS)
    until(companion.look)
    companion.ask(Restore(None), PATIENCE_SECONDS)
    assert until(companion.look) == Standing(0)


def test_one_that_dies_is_replaced_and_nothing_is_lost(file_office, following, companion, monkeypatch, caplog):
    monkeypatch.setattr("caserouter.service.keeper.following.LONGEST_PAUSE_SECONDS", 0.0)
    file_office.hire("ann")
    follow_to(following, file_office.head())
    os.kill(companion.pid, 9)
    following.want(Solve(file_office.now, 1.0, 0))
    until(lambda: following.advance() or companion.num_started == 2)
    assert "companion lost" in caplog.text
    assert not following.busy
    follow_to(following, file_office.head())
    following.want(Solve(file_office.now, 1.0, 0))
    assert isinstance(until(following.advance), Plan)


def test_one_that_is_starting_does_not_hear_ctrl_c_either(companion, capfd):
    """The terminal tells every process; this one ends when the keeper lets it go."""
    companion.start(PATIENCE_SECONDS)
    os.kill(companion.pid, signal.SIGINT)
    assert (until(companion.look), capfd.readouterr().err) == (Ready(), "")


def test_it_ends_when_it_is_let_go(companion):
    companion.start(PATIENCE_SECONDS)
    until(companion.look)
    pid = companion.pid
    companion.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
