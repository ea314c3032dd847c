"""Hours since a scenario's start as moments, and as hours of the local week, whole columns at a time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from caserouter.simulation.language.demand import aware
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.records import FloatArray

_STEPS_PER_HOUR = 4
_STEP = timedelta(hours=1) / _STEPS_PER_HOUR
"""Local clocks only ever change at a whole quarter of an hour of UTC."""


class LocalTime:
    """Local time of a scenario.

    Parameters
    ----------
    start
        Hour 0, aware.
    zone
        The scenario's time zone.
    """

    def __init__(self, start: datetime, zone: ZoneInfo) -> None:
        self.start = start.astimezone(UTC)
        self.zone = zone

    @classmethod
    def of(cls, scenario: Scenario) -> "LocalTime":
        """The local time of `scenario`."""
        zone = ZoneInfo(scenario.time_zone)
        return cls(aware(scenario.start, zone), zone)

    def moments(self, hours: FloatArray) -> pd.DatetimeIndex:
        """Aware moments in the scenario's time zone, to the microsecond; NaT for times that never come; shape of `hours`."""
        known = np.isfinite(hours)
        microseconds = np.round(np.where(known, hours, 0.0) * 3.6e9).astype("timedelta64[us]")
        found = np.datetime64(self.start.replace(tzinfo=None), "us") + microseconds
        found[~known] = np.datetime64("NaT")
        return pd.DatetimeIndex(found, tz="UTC").tz_convert(self.zone)

    def hours_of_week(self, hours: FloatArray) -> NDArray[np.int64]:
        """Hour of the local week, 0 (Monday from midnight to one) to 167, of finite times; shape of `hours`."""
        if not len(hours):
            return np.zeros(0, dtype=np.int64)
        grid = self.start.replace(minute=0, second=0, microsecond=0)
        past = (self.start - grid) / _STEP + hours * _STEPS_PER_HOUR
        steps = np.floor(past).astype(np.int64)
        first = int(steps.min())
        quarters = [(grid + k * _STEP).astimezone(self.zone) for k in range(first, int(steps.max()) + 1)]
        hour_by_step = np.array([moment.weekday() * 24 + moment.hour for moment in quarters])
        return hour_by_step[steps - first]
