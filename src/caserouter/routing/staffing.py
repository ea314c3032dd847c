"""Who works when: calendars as cumulative staffed hours, looked up for every specialist at once.

Equal calendars are laid out once. Each is a list of disjoint intervals; the staffed hours up to any moment are a piecewise linear
function of it, so slack, reach and presence are a binary search and a subtraction. Leave matters only where it meets the horizon.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.calendar import SEARCH_DAYS, staffed_intervals
from caserouter.domain.settings import Settings
from caserouter.domain.specialist import Specialist
from caserouter.routing.clock import Clock
from caserouter.routing.problem import IntArray
from caserouter.routing.team_hours import TeamHours

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

_ROUNDING = 1e-6
"""Hours by which a reach may be passed, so that the moment at which it is met exactly counts."""


@dataclass(frozen=True, slots=True, eq=False)
class Presence:
    """Where each calendar stands at one moment.

    Parameters
    ----------
    next_start
        Hour of the next staffed time, −∞ where it is on shift now, infinite where there is none; shape (num_calendars,).
    in_reach
        Whether the next staffed time begins within the policy's reach; shape (num_calendars,).
    in_reach_from
        Hour from which it does, −∞ where it is on shift now, infinite where there is none; shape (num_calendars,).
    since, valid_until
        The answer is the same from `since` (included) to `valid_until` (excluded), in hours.
    back_by_calendar
        `next_start` as a list, NaN, which is before no moment, where it is out of reach.
    """

    next_start: FloatArray
    in_reach: BoolArray
    in_reach_from: FloatArray
    since: float
    valid_until: float
    back_by_calendar: list[float]


class Staffing:
    """The calendars of a roster, de-duplicated.

    Parameters
    ----------
    specialists
        In the order of the roster.
    settings
        Holidays and the reach.
    clock
        Its start is the first hour laid out.
    horizon_days
        How far ahead calendars are laid out; a due time beyond counts as one at the horizon.

    Attributes
    ----------
    calendar_of
        Calendar of each specialist; shape (num_specialists,).
    calendar_by_index
        The same as a list, which is quicker to read one number from.
    num_calendars
        Number of different calendars.
    """

    def __init__(
        self, specialists: Sequence[Specialist], settings: Settings, clock: Clock, horizon_days: int = SEARCH_DAYS
    ) -> None:
        start, end = clock.moment(0.0), clock.moment(24.0 * horizon_days)
        self._horizon = 24.0 * horizon_days
        self._reach = settings.reach_hours
        number: dict[object, int] = {}
        spans: list[FloatArray] = []
        calendar_of: list[int] = []
        for one in specialists:
            near = tuple(
                away
                for away in one.leave
                if away.end >= start.date() - timedelta(days=2) and away.start <= end.date() + timedelta(days=2)
            )
            key = (one.shifts, one.blocks, near, one.time_zone)
            if key not in number:
                number[key] = len(spans)
                found = staffed_intervals(one.shifts, near, settings.holidays, one.zone, start, end, one.blocks)
                spans.append(np.array([(clock.hours(a), clock.hours(b)) for a, b in found], dtype=np.float64).reshape(-1, 2))
            calendar_of.append(number[key])
        self.calendar_of: IntArray = np.array(calendar_of, dtype=np.int64)
        self.calendar_by_index: list[int] = calendar_of
        self.num_calendars = len(spans)
        self._lay_out(spans)
        self._presence: Presence | None = None

    def _lay_out(self, spans: list[FloatArray]) -> None:
        """All calendars in one sorted array: calendar c is shifted by c horizons, so that one search serves them all."""
        every = np.concatenate(spans) if spans else np.zeros((0, 2))
        sizes = np.array([len(one) for one in spans], dtype=np.int64)
        self._first: IntArray = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self._start, self._end = every[:, 0], every[:, 1]
        lengths = self._end - self._start
        total = np.concatenate([[0.0], np.cumsum(lengths)])
        of_interval = np.repeat(np.arange(len(spans)), sizes)
        self._before: FloatArray = total[:-1] - total[self._first[of_interval]]
        self._shift = 2.0 * self._horizon
        self._key: FloatArray = self._start + of_interval * self._shift
        self._team = TeamHours(every)

    @property
    def horizon(self) -> float:
        """Last hour laid out."""
        return self._horizon

    @property
    def intervals(self) -> tuple[IntArray, FloatArray, FloatArray, FloatArray]:
        """The calendars as arrays, for compiled code.

        Returns
        -------
        first
            Start of each calendar's intervals in the other arrays; shape (num_calendars + 1,).
        start, end, before
            Each interval's hours, and the calendar's staffed hours before it; shape (num_intervals,).
        """
        return self._first, np.ascontiguousarray(self._start), np.ascontiguousarray(self._end), self._before

    def staffed_until(self, calendars: IntArray, hour: float | FloatArray) -> FloatArray:
        """Staffed hours from hour 0 to `hour`, one per entry of `calendars`; shape (len(calendars),)."""
        moment = np.clip(hour, 0.0, self._horizon)
        at = self._interval_at(calendars, moment)
        begun = at >= self._first[calendars]
        if not len(self._start):
            return np.zeros(len(calendars))
        at = np.maximum(at, 0)
        return np.where(begun, self._before[at] + np.minimum(moment, self._end[at]) - self._start[at], 0.0)

    def staffed_between(self, specialists: IntArray, now: float, until: float | FloatArray) -> FloatArray:
        """Staffed hours of each of `specialists` from `now` to `until`, 0 where that is past; shape (len(specialists),)."""
        calendars = self.calendar_of[specialists]
        if self.num_calendars > len(specialists):
            return np.maximum(self.staffed_until(calendars, until) - self.staffed_until(calendars, now), 0.0)
        every = np.arange(self.num_calendars)
        worked = self.staffed_until(every, now)
        if isinstance(until, np.ndarray):
            return np.maximum(self.staffed_until(calendars, until) - worked[calendars], 0.0)
        return np.maximum(self.staffed_until(every, until) - worked, 0.0)[calendars]

    def presence(self, now: float) -> Presence:
        """Who is on shift or soon will be; cached until shortly before somebody's shift begins or ends, or comes within reach.

        The moments before are worked out each time, so that rounding never makes the answer depend on what was asked earlier.
        """
        if self._presence is None or not self._presence.since <= now < self._presence.valid_until - 2 * _ROUNDING:
            self._presence = self._presence_at(now)
        return self._presence

    def present(self, now: float, first_response_due: float) -> BoolArray:
        """Who is back in time for a first response; shape (num_specialists,), see `back_in_time`."""
        return self.back_in_time(np.arange(len(self.calendar_of)), now, first_response_due)

    def back_in_time(self, specialists: IntArray, now: float, first_response_due: float | FloatArray) -> BoolArray:
        """Who is on shift, or back within reach and by the time that the first response is due.

        Of a first response that is overdue at `now` only the reach is asked. Shape (len(specialists),).
        """
        at = self.presence(now)
        calendars = self.calendar_of[specialists]
        in_time = (at.next_start[calendars] <= first_response_due) | (np.asarray(first_response_due) <= now)
        back: BoolArray = at.in_reach[calendars] & in_time
        return back

    def _presence_at(self, now: float) -> Presence:
        calendars = np.arange(self.num_calendars)
        at = self._interval_at(calendars, np.full(self.num_calendars, now))
        begun = at >= self._first[:-1]
        end = np.where(begun, np.append(self._end, -np.inf)[at], -np.inf)
        on_shift = now < end
        following = at + 1
        start = np.where(
            following < self._first[1:], np.append(self._start, np.inf)[np.minimum(following, len(self._start))], np.inf
        )
        in_reach = on_shift | ((self._team.between(now, start) <= self._reach + _ROUNDING) & np.isfinite(start))
        comes = self._team.within(start, self._reach)
        changes = np.where(on_shift, end, np.where(in_reach, start, np.minimum(comes, start)))
        later = changes[changes > now]
        next_start = np.where(on_shift, -np.inf, start)
        back = np.where(in_reach, next_start, np.nan).tolist()
        reached = np.where(on_shift, -np.inf, np.where(np.isfinite(start), comes, np.inf))
        return Presence(next_start, in_reach, reached, now, float(later.min(initial=np.inf)), back)

    def _interval_at(self, calendars: IntArray, moment: FloatArray) -> IntArray:
        """Last interval of each calendar that begins at or before `moment`; one before its first where there is none."""
        at = np.searchsorted(self._key, moment + calendars * self._shift, side="right") - 1
        if len(self._start):
            early = (at >= self._first[calendars]) & (self._start[np.maximum(at, 0)] > moment)
            following = np.minimum(at + 1, len(self._start) - 1)
            late = (at + 1 < self._first[calendars + 1]) & (self._start[following] <= moment)
            at = at - early + late
        return at
