"""Business time: hours that count towards a target because somebody is meant to be there, by one calendar for the whole service.

Shifts, holidays and changes of the clock mean what they mean for specialists (`domain.calendar`); a calendar without shifts counts every
hour outside holidays. Weeks are cut at a fixed moment of UTC and remembered, as every case created asks for the same few.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from caserouter.domain.calendar import Shift, parse_shifts, staffed_intervals
from caserouter.domain.errors import InvalidInput
from caserouter.domain.intervals import Interval, clip
from caserouter.domain.model import FIRST_YEAR, Model, TimeZone

_WEEK = timedelta(days=7)
_FIRST = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
_MAX_EMPTY_WEEKS = 105
"""Weeks in a row without a business hour after which a calendar has none: two years."""


class BusinessCalendar(Model):
    """When the clocks of targets run.

    Parameters
    ----------
    time_zone
        IANA time zone in which shifts and holidays are meant.
    shifts
        Weekly business hours, also written ``"Mon-Fri 09:00-17:00"``; none at all means around the clock.
    holidays
        Days without a business hour.
    """

    time_zone: TimeZone = "UTC"
    shifts: tuple[Shift, ...] = Field(default=())
    holidays: frozenset[date] = frozenset()

    @property
    def always_open(self) -> bool:
        """Whether every hour counts."""
        return not self.shifts and not self.holidays

    @field_validator("shifts", mode="before")
    @classmethod
    def _shifts_from_text(cls, value: Any) -> Any:
        return parse_shifts(value) if isinstance(value, str) else value


def add_business_hours(calendar: BusinessCalendar, start: datetime, hours: float) -> datetime:
    """The earliest moment, in UTC, by which `hours` business hours have passed since `start`: `start` itself for none.

    Raises
    ------
    InvalidInput
        If the calendar has no business hour for two years on end.
    """
    left, moment = timedelta(hours=hours), start.astimezone(UTC)
    if left <= timedelta() or calendar.always_open:
        return moment + max(left, timedelta())
    for first, last in _from(calendar, moment):
        if last - first >= left:
            return first + left
        left -= last - first
    raise AssertionError("the weeks of a calendar never end")


def subtract_business_hours(calendar: BusinessCalendar, end: datetime, hours: float) -> datetime:
    """The latest moment, in UTC, from which `hours` business hours pass until `end`: `end` itself for none.

    Raises
    ------
    InvalidInput
        If the calendar has no business hour for two years on end.
    """
    left, moment = timedelta(hours=hours), end.astimezone(UTC)
    if left <= timedelta() or calendar.always_open:
        return moment - max(left, timedelta())
    for first, last in _back_from(calendar, moment):
        if last - first >= left:
            return last - left
        left -= last - first
    raise AssertionError("the weeks of a calendar never end")


def business_hours_between(calendar: BusinessCalendar, start: datetime, end: datetime) -> float:
    """Business hours from `start` to `end`; 0 if `end` is not after `start`."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if calendar.always_open:
        return max(end - start, timedelta()) / timedelta(hours=1)
    weeks = range(_number(start), _number(end) + 1) if end > start else range(0)
    counted = (last - first for week in weeks for first, last in clip(_week(calendar, week), start, end))
    return sum(counted, timedelta()) / timedelta(hours=1)


def _from(calendar: BusinessCalendar, moment: datetime) -> Iterator[Interval]:
    """Business time from `moment` on, as intervals in their order."""
    week, empty = _number(moment), 0
    while empty < _MAX_EMPTY_WEEKS:
        hours = _week(calendar, week)
        yield from ((max(first, moment), last) for first, last in hours if last > moment)
        week, empty = week + 1, 0 if hours else empty + 1
    raise _without_hours(calendar)


def _back_from(calendar: BusinessCalendar, moment: datetime) -> Iterator[Interval]:
    """Business time before `moment`, as intervals, the latest first."""
    week, empty = _number(moment), 0
    while empty < _MAX_EMPTY_WEEKS:
        hours = _week(calendar, week)
        yield from ((first, min(last, moment)) for first, last in reversed(hours) if first < moment)
        week, empty = week - 1, 0 if hours else empty + 1
    raise _without_hours(calendar)


def _number(moment: datetime) -> int:
    return (moment - _FIRST) // _WEEK


@lru_cache(maxsize=4096)
def _week(calendar: BusinessCalendar, number: int) -> tuple[Interval, ...]:
    start = _FIRST + number * _WEEK
    zone = ZoneInfo(calendar.time_zone)
    return tuple(staffed_intervals(calendar.shifts, (), calendar.holidays, zone, start, start + _WEEK))


def _without_hours(calendar: BusinessCalendar) -> InvalidInput:
    return InvalidInput(
        f"calendar in {calendar.time_zone}: has no business hour for two years on end; give it shifts, or fewer holidays"
    )
