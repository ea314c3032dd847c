"""Calendars of a scenario in hours since its start: who works when, and which hours business clocks count."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

from caserouter.domain.calendar import Leave, Shift, staffed_intervals
from caserouter.routing.clock import Clock

Spans = tuple[tuple[float, float], ...]
"""Disjoint intervals in hours, rising."""

_ROUNDING = 1e-9
"""Hours by which sums of intervals may be off."""


def spans_of(
    shifts: Sequence[Shift], leave: Iterable[Leave], holidays: Iterable[date], zone: ZoneInfo, clock: Clock, hours: float
) -> Spans:
    """When a calendar is on shift from hour 0 to `hours`; no shifts at all means always."""
    found = staffed_intervals(shifts, leave, holidays, zone, clock.moment(0.0), clock.moment(hours))
    return tuple((clock.hours(start), clock.hours(end)) for start, end in found)


def without(spans: Spans, gaps: Spans) -> Spans:
    """The time of `spans` outside `gaps`."""
    left: list[tuple[float, float]] = []
    for start, end in spans:
        at = start
        for first, last in gaps:
            if last > at and first < end:
                if first > at:
                    left.append((at, first))
                at = max(at, last)
        if at < end:
            left.append((at, end))
    return tuple(left)


def length_within(spans: Spans, start: float, end: float) -> float:
    """Hours of `spans` between `start` and `end`."""
    return sum(max(min(last, end) - max(first, start), 0.0) for first, last in spans)


def first_of_local_day(clock: Clock, zone: ZoneInfo, hour: float) -> date:
    """The local day in which an hour lies; an hour that rounding puts a moment before midnight counts as midnight."""
    return (clock.moment(hour) + timedelta(seconds=1)).astimezone(zone).date()


def midnight_of(day: date, clock: Clock, zone: ZoneInfo) -> float:
    """Hour at which a local day begins."""
    return clock.hours(datetime.combine(day, time(), zone))


def cut_at_midnights(span: tuple[float, float], clock: Clock, zone: ZoneInfo) -> Spans:
    """The parts of a span on each local day."""
    start, end = span
    day = first_of_local_day(clock, zone, start)
    cuts = [start]
    while (following := midnight_of(day + timedelta(days=1), clock, zone)) < end:
        cuts.append(following)
        day += timedelta(days=1)
    return tuple(pairwise([*cuts, end]))


class Stopwatch:
    """A clock that counts some hours only, such as business hours; calendar time where it counts all.

    Parameters
    ----------
    spans
        The hours that it counts, or None for all of them.
    """

    def __init__(self, spans: Spans | None = None) -> None:
        self._always = spans is None
        spans = spans or ()
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]
        self._before = [0.0, *accumulate(end - start for start, end in spans)]

    def read(self, hour: float) -> float:
        """Hours counted from hour 0 to `hour`."""
        if self._always:
            return hour
        at = bisect_right(self._starts, hour)
        return 0.0 if at == 0 else self._before[at - 1] + min(hour, self._ends[at - 1]) - self._starts[at - 1]

    def later(self, hour: float, counted: float) -> float:
        """The first hour by which `counted` hours have been counted since `hour`; infinite where they never are."""
        if self._always:
            return hour + counted
        reading = self.read(hour) + counted
        at = bisect_left(self._before, reading - _ROUNDING, 1)
        if at == len(self._before):
            return float("inf")
        return max(hour, self._starts[at - 1] + reading - self._before[at - 1])

    def next_counted(self, hour: float) -> float:
        """The first hour from `hour` on that is counted; infinite where there is none."""
        if self._always:
            return hour
        at = bisect_right(self._starts, hour)
        if at and hour < self._ends[at - 1]:
            return hour
        return self._starts[at] if at < len(self._starts) else float("inf")
