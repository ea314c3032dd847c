"""Moments and hours: one converter, exact across time zones and changes of the clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from caserouter.domain.errors import InvalidInput
from caserouter.routing.clock import Clock

NEW_YORK = ZoneInfo("America/New_York")


def test_hours_count_from_the_start_and_are_negative_before_it():
    clock = Clock(datetime(2026, 3, 2, 15, tzinfo=UTC))
    assert clock.hours(datetime(2026, 3, 3, 16, 30, tzinfo=UTC)) == 25.5
    assert clock.hours(datetime(2026, 3, 2, 10, tzinfo=NEW_YORK)) == 0.0
    assert clock.hours(datetime(2026, 3, 2, 14, tzinfo=UTC)) == -1.0


def test_a_day_on_which_the_clocks_go_forward_has_23_hours():
    clock = Clock(datetime(2026, 3, 8, tzinfo=NEW_YORK))
    assert clock.hours(datetime(2026, 3, 9, tzinfo=NEW_YORK)) == 23.0


def test_a_moment_comes_back_to_the_microsecond():
    clock = Clock(datetime(2026, 3, 2, 15, tzinfo=UTC))
    moment = datetime(2027, 1, 1, 3, 4, 5, 678901, tzinfo=UTC)
    assert clock.moment(clock.hours(moment)) == moment
    assert clock.moment(0.5) - clock.start == timedelta(minutes=30)


def test_a_start_without_a_time_zone_is_refused():
    with pytest.raises(InvalidInput, match=r"2026-03-02T15:00:00: a moment needs a time zone; write 2026-03-02T15:00:00\+00:00"):
        Clock(datetime(2026, 3, 2, 15))  # noqa: DTZ001 – the error under test
