"""The rate of a demand stream over time, and the hours at which a Poisson process of that rate has its arrivals.

Time is stretched until the rate is one: in operational time, which is the integral of the rate, arrivals are a Poisson process of unit
rate, whose gaps are drawn by ordinal. Reading the clock back gives the hours [1]_. A change of the rate moves arrivals; it redraws none.

References
----------
.. [1] Çınlar, E. (1975). Introduction to Stochastic Processes. Prentice-Hall, section 4.7.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from caserouter.domain.calendar import parse_shifts
from caserouter.domain.errors import InvalidInput
from caserouter.routing.clock import Clock
from caserouter.simulation.calendars import Spans, midnight_of, spans_of
from caserouter.simulation.draws import Draws, FloatArray, IntArray, unit_mean
from caserouter.simulation.language.demand import Stream

_DAY = timedelta(days=1)
_MAX_ARRIVALS = 10_000_000
_DEVIATIONS = 6.0
"""Standard deviations above the mean number of arrivals that are drawn at first."""


@dataclass(frozen=True, slots=True, eq=False)
class Intensity:
    """A rate that is constant on pieces of time, and 0 elsewhere.

    Parameters
    ----------
    starts, ends
        Pieces in hours, rising and disjoint; shape (num_pieces,).
    rates
        Arrivals per hour; shape (num_pieces,).
    days
        Local day of each piece, 0 for the first one of the scenario; shape (num_pieces,).
    """

    starts: FloatArray
    ends: FloatArray
    rates: FloatArray
    days: IntArray

    def times_factor(self, factor_by_day: FloatArray) -> "Intensity":
        """The rate with each day's own factor; `factor_by_day` has shape (num_days,)."""
        return Intensity(self.starts, self.ends, self.rates * factor_by_day[self.days], self.days)

    def arrivals(self, draws: Draws, stream: str) -> FloatArray:
        """Hours of the arrivals, rising; shape (num_arrivals,).

        Those before some hour are the same whatever the rate is after it.

        Raises
        ------
        InvalidInput
            If more than ten million are expected.
        """
        after = np.cumsum((self.ends - self.starts) * self.rates)
        total = float(after[-1]) if len(after) else 0.0
        if total == 0.0:
            return np.zeros(0)
        if total > _MAX_ARRIVALS:
            raise InvalidInput(
                f"{total:,.0f} cases of stream {stream}: more than the {_MAX_ARRIVALS:,} that a stream may bring in one replication; "
                "lower its rate or growth, or shorten the window or its tail"
            )
        times = _unit_process(draws, stream, total)
        piece = np.searchsorted(after, times, side="right")
        before = np.concatenate(([0.0], after[:-1]))
        return np.minimum(self.starts[piece] + (times - before[piece]) / self.rates[piece], self.ends[piece])


def _unit_process(draws: Draws, stream: str, until: float) -> FloatArray:
    """Arrivals of a Poisson process of rate 1 before `until`; shape (num_arrivals,)."""
    n = int(until + _DEVIATIONS * until**0.5) + 64
    while True:
        times = np.cumsum(unit_mean("exponential", 1.0, draws.uniforms(stream, "arrival", n)))
        if times[-1] >= until:
            return times[: np.searchsorted(times, until)]
        n *= 2


def intensity_of(name: str, stream: Stream, draws: Draws, start: datetime, zone: ZoneInfo, horizon: float) -> Intensity:
    """The rate of a demand stream in one replication, busy days included.

    Parameters
    ----------
    name, stream
        A stream with a rate.
    draws
        Of the replication; the factor of a busy day is keyed by the stream and the day.
    start
        Hour 0, with its time zone.
    zone
        Time zone of the rates' hours and of days.
    horizon
        Where it ends, in hours.
    """
    mean = mean_intensity(stream.rate, stream.growth, start, zone, horizon)
    if stream.busy_day_cv == 0.0 or len(mean.days) == 0:
        return mean
    uniforms = draws.uniforms(name, "busy_day", int(mean.days[-1]) + 1)
    return mean.times_factor(unit_mean("gamma", stream.busy_day_cv, uniforms))


@lru_cache(maxsize=256)
def mean_intensity(rates: Mapping[str, float], growth: float, start: datetime, zone: ZoneInfo, horizon: float) -> Intensity:
    """The rate of a demand stream with its growth, without busy days: the same in each replication, hence remembered.

    Parameters
    ----------
    rates
        Arrivals per hour by hours of the week, or ``always``; where hours overlap their rates add up. Hashable.
    growth
        Factor per week: local day d has the factor growth^(d/7).
    start, zone, horizon
        As of `intensity_of`.
    """
    clock = Clock(start)
    spans = [(rate, _spans(hours, zone, clock, horizon)) for hours, rate in sorted(rates.items())]
    midnights = np.array(_midnights(clock, zone, horizon))
    edges = np.unique(np.array([0.0, horizon, *midnights, *(edge for _, found in spans for span in found for edge in span)]))
    level = np.zeros(max(len(edges) - 1, 0))
    for rate, found in spans:
        for first, last in np.searchsorted(edges, np.array(found).reshape(-1, 2)):
            level[first:last] += rate
    days = np.searchsorted(midnights, edges[:-1], side="right")
    level *= growth ** (days / 7.0)
    some = level > 0
    return Intensity(edges[:-1][some], edges[1:][some], level[some], days[some])


def _spans(hours: str, zone: ZoneInfo, clock: Clock, horizon: float) -> Spans:
    """When the hours of the week are; holidays are like any day, as demand knows none."""
    if hours == "always":
        return ((0.0, horizon),)
    return spans_of(parse_shifts(hours), (), (), zone, clock, horizon)


def _midnights(clock: Clock, zone: ZoneInfo, horizon: float) -> list[float]:
    """Hours at which local days begin, the first day's own beginning aside."""
    last = clock.moment(horizon).astimezone(zone).date()
    day = clock.start.astimezone(zone).date() + _DAY
    found = []
    while day <= last:
        found.append(midnight_of(day, clock, zone))
        day += _DAY
    return found
