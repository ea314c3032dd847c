"""The books of a moment: what an assignment changes, and what a release gives back."""

from dataclasses import replace

import numpy as np
import pytest
from tests.routing.desk import case, person, state_of

from caserouter.domain.errors import NotFound
from caserouter.domain.settings import Handling, Settings
from caserouter.domain.specialist import HeldCase, IntakeLimit
from caserouter.routing.result import WAITING
from caserouter.routing.state import Book

HALF_HOUR = Settings(handling=Handling(minutes=30), team_caps={"red": 9})


def test_the_books_start_as_the_roster_states_them():
    """a holds cases of weight 2 and 3, each counted as half an hour of ready work; red has 9 - 5 units left."""
    held = [HeldCase(id="H-1", weight=2), HeldCase(id="H-2", weight=3)]
    state = state_of([person("a", team="red", held_cases=held, intake=IntakeLimit(limit=3, used=1)), person("b")], HALF_HOUR)
    assert state.caseload.tolist() == [5, 0]
    assert state.free.tolist() == [5, 10]
    assert state.num_held.tolist() == [2, 0]
    assert state.ready_hours.tolist() == [1.0, 0.0]
    assert state.intake_left.tolist() == [2, -1]
    assert state.team_left[0] == 4
    assert state.ties.holder == {"H-1": 0, "H-2": 0}


def test_an_assignment_changes_everything_that_it_touches():
    state = state_of([person("a", team="red", intake=IntakeLimit(limit=1)), person("b")], HALF_HOUR)
    state.now = 2.5
    state.apply(state.roster.profile(case("C-1", weight=3)), 0)
    assert (state.caseload[0], state.num_held[0], state.intake_left[0], state.team_left[0]) == (3, 1, 0, 6)
    assert (state.ready_hours[0], state.last_assigned[0], state.turn[0]) == (0.5, 2.5, 1)
    assert state.attempts == {"C-1": 1}
    assert np.isneginf(state.last_assigned[1])


def test_a_release_gives_back_the_room_but_not_the_intake():
    state = state_of([person("a", team="red", intake=IntakeLimit(limit=1))], HALF_HOUR)
    profile = state.roster.profile(case("C-1", weight=3))
    state.apply(profile, 0)
    state.release(profile)
    assert (state.caseload[0], state.num_held[0], state.ready_hours[0], state.team_left[0]) == (0, 0, 0.0, 9)
    assert state.intake_left[0] == 0
    assert not state.ties.holder


def test_a_case_that_goes_back_to_the_queue_waits():
    state = state_of([person("a")])
    profile = state.roster.profile(case("C-1"))
    state.apply(profile, 0)
    state.release(profile)
    state.apply(profile, WAITING)
    assert state.ties.waiting == {"C-1"}
    assert state.caseload[0] == 0


def test_only_a_held_case_can_be_released():
    state = state_of([person("a")])
    with pytest.raises(NotFound, match=r"^C-1: nobody holds it; only a held case can be released$"):
        state.release(state.roster.profile(case("C-1")))


def test_those_with_room_are_counted_as_books_fill_and_empty():
    state = state_of([person("a", capacity=2), person("b", capacity=1), person("c", capacity=0)])
    profile = state.roster.profile(case("C-1", weight=2))
    assert state.num_with_room == 2
    state.apply(profile, 0)
    assert state.num_with_room == 1
    state.release(profile)
    assert state.num_with_room == 2
    state.caseload[:] = 5
    state.count_room()
    assert state.num_with_room == 0


def test_a_parked_case_counts_less_and_may_overfill_the_book_when_it_comes_back():
    """Of weight 3, two units are given up, taken by another case and asked back: 4 units in a book of 3."""
    state = state_of([person("a", capacity=3, team="red")], HALF_HOUR)
    parked, other = (state.roster.profile(case(name, weight=weight)) for name, weight in (("C-1", 3), ("C-2", 2)))
    state.apply(parked, 0)
    state.park(parked, 2)
    assert (state.caseload[0], state.team_left[0], state.num_with_room) == (1, 8, 1)
    state.apply(other, 0)
    state.unpark(parked, 2)
    assert (state.caseload[0], state.free[0], state.team_left[0], state.num_with_room) == (5, -2, 4, 0)


