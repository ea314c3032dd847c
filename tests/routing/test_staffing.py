"""Calendars as arrays: cumulative staffed hours, presence, reach, and how long an answer holds."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import strategies
from tests.routing.desk import person

from caserouter.domain.calendar import Leave, staffed_intervals
from caserouter.domain.intervals import clip
from caserouter.domain.settings import Settings
from caserouter.routing.clock import Clock
from caserouter.routing.staffing import Staffing

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
DAY = ("Mon-Fri 09:00-17:00",)


def staffing_of(*people, **policy):
    return Staffing(people, Settings(**policy), Clock(MONDAY))


def test_equal_calendars_are_laid_out_once_and_far_leave_does_not_tell_them_apart():
    far = Leave(start=date(2027, 1, 1), end=date(2027, 1, 5))
    found = staffing_of(person("a", shifts=DAY), person("b", shifts=DAY, leave=(far,)), person("c"))
    assert found.calendar_of.tolist() == [0, 0, 1]


def test_staffed_hours_count_only_the_shift():
    found = staffing_of(person("a", shifts=DAY), person("b"))
    everybody = np.arange(2)
    assert found.staffed_between(everybody, 0.0, 24.0).tolist() == [8.0, 24.0]
    assert found.staffed_between(everybody, 10.0, 12.5).tolist() == [2.5, 2.5]
    assert found.staffed_between(everybody, 12.0, 10.0).tolist() == [0.0, 0.0]
    assert found.staffed_between(everybody, 8.0, np.array([33.0, 33.0])).tolist() == [8.0, 25.0]


def test_blocks_tell_calendars_apart_and_take_their_hours():
    found = staffing_of(person("a", shifts=DAY), person("b", shifts=DAY, blocks=("Mon 09:00-10:30",)))
    assert found.staffed_between(np.arange(2), 0.0, 24.0).tolist() == [8.0, 6.5]
    assert found.presence(9.5).next_start.tolist() == [-np.inf, 10.5]


def test_a_due_time_beyond_the_horizon_counts_as_one_at_the_horizon():
    found = staffing_of(person("a"))
    assert found.staffed_between(np.arange(1), 0.0, np.inf).tolist() == [60 * 24.0]


def test_whoever_is_off_shift_is_back_in_time_within_reach_and_before_the_first_response():
    # At 08:00 the team has worked nothing yet, so 09:00 is within any reach.
    found = staffing_of(person("a", shifts=DAY), person("b"))
    assert found.present(8.0, np.inf).tolist() == [True, True]
    assert found.present(8.0, 8.5).tolist() == [False, True]
    assert found.present(8.0, 9.0).tolist() == [True, True]
    assert found.present(8.0, 7.0).tolist() == [True, True]


def test_the_reach_is_measured_in_hours_that_the_team_works():
    # After 17:00 b works on; a's next shift is 16 staffed hours of the team away, out of reach until 01:00.
    found = staffing_of(person("a", shifts=DAY), person("b"), reach_hours=8)
    assert found.present(17.0, np.inf).tolist() == [False, True]
    assert found.presence(17.0).valid_until == pytest.approx(25.0)
    assert found.present(25.0, np.inf).tolist() == [True, True]


def test_a_night_when_nobody_works_takes_nothing_from_the_reach():
    found = staffing_of(person("a", shifts=DAY), person("b", shifts=("Mon-Fri 12:00-14:00",)), reach_hours=0)
    assert found.present(17.0, np.inf).tolist() == [True, False]


def test_presence_is_cached_between_changes():
    found = staffing_of(person("a", shifts=DAY), person("b", shifts=("Mon-Fri 12:00-14:00",)))
    first = found.presence(9.0)
    assert first.valid_until == 12.0
    assert found.presence(11.0) is first
    assert found.presence(12.0) is not first
    assert found.presence(9.5).next_start.tolist() == [-np.inf, 12.0]


def test_nobody_and_those_who_never_work_have_no_hours():
    nobody = staffing_of()
    assert nobody.present(0.0, np.inf).shape == (0,)
    away = staffing_of(person("a", leave=(Leave(start=date(2026, 1, 1), end=date(2027, 1, 1)),)))
    assert away.staffed_between(np.arange(1), 0.0, 100.0).tolist() == [0.0]
    assert not away.present(0.0, np.inf).any()


@settings(max_examples=50, deadline=None)
@given(
    people=st.lists(strategies.specialists(), min_size=1, max_size=3),
    hours=st.tuples(st.integers(0, 400), st.integers(0, 400)),
)
def test_cumulative_hours_agree_with_the_calendars(people, hours):
    clock = Clock(strategies.NOW)
    found = Staffing(people, Settings(), clock)
    first, last = sorted(hours)
    start, end = clock.moment(first), clock.moment(last)
    for j, one in enumerate(people):
        until = clock.start + timedelta(days=60)
        spans = staffed_intervals(one.shifts, one.leave, frozenset(), one.zone, clock.start, until, one.blocks)
        expected = sum(((b - a) / timedelta(hours=1) for a, b in clip(spans, start, end)), 0.0)
        assert abs(found.staffed_between(np.array([j]), first, last)[0] - expected) < 1e-6
