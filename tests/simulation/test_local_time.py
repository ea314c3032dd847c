"""Hours since the start as moments and as hours of the local week."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.simulation.handmade import scenario_of

from caserouter.simulation.local_time import LocalTime

NEW_YORK = ZoneInfo("America/New_York")


def test_a_start_without_an_offset_is_local():
    found = LocalTime.of(scenario_of(time_zone="America/New_York"))
    assert found.start == datetime(2026, 3, 2, 5, tzinfo=UTC)


def test_a_start_with_an_offset_is_what_it_says():
    found = LocalTime.of(scenario_of(start="2026-03-02T00:00+01:00", time_zone="America/New_York"))
    assert found.start == datetime(2026, 3, 1, 23, tzinfo=UTC)


def test_hours_become_moments_in_the_zone_of_the_scenario():
    moments = LocalTime(datetime(2026, 3, 2, 9, tzinfo=NEW_YORK), NEW_YORK).moments(np.array([0.0, 1.5, np.nan, np.inf]))
    assert moments[:2].tolist() == [pd.Timestamp("2026-03-02 09:00-0500"), pd.Timestamp("2026-03-02 10:30-0500")]
    assert moments[2:].isna().all()


def test_hours_of_the_week_follow_the_change_of_the_clock():
    """Sunday 8 March 2026: 01:00 is followed by 03:00, so that the 26th hour after Saturday midnight is Monday's second."""
    saturday = LocalTime(datetime(2026, 3, 7, tzinfo=NEW_YORK), NEW_YORK)
    hours = np.array([0.0, 25.99, 26.0, 47.0])
    assert saturday.hours_of_week(hours).tolist() == [5 * 24, 6 * 24 + 1, 6 * 24 + 3, 0]


def test_a_zone_half_an_hour_off_is_read_to_the_minute():
    kolkata = LocalTime(datetime(2026, 3, 2, 0, 10, tzinfo=UTC), ZoneInfo("Asia/Kolkata"))
    assert kolkata.hours_of_week(np.array([0.0, 0.3, 0.34])).tolist() == [5, 5, 6]


def test_no_hours_have_no_hours_of_the_week():
    assert LocalTime(datetime(2026, 3, 2, tzinfo=UTC), NEW_YORK).hours_of_week(np.zeros(0)).tolist() == []


@given(st.sampled_from(["America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]), st.integers(0, 525_600))
def test_hours_of_the_week_are_what_the_calendar_says(name, minutes):
    zone, start = ZoneInfo(name), datetime(2026, 1, 5, 7, 23, tzinfo=UTC)
    local = (start + timedelta(minutes=minutes)).astimezone(zone)
    found = LocalTime(start, zone).hours_of_week(np.array([minutes / 60 + 1e-9]))
    assert found.tolist() == [local.weekday() * 24 + local.hour]


@pytest.mark.parametrize("hours", [-0.5, 8760.25])
def test_times_before_the_start_and_a_year_later_are_read_as_well(hours):
    found = LocalTime(datetime(2026, 3, 2, tzinfo=UTC), ZoneInfo("UTC")).hours_of_week(np.array([hours]))
    assert found.tolist() == [167 if hours < 0 else 24]
