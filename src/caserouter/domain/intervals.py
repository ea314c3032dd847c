"""Intervals of time, half open, and the arithmetic that calendars need of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

Interval = tuple[datetime, datetime]
"""From the first moment up to, but not including, the second; both UTC."""


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """The same time as sorted intervals that neither touch nor overlap; empty ones vanish."""
    merged: list[Interval] = []
    for start, end in sorted(interval for interval in intervals if interval[0] < interval[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def subtract(intervals: Sequence[Interval], gaps: Sequence[Interval]) -> list[Interval]:
    """The time of `intervals` outside `gaps`; both merged, and so is the answer."""
    left: list[Interval] = []
    first = 0
    for begin, end in intervals:
        start = begin
        while first < len(gaps) and gaps[first][1] <= start:
            first += 1
        k = first
        while k < len(gaps) and gaps[k][0] < end:
            if start < gaps[k][0]:
                left.append((start, gaps[k][0]))
            start = max(start, gaps[k][1])
            k += 1
        if start < end:
            left.append((start, end))
    return left


def clip(intervals: Iterable[Interval], start: datetime, end: datetime) -> list[Interval]:
    """The parts of `intervals` that lie from `start` up to `end`."""
    parts = ((max(first, start), min(last, end)) for first, last in intervals)
    return [(first, last) for first, last in parts if first < last]


@dataclass(frozen=True, slots=True)
class StaffedTime:
    """When at least one of a group of people is on shift: the clock by which a team's reach is measured.

    Parameters
    ----------
    intervals
        Merged intervals, as far ahead as anyone asks.
    """

    intervals: tuple[Interval, ...] = ()

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Staffed time from `start` to `end`; zero if `end` is not after `start`."""
        return sum((last - first for first, last in clip(self.intervals, start, end)), timedelta())

    def back_from(self, moment: datetime, reach: timedelta) -> datetime:
        """The earliest start from which no more than `reach` of staffed time passes before `moment`."""
        for start, end in reversed(clip(self.intervals, datetime.min.replace(tzinfo=UTC), moment)):
            if end - start > reach:
                return end - reach
            reach -= end - start
        return datetime.min.replace(tzinfo=UTC)
