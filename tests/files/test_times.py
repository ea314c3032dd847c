from datetime import UTC, datetime

import pytest

from caserouter.files.problems import CellError
from caserouter.files.times import parse_moment


@pytest.mark.parametrize(
    ("text", "zone", "formats"),
    [
        ("2026-03-01T14:30:00Z", None, ()),
        ("2026-03-01 09:30-05:00", None, ()),
        ("2026-03-01 14:30:00 UTC", None, ()),
        ("2026-03-01 09:30", "America/New_York", ()),
        ("3/1/2026, 9:30 AM", "America/New_York", ("%m/%d/%Y", "%m/%d/%Y, %I:%M %p")),
    ],
)
def test_a_moment_is_read_in_utc(text, zone, formats):
    assert parse_moment(text, zone, formats) == datetime(2026, 3, 1, 14, 30, tzinfo=UTC)


def test_a_date_alone_is_its_midnight():
    assert parse_moment("2026-07-01", "America/New_York") == datetime(2026, 7, 1, 4, tzinfo=UTC)


def test_a_repeated_hour_is_the_first_of_the_two():
    assert parse_moment("2026-11-01 01:30", "America/New_York") == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "rule", "remedy"),
    [
        ("2026-03-01 09:30", "a time without a time zone", "add an offset such as Z or -05:00, or set time_zone"),
        ("tomorrow", "not a time", "write it as 2026-03-01T09:30:00-05:00, or name its format in a map's time_formats"),
        ("12", "not a time", "write it as"),
        ("0001-01-01T00:00+10:00", "a time outside the years 1970 to 2199", "write it as"),
        ("9999-12-31T23:59-10:00", "a time outside the years 1970 to 2199", "write it as"),
    ],
)
def test_what_names_no_moment_is_refused(text, rule, remedy):
    with pytest.raises(CellError, match=f"^{rule}$") as caught:
        parse_moment(text)
    assert caught.value.remedy.startswith(remedy)
