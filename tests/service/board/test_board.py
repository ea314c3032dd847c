"""The board is a fold: kept up to date, built anew or restored, it is the same and decides the same."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from tests.routing.desk import case, person
from tests.service.board.journal import Journal, moves, played, policies
from tests.strategies import NOW, queues

from caserouter.domain.account import Account
from caserouter.domain.errors import StoreError
from caserouter.routing.state import Views
from caserouter.service.board import Board
from caserouter.service.board.deciding import place
from caserouter.store.events import EventKind


def told(state):
    """Everything that a state says, by id."""
    ids = [one.id for one in state.roster.specialists]
    return {
        **{name: getattr(state, name).tolist() for name in Views._fields},
        "people": state.roster.specialists,
        "capacity": state.roster.capacity_by_index,
        "room": state.num_with_room,
        "last": state.last_taker,
        "now": state.now,
        "holder": {key: ids[j] for key, j in sorted(state.ties.holder.items())},
        "waiting": state.ties.waiting,
        "linked": dict(state.ties.linked),
        "separated": dict(state.ties.separated),
        "attempts": dict(state.attempts),
        "declined": state.declined,
    }


def compiled(line):
    """What waits, as it was compiled."""
    names = [field.name for field in dataclasses.fields(next(iter(line)))] if len(line) else []
    return [{name: _plain(getattr(one, name)) for name in names if name not in ("kind", "effort")} for one in line]


def _plain(value):
    return value.tolist() if isinstance(value, np.ndarray) else value


def refolded(journal):
    board = Board()
    for event in journal.events:
        board.fold(event)
    return board


def hold_together(journal):
    """The board, one folded anew and one restored say the same."""
    board, now = journal.board, journal.now
    restored = Board.restore(board.checkpoint())
    assert restored.records == board.records
    for other in (refolded(journal), restored):
        assert (other.seq, other.digest) == (board.seq, board.digest)
        assert other.checkpoint() == board.checkpoint()
        assert told(other.state(now)) == told(board.state(now))
        assert compiled(other.view(now).line) == compiled(board.view(now).line)


@settings(max_examples=60, deadline=None)
@given(queue=queues(), policy=policies(), happenings=moves())
def test_rebuilt_restored_and_kept_up_to_date_are_the_same(queue, policy, happenings):
    played(queue, policy, happenings, hold_together)


@settings(max_examples=40, deadline=None)
@given(queue=queues(), policy=policies(), happenings=moves())
def test_every_board_decides_the_same(queue, policy, happenings):
    journal = played(queue, policy, happenings)
    asked = case("X", created=journal.now, required_skills={"claims": 1})
    outcomes = [place(board, asked, journal.now) for board in (journal.board, refolded(journal))]
    assert outcomes[0] == outcomes[1] == place(Board.restore(journal.board.checkpoint()), asked, journal.now)


@settings(max_examples=60, deadline=None)
@given(queue=queues(), policy=policies(), happenings=moves())
def test_books_hold_what_the_open_cases_add_up_to(queue, policy, happenings):
    board = played(queue, policy, happenings).board
    for name, one in board.people.items():
        held = [case for case in board.cases.values() if case.holder == name]
        assert (one.units, one.num_held) == (sum(case.units for case in held), len(held))
        assert one.ready_seconds == sum(board.records.seconds_of(case) for case in held)


def test_an_event_that_comes_too_late_is_refused():
    journal = Journal()
    journal.put(person("a"))
    with pytest.raises(StoreError, match="event 1: folded after event 1; events are folded in order, load the board anew"):
        journal.board.fold(journal.events[0])


def test_the_digest_is_that_of_all_events_before():
    first, second = Journal(), Journal()
    first.put(person("a"))
    second.put(person("b"))
    assert len(first.board.digest) == 64
    assert first.board.digest != second.board.digest
    second = refolded(first)
    assert second.digest == first.board.digest


def test_presence_and_capacity_keep_the_roster():
    journal = Journal()
    journal.put(person("a", capacity=1))
    before = journal.board.view(journal.now).roster
    journal.record(EventKind.PRESENCE_SET, specialist_id="a", presence="away", until=None)
    journal.record(EventKind.CAPACITY_SET, specialist_id="a", capacity=0)
    assert journal.board.view(journal.now).roster is before
    assert journal.create(case("C-1")).evidence["excluded"] == {"capacity": 1, "off_shift": 1}


@pytest.mark.parametrize(("num_stated", "follows"), [(2, True), (40, False)])
def test_a_view_takes_up_what_is_stated_of_a_few_and_is_built_anew_for_many(num_stated, follows):
    journal, names = Journal(), [f"S-{k:02d}" for k in range(num_stated)]
    for name in names:
        journal.put(person(name, skills={"claims": 1}))
    before = journal.board.view(journal.now)
    for name in names:
        journal.put(person(name, skills={"fraud": 1}))
    after = journal.board.view(journal.now)
    assert (after is before) == follows
    assert journal.create(case("C-1", required_skills={"fraud": 1})).specialist == "S-00"


def test_what_waits_goes_to_whoever_learns_what_it_asks_for():
    journal = Journal()
    journal.put(person("a"))
    journal.create(case("C-1", required_skills={"fraud": 1}))
    assert journal.pull() == {}
    journal.put(person("a", skills={"fraud": 1}))
    assert journal.pull() == {"C-1": "a"}


@pytest.mark.parametrize("fields", [{"team": "east"}, {"authority": {"credit": "unlimited"}}])
def test_a_view_is_built_anew_for_another_team_or_authority(fields):
    journal = Journal()
    journal.put(person("a"))
    before = journal.board.view(journal.now)
    journal.put(person("a", **fields))
    assert journal.board.view(journal.now) is not before


def test_a_clock_that_is_put_back_brings_the_ramp_back():
    journal = Journal()
    journal.put(person("a", leave="2026-02-20..2026-03-01"))
    journal.now = NOW.replace(day=5, hour=1)
    assert journal.board.view(journal.now).limit(0) is None
    journal.now = NOW.replace(day=4, hour=23)
    assert journal.board.view(journal.now).limit(0).limit == 2


def test_another_owner_is_known_of_cases_that_wait_already():
    journal = Journal()
    for name in ("a", "b"):
        journal.put(person(name, capacity=0))
    journal.own(_account("a"))
    journal.create(case("C-1", account="A-0"))
    assert [one.owner for one in journal.board.view(journal.now).line] == [0]
    journal.own(_account("b"))
    assert [one.owner for one in journal.board.view(journal.now).line] == [1]


def test_an_event_of_a_case_that_is_gone_changes_nothing():
    journal = Journal()
    journal.create(case("C-1"))
    journal.record(EventKind.CASE_CANCELLED, case_id="C-1", reason="withdrawn")
    journal.record(EventKind.CASE_ERASED, case_id="C-1")
    assert journal.board.cases == {}


def test_a_checkpoint_of_another_format_is_refused():
    with pytest.raises(StoreError, match="checkpoint format 99: this version reads 3"):
        Board.restore(b'{"format": 99}')


def _account(owner):
    return Account(id="A-0", owner=owner)