def test_only_a_held_case_can_be_parked():
    state = state_of([person("a")])
    with pytest.raises(NotFound, match=r"^C-1: nobody holds it; only a held case can be parked$"):
        state.park(state.roster.profile(case("C-1")), 1)


def test_a_trial_leaves_the_state_as_it_is():
    state = state_of([person("a", capacity=1)])
    first, second = (state.roster.profile(case(name, linked_cases={"X"})) for name in ("C-1", "C-2"))
    state.apply(first, WAITING)
    scratch = state.scratch()
    scratch.apply(first, 0)
    scratch.apply(second, WAITING)
    assert (scratch.ties.holder_of("C-1"), scratch.attempts["C-1"], scratch.num_with_room) == (0, 1, 0)
    assert scratch.ties.waits("C-2")
    assert (state.caseload.tolist(), state.num_with_room, state.attempts) == ([0], 1, {})
    assert (state.ties.waiting, state.ties.holder, set(state.ties.linked)) == ({"C-1"}, {}, {"X"})


def test_attempts_and_refusals_are_dropped_with_a_case_that_will_not_come_back():
    state = state_of([person("a")])
    profile = state.roster.profile(case("C-1"))
    state.apply(profile, 0)
    state.declined["C-1"] = {0: 24.0}
    state.forget("C-1")
    assert (state.attempts, state.declined) == ({}, {})


def test_turns_go_on_where_a_copy_was_made():
    state = state_of([person("a"), person("b")])
    state.apply(state.roster.profile(case("C-1")), 1)
    copied = state.copy()
    copied.apply(state.roster.profile(case("C-2")), 0)
    assert (copied.turn.tolist(), copied.last_taker) == ([2, 1], 0)
    assert (state.turn.tolist(), state.last_taker) == ([0, 1], 1)


def test_ready_work_is_counted_at_the_efforts_that_are_known():
    state = state_of([person("a"), person("b")], HALF_HOUR)
    profile = replace(state.roster.profile(case("C-1")), effort=np.array([2.0, 3.0]))
    state.apply(profile, 1)
    assert state.ready_hours.tolist() == [0.0, 3.0]
    state.release(profile)
    assert state.ready_hours.tolist() == [0.0, 0.0]


def test_a_book_can_be_set_as_a_whole():
    """Eight units with a leave one of the team's nine; the last taker is the one with the highest turn."""
    state = state_of([person("a", team="red"), person("b")], HALF_HOUR)
    state.set_book(1, Book(caseload=10, turn=3))
    state.set_book(0, Book(caseload=8, num_held=2, intake_left=1, ready_hours=1.5, last_assigned=-2.0, turn=2, away_until=4.0))
    assert (state.caseload.tolist(), state.team_left[0], state.num_with_room) == ([8, 10], 1, 1)
    assert (state.num_held[0], state.intake_left[0], state.ready_hours[0]) == (2, 1, 1.5)
    assert (state.last_assigned[0], state.away_until[0], state.last_taker) == (-2.0, 4.0, 1)
    state.set_book(0, Book())
    assert (state.caseload[0], state.team_left[0], state.num_with_room) == (0, 9, 1)


def test_a_book_of_another_size_counts_everywhere():
    state = state_of([person("a"), person("b")])
    state.resize(0, 0)
    assert (state.free.tolist(), state.num_with_room) == ([0, 10], 1)
    assert state.roster.capacity_by_index == [0, 10]
    assert [one.capacity for one in state.roster.specialists] == [0, 10]
    state.resize(0, 3)
    assert state.num_with_room == 2
