"""Calendars: from weekly hours to moments, across midnight and across changes of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.strategies import ZONES, days, leaves, moments, shifts

from caserouter.domain.calendar import SEARCH_DAYS, Leave, Shift, next_staffed, parse_leave, parse_shifts, staffed_intervals

NEW_YORK = ZoneInfo("America/New_York")
HOUR = timedelta(hours=1)


def local(*parts: int) -> datetime:
    """A moment in New York."""
    return datetime(*parts, tzinfo=NEW_YORK)


def hours(intervals) -> float:
    return sum((end - start) / HOUR for start, end in intervals)


def worked(shift_text: str, start: datetime, end: datetime, leave: str = "", holidays: tuple[date, ...] = ()):
    return staffed_intervals(parse_shifts(shift_text), parse_leave(leave), holidays, NEW_YORK, start, end)


def test_shifts_are_read_from_text():
    assert parse_shifts("Mon-Fri 09:00-12:00, 13:00-17:00; Sat 10:00-14:00") == (
        Shift(days=frozenset(range(5)), start=time(9), end=time(12)),
        Shift(days=frozenset(range(5)), start=time(13), end=time(17)),
        Shift(days=frozenset({5}), start=time(10), end=time(14)),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon", {0}),
        ("mon, WED", {0, 2}),
        ("Fri-Mon", {4, 5, 6, 0}),
        ("Tuesday-Thurs", {1, 2, 3}),
        ("Mon–Tue, Sun", {0, 1, 6}),
        ("daily", set(range(7))),
    ],
)
def test_days_are_names_and_ranges_of_names(text, expected):
    (shift,) = parse_shifts(f"{text} 09:00-17:00")
    assert shift.days == expected


def test_no_text_names_no_shift_and_no_leave():
    assert parse_shifts(" ; ") == ()
    assert parse_leave("") == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "Mon-Fri",
            "'Mon-Fri' is not days followed by hours; write shifts as 'Mon-Fri 09:00-12:00, 13:00-17:00; Sat 10:00-14:00'",
        ),
        ("09:00-17:00", "'09:00-17:00' is not days followed by hours"),
        ("Mo 09:00-17:00", "'Mo' is not a day of the week; use mon, tue, wed, thu, fri, sat, sun"),
        ("Mon-Xyz 09:00-17:00", "'Xyz' is not a day of the week"),
        ("Mon 9-17", "'9-17' is not hours such as 09:00-17:00"),
        ("Mon 09:00-17:00, soon", "'soon' is not hours such as 09:00-17:00"),
        ("Mon 09:00-25:00", "'09:00-25:00' is not a time of day: hours go from 00:00 to 24:00"),
        ("Mon 24:00-08:00", "'24:00-08:00' is not a time of day"),
        ("Mon 09:60-17:00", "'09:60-17:00' is not a time of day"),
    ],
)
def test_text_that_is_not_a_shift_is_quoted(text, message):
    with pytest.raises(ValueError, match="is not") as caught:
        parse_shifts(text)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"days": [7], "start": "09:00", "end": "17:00"}, "day 7 is outside 0 (Monday) to 6 (Sunday)"),
        ({"days": [-1], "start": "09:00", "end": "17:00"}, "day -1 is outside 0 (Monday) to 6 (Sunday)"),
        ({"days": [], "start": "09:00", "end": "17:00"}, "at least 1 item"),
        ({"days": ["noday"], "start": "09:00", "end": "17:00"}, "'noday' is not a day of the week"),
        ({"days": [0], "start": "09:00Z", "end": "17:00"}, "shift times are local: leave out the offset"),
        ("Mon 09:00-12:00, 13:00-17:00", "'Mon 09:00-12:00, 13:00-17:00' names 2 shifts where one is expected; give a list"),
    ],
)
def test_a_shift_out_of_range_is_refused(fields, message):
    with pytest.raises(ValidationError) as caught:
        Shift.model_validate(fields)
    assert message in str(caught.value)


def test_a_shift_takes_days_by_name_or_number():
    expected = Shift(days=frozenset({0, 1}), start=time(9), end=time(17))
    for given_days in ("Mon-Tue", ["mon", "tue"], [0, 1], ["mon-tue"]):
        assert Shift.model_validate({"days": given_days, "start": "09:00", "end": "17:00"}) == expected
    assert Shift.model_validate("Mon-Tue 09:00-17:00") == expected


def test_leave_is_read_from_text():
    assert parse_leave("2026-12-01..2026-12-05; 2026-12-24") == (
        Leave(start=date(2026, 12, 1), end=date(2026, 12, 5)),
        Leave(start=date(2026, 12, 24), end=date(2026, 12, 24)),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2026-12-05..2026-12-01", "leave ends on 2026-12-01, before it starts on 2026-12-05; swap or correct them"),
        ("next week", "'next week' is not a date or a range of dates; write leave as '2026-12-01..2026-12-05; 2026-12-24'"),
        ("2026-02-30", "'2026-02-30' is not a date"),
        ("..2026-12-01", "'..2026-12-01' is not a date"),
    ],
)
def test_leave_that_makes_no_sense_is_refused(text, message):
    with pytest.raises(ValueError, match="leave") as caught:
        parse_leave(text)
    assert message in str(caught.value)


def test_one_leave_is_one_absence():
    with pytest.raises(ValidationError, match="'2026-12-01; 2026-12-03' names 2 absences where one is expected; give a list"):
        Leave.model_validate("2026-12-01; 2026-12-03")


def test_a_day_at_the_office():
    found = worked("Mon-Fri 09:00-12:00, 13:00-17:00", local(2026, 3, 4), local(2026, 3, 5))
    assert found == [(local(2026, 3, 4, 9), local(2026, 3, 4, 12)), (local(2026, 3, 4, 13), local(2026, 3, 4, 17))]
    assert all(moment.tzinfo is UTC for interval in found for moment in interval)


def test_a_night_shift_belongs_to_the_day_on_which_it_starts():
    found = worked("Mon 22:00-06:00", local(2026, 3, 3), local(2026, 3, 4))
    assert found == [(local(2026, 3, 3, 0), local(2026, 3, 3, 6))]


def test_equal_start_and_end_last_a_whole_day():
    assert hours(worked("Wed 09:00-09:00", local(2026, 3, 1), local(2026, 3, 8))) == 24.0


def test_shifts_that_touch_or_overlap_are_one_interval():
    assert worked("Wed 09:00-12:00, 12:00-14:00, 13:00-15:00", local(2026, 3, 4), local(2026, 3, 5)) == [
        (local(2026, 3, 4, 9), local(2026, 3, 4, 15))
    ]


@pytest.mark.parametrize(("day", "expected"), [(date(2026, 3, 7), 7.0), (date(2026, 10, 31), 9.0), (date(2026, 6, 6), 8.0)])
def test_a_night_is_an_hour_shorter_in_spring_and_longer_in_autumn(day, expected):
    """Clocks in New York change in the nights to 8 March and to 1 November 2026."""
    start = datetime.combine(day, time(12), NEW_YORK)
    assert hours(worked("Sat 22:00-06:00", start, start + timedelta(days=1))) == expected


def test_a_shift_inside_the_skipped_hour_has_no_time():
    assert worked("Sun 02:30-03:00", local(2026, 3, 8), local(2026, 3, 9)) == []


def test_a_day_of_leave_cuts_the_night_before_and_cancels_the_night_that_starts_on_it():
    found = worked("Mon-Fri 22:00-06:00", local(2026, 3, 4, 12), local(2026, 3, 6, 12), leave="2026-03-05")
    assert found == [(local(2026, 3, 4, 22), local(2026, 3, 5, 0))]


def test_a_holiday_takes_away_a_day():
    assert hours(worked("Mon-Fri 09:00-17:00", local(2026, 3, 2), local(2026, 3, 7), holidays=(date(2026, 3, 4),))) == 32.0


def test_without_shifts_only_leave_and_holidays_count():
    found = worked("", local(2026, 3, 1), local(2026, 3, 4), leave="2026-03-02")
    assert found == [(local(2026, 3, 1), local(2026, 3, 2)), (local(2026, 3, 3), local(2026, 3, 4))]


def test_nothing_lies_before_the_start():
    assert worked("", local(2026, 3, 4), local(2026, 3, 4)) == []
    assert worked("", local(2026, 3, 4), local(2026, 3, 3)) == []


@given(
    shifts(),
    st.lists(leaves(), max_size=2),
    st.frozensets(days(), max_size=2),
    st.sampled_from(ZONES),
    moments(),
    st.integers(0, 400),
)
@hypothesis_settings(max_examples=60)
def test_intervals_are_sorted_apart_and_additive(shift, leave, holidays, zone, start, length):
    """Cutting the span anywhere changes nothing in the time worked."""
    end, middle = start + length * HOUR, start + (length // 3) * HOUR
    whole = staffed_intervals(shift, leave, holidays, ZoneInfo(zone), start, end)
    flat = [moment for interval in whole for moment in interval]
    assert flat == sorted(set(flat))
    assert not flat or (start <= flat[0] and flat[-1] <= end)
    parts = [staffed_intervals(shift, leave, holidays, ZoneInfo(zone), *span) for span in ((start, middle), (middle, end))]
    assert hours(parts[0]) + hours(parts[1]) == pytest.approx(hours(whole))


@given(shifts(), st.lists(leaves(), max_size=1), st.sampled_from(ZONES), moments())
@hypothesis_settings(max_examples=60)
def test_the_next_staffed_time_starts_the_first_interval(shift, leave, zone, at):
    found = next_staffed(shift, leave, (), ZoneInfo(zone), at)
    expected = staffed_intervals(shift, leave, (), ZoneInfo(zone), at, at + timedelta(days=SEARCH_DAYS))
    assert found == (expected[0][0] if expected else None)


def test_on_shift_means_now_and_the_end_of_a_shift_is_off():
    office = parse_shifts("Wed 09:00-17:00")
    assert next_staffed(office, (), (), NEW_YORK, local(2026, 3, 4, 9)) == local(2026, 3, 4, 9)
    assert next_staffed(office, (), (), NEW_YORK, local(2026, 3, 4, 17)) == local(2026, 3, 11, 9)


def test_leave_may_last_to_the_end_of_the_calendar():
    assert next_staffed((), parse_leave("0001-01-01..9999-12-31"), (date.max,), NEW_YORK, local(2026, 3, 4)) is None


def test_a_long_leave_has_no_next_staffed_time():
    away = parse_leave("2026-03-01..2026-12-31")
    assert next_staffed((), away, (), NEW_YORK, local(2026, 3, 4)) is None
    assert next_staffed((), away, (), NEW_YORK, local(2026, 12, 1)) == local(2027, 1, 1)


def test_blocks_take_their_hours_off_the_shift_and_off_a_day_without_one():
    """A block that runs over the end of the shift ends with it."""
    block = parse_shifts("Wed 11:30-13:30, 16:30-18:00")
    day = local(2026, 3, 4), local(2026, 3, 5)
    office = staffed_intervals(parse_shifts("daily 09:00-17:00"), (), (), NEW_YORK, *day, block)
    assert office == [(local(2026, 3, 4, 9), local(2026, 3, 4, 11, 30)), (local(2026, 3, 4, 13, 30), local(2026, 3, 4, 16, 30))]
    always = staffed_intervals((), (), (), NEW_YORK, *day, block)
    assert [start for start, _ in always] == [local(2026, 3, 4), local(2026, 3, 4, 13, 30), local(2026, 3, 4, 18)]


def test_whoever_is_in_a_block_is_back_after_it():
    office, block = parse_shifts("Wed 09:00-17:00"), parse_shifts("Wed 09:00-10:00")
    assert next_staffed(office, (), (), NEW_YORK, local(2026, 3, 4, 9), block) == local(2026, 3, 4, 10)


@pytest.mark.parametrize("days", [[{}], [[]], [None], [1.5]])
def test_days_that_are_no_days_are_refused(days):
    with pytest.raises(ValidationError):
        Shift.model_validate({"days": days, "start": "09:00", "end": "17:00"})
