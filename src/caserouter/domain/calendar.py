"""Calendars: weekly shifts, leave and holidays, in each specialist's own time zone.

A person with no shifts at all works around the clock, apart from leave and holidays, which take away whole local days: a
night shift that runs into one ends at midnight, and one that would start on one is not worked at all. Weekly blocks, such as
training, take their hours off the shift. Local times that a change of the clock skips or repeats are read with the offset in force
before the change.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator, model_validator

from caserouter.domain.intervals import Interval, clip, merge, subtract
from caserouter.domain.model import Model
from caserouter.domain.shift_text import read_days, read_leave, read_shifts

SEARCH_DAYS = 60
"""How many days ahead a next staffed time is looked for."""

_DAY = timedelta(days=1)


class Shift(Model):
    """Working hours that repeat every week, also written ``"Mon-Fri 09:00-17:00"``.

    Parameters
    ----------
    days
        Days on which it starts: 0 (Monday) to 6 (Sunday), or names such as ``Mon-Fri``.
    start, end
        Local times; an end at or before the start lies on the next day.
    """

    days: frozenset[int] = Field(min_length=1)
    start: time
    end: time

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        shifts = read_shifts(value)
        if len(shifts) != 1:
            raise ValueError(f"{value!r} names {len(shifts)} shifts where one is expected; give a list")
        days, start, end = shifts[0]
        return {"days": days, "start": start, "end": end}

    @field_validator("days", mode="before")
    @classmethod
    def _day_names(cls, value: Any) -> Any:
        if isinstance(value, str):
            return read_days(value)
        if isinstance(value, list | tuple | set | frozenset) and all(isinstance(item, int | str) for item in value):
            return {day for item in value for day in (read_days(item) if isinstance(item, str) else (item,))}
        return value

    @model_validator(mode="after")
    def _check(self) -> Self:
        if wrong := sorted(day for day in self.days if not 0 <= day <= 6):
            raise ValueError(f"day {wrong[0]} is outside 0 (Monday) to 6 (Sunday)")
        if self.start.tzinfo or self.end.tzinfo:
            raise ValueError("shift times are local: leave out the offset and set the specialist's time zone")
        return self


class Leave(Model):
    """Whole days of absence, also written ``"2026-12-01..2026-12-05"``.

    Parameters
    ----------
    start, end
        First and last day, both inclusive, in the specialist's time zone.
    """

    start: date
    end: date

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        leave = read_leave(value)
        if len(leave) != 1:
            raise ValueError(f"{value!r} names {len(leave)} absences where one is expected; give a list")
        return {"start": leave[0][0], "end": leave[0][1]}

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"leave ends on {self.end}, before it starts on {self.start}; swap or correct them")
        return self


def parse_shifts(text: str) -> tuple[Shift, ...]:
    """The shifts of a text such as ``"Mon-Fri 09:00-12:00, 13:00-17:00; Sat 10:00-14:00"``.

    Raises
    ------
    ValueError
        If a part of it is not days followed by hours.
    """
    return tuple(Shift(days=days, start=start, end=end) for days, start, end in read_shifts(text))


def parse_leave(text: str) -> tuple[Leave, ...]:
    """The absences of a text such as ``"2026-12-01..2026-12-05; 2026-12-24"``.

    Raises
    ------
    ValueError
        If a part of it is not a date or two dates, or ends before it starts.
    """
    return tuple(Leave(start=start, end=end) for start, end in read_leave(text))


def staffed_intervals(
    shifts: Sequence[Shift],
    leave: Iterable[Leave],
    holidays: Iterable[date],
    zone: ZoneInfo,
    start: datetime,
    end: datetime,
    blocks: Sequence[Shift] = (),
) -> list[Interval]:
    """Time on shift for cases from `start` up to `end`.

    Parameters
    ----------
    shifts, leave, holidays
        The calendar; no shifts at all means around the clock.
    zone
        Time zone in which its days and times are meant.
    start, end
        Aware moments; nothing lies between them if `end` is not after `start`.
    blocks
        Weekly times on shift that are not for cases.

    Returns
    -------
    list of (datetime, datetime)
        Sorted intervals in UTC that neither touch nor overlap.
    """
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if end <= start:
        return []
    first, last = start.astimezone(zone).date() - _DAY, end.astimezone(zone).date()
    absences = [(day, day) for day in holidays] + [(away.start, away.end) for away in leave]
    absences = [(max(begin, first), min(until, last)) for begin, until in absences if until >= first and begin <= last]
    absent = merge((_midnight(begin, zone), _midnight(until + _DAY, zone)) for begin, until in absences)
    days = [first + k * _DAY for k in range((last - first).days + 1)]
    if blocks:
        absent = merge(
            [*absent, *(_hours_on(day, block, zone) for day in days for block in blocks if day.weekday() in block.days)]
        )
    if not shifts:
        return subtract([(start, end)], absent)
    present = [day for day in days if not any(begin <= day <= until for begin, until in absences)]
    worked = merge(_hours_on(day, shift, zone) for day in present for shift in shifts if day.weekday() in shift.days)
    return clip(subtract(worked, absent), start, end)


def next_staffed(
    shifts: Sequence[Shift],
    leave: Iterable[Leave],
    holidays: Iterable[date],
    zone: ZoneInfo,
    at: datetime,
    blocks: Sequence[Shift] = (),
) -> datetime | None:
    """The first moment on shift for cases from `at` on: `at` itself if it is one, None if there is none within `SEARCH_DAYS`."""
    leave, holidays, at = tuple(leave), tuple(holidays), at.astimezone(UTC)
    for searched in range(0, SEARCH_DAYS, 4):
        begin, until = at + searched * _DAY, at + min(searched + 4, SEARCH_DAYS) * _DAY
        if found := staffed_intervals(shifts, leave, holidays, zone, begin, until, blocks):
            return found[0][0]
    return None


def _hours_on(day: date, shift: Shift, zone: ZoneInfo) -> Interval:
    """One day's shift in UTC; empty or reversed where a change of the clock swallows it."""
    last = day if shift.end > shift.start else day + _DAY
    begin, end = datetime.combine(day, shift.start, zone), datetime.combine(last, shift.end, zone)
    return begin.astimezone(UTC), end.astimezone(UTC)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
