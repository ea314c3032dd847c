"""The books of a moment: what an assignment changes, and what a release gives back."""

import numpy as np
import pytest
from tests.routing.desk import case, person, state_of

from caserouter.domain.errors import NotFound
from caserouter.domain.settings import Handling, Settings
from caserouter.domain.specialist import HeldCase, IntakeLimit
from caserouter.routing.result import WAITING

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
