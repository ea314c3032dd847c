"""Business time: hours that count, across nights, holidays and changes of the clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caserouter.domain.business_time import (
    BusinessCalendar,
    add_business_hours,
    business_hours_between,
    subtract_business_hours,
)
from caserouter.domain.errors import InvalidInput

OFFICE = BusinessCalendar(time_zone="America/New_York", shifts="Mon-Fri 09:00-17:00", holidays={date(2026, 11, 26)})
ALWAYS = BusinessCalendar()

moments = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
spans = st.integers(0, 200 * 60).map(lambda minutes: minutes / 60)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_hours_go_on_the_next_business_morning():
    """Friday 16:00 in New York: an hour that day, the other one on Monday from 9:00."""
    assert add_business_hours(OFFICE, utc(2026, 11, 20, 21), 2) == utc(2026, 11, 23, 15)


def test_an_end_of_business_is_reached_on_the_evening_itself():
    assert add_business_hours(OFFICE, utc(2026, 11, 20, 21), 1) == utc(2026, 11, 20, 22)


def test_holidays_do_not_count():
    """Wednesday 16:00 before Thanksgiving."""
    assert add_business_hours(OFFICE, utc(2026, 11, 25, 21), 2) == utc(2026, 11, 27, 15)


def test_a_change_of_the_clock_moves_business_hours_in_utc():
    """9:00 in New York is 13:00 UTC on Friday 6 March 2026 at −5 → 14:00, and 13:00 after the change on Sunday."""
    assert add_business_hours(OFFICE, utc(2026, 3, 6, 22), 1) == utc(2026, 3, 9, 14)


def test_without_shifts_and_holidays_every_hour_counts():
    assert add_business_hours(ALWAYS, utc(2026, 11, 21, 3), 30) == utc(2026, 11, 22, 9)
    assert subtract_business_hours(ALWAYS, utc(2026, 11, 22, 9), 30) == utc(2026, 11, 21, 3)
    assert business_hours_between(ALWAYS, utc(2026, 11, 21, 3), utc(2026, 11, 22, 9)) == 30


def test_hours_are_counted_back_over_a_night():
    assert subtract_business_hours(OFFICE, utc(2026, 11, 23, 15), 2) == utc(2026, 11, 20, 21)


def test_no_hours_lead_nowhere():
    saturday = utc(2026, 11, 21, 12)
    assert add_business_hours(OFFICE, saturday, 0) == subtract_business_hours(OFFICE, saturday, 0) == saturday


def test_no_time_passes_backwards():
    assert business_hours_between(OFFICE, utc(2026, 11, 24), utc(2026, 11, 20)) == 0


@given(moments, spans)
def test_adding_and_counting_agree(start, hours):
    due = add_business_hours(OFFICE, start, hours)
    assert business_hours_between(OFFICE, start, due) == pytest.approx(hours)
    assert hours == 0 or business_hours_between(OFFICE, start, due - timedelta(seconds=1)) < hours


@given(moments, spans)
def test_subtracting_and_counting_agree(end, hours):
    start = subtract_business_hours(OFFICE, end, hours)
    assert business_hours_between(OFFICE, start, end) == pytest.approx(hours)
    assert hours == 0 or business_hours_between(OFFICE, start + timedelta(seconds=1), end) < hours


def test_a_calendar_without_business_hours_says_so():
    days = {date(2026, 1, 1) + timedelta(days=k) for k in range(1_500)}
    with pytest.raises(InvalidInput, match="has no business hour for two years on end; give it shifts, or fewer holidays"):
        add_business_hours(BusinessCalendar(holidays=days), utc(2026, 2, 1), 1)
