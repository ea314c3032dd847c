"""When credentials cover a requirement, for every specialist at once.

A requirement is a group of alternatives, each a kind in a jurisdiction. Every credential that meets one of them is an interval
of hours; intervals of one specialist that touch are one, so a renewal that starts where the old licence ends is no lapse.
"""

from collections import defaultdict
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.credentials import CredentialCatalogue
from caserouter.domain.jurisdictions import ANY
from caserouter.domain.specialist import Specialist
from caserouter.routing.clock import Clock
from caserouter.routing.problem import IntArray
from caserouter.routing.profile import Group

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
_Interval = tuple[int, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """Who meets a group at one moment, and for how long.

    Parameters
    ----------
    until
        Hour at which each specialist's unbroken coverage ends, infinite for never, −∞ for those who do not meet it now; shape
        (num_specialists,).
    since, valid_until
        The answer is the same from `since` (included) to `valid_until` (excluded), in hours.
    """

    until: FloatArray
    since: float
    valid_until: float


@dataclass(frozen=True, slots=True, eq=False)
class _Intervals:
    """Merged intervals of coverage of one group; shape (num_intervals,) each, sorted by specialist and start."""

    specialist: IntArray
    start: FloatArray
    end: FloatArray


class CredentialTable:
    """Validity of every credential of a roster, in hours.

    Parameters
    ----------
    specialists
        In the order of the roster.
    catalogue
        Which kinds imply which.
    clock
        Turns the first moment of a local day into hours.
    """

    def __init__(self, specialists: Sequence[Specialist], catalogue: CredentialCatalogue, clock: Clock) -> None:
        self._num_specialists = len(specialists)
        self._catalogue = catalogue
        self._records: defaultdict[tuple[str, str], list[_Interval]] = defaultdict(list)
        self._intervals: dict[Group, _Intervals] = {}
        self._coverage: dict[Group, Coverage] = {}
        self._midnights: dict[tuple[date, str], float] = {}
        self._borders: FloatArray | None = None
        self._clock = clock
        for j, one in enumerate(specialists):
            self._add(j, one)

    def with_holder(self, index: int, one: Specialist) -> Self:
        """The table with other credentials of one specialist, or in another time zone."""
        other: Self = copy(self)
        kept = {key: [span for span in spans if span[0] != index] for key, spans in self._records.items()}
        other._records = defaultdict(list, kept)
        other._intervals, other._coverage, other._borders = {}, {}, None
        other._add(index, one)
        return other

    def _add(self, index: int, one: Specialist) -> None:
        for held in one.credentials:
            start = self._midnight(held.valid_from, one) if held.valid_from else -np.inf
            end = self._midnight(held.valid_until + timedelta(days=1), one) if held.valid_until else np.inf
            for jurisdiction in ("", *held.jurisdictions):
                self._records[held.kind, jurisdiction].append((index, start, end))

    def coverage(self, group: Group, now: float) -> Coverage:
        """Who meets `group` at hour `now`; cached until a credential begins or ends."""
        known = self._coverage.get(group)
        if known is not None and known.since <= now < known.valid_until:
            return known
        spans = self.intervals(group)
        active = (spans.start <= now) & (now < spans.end)
        until = np.full(self._num_specialists, -np.inf)
        until[spans.specialist[active]] = spans.end[active]
        borders = np.concatenate([spans.start, spans.end])
        found = Coverage(
            until=until,
            since=float(np.max(borders[borders <= now], initial=-np.inf)),
            valid_until=float(np.min(borders[borders > now], initial=np.inf)),
        )
        self._coverage[group] = found
        return found

    def next_change(self, now: float) -> float:
        """First hour after `now` at which anybody's credential begins or ends, infinite for never."""
        if self._borders is None:
            spans = [span[1:] for record in self._records.values() for span in record]
            self._borders = np.unique(np.array(spans, dtype=np.float64))
        at = int(np.searchsorted(self._borders, now, side="right"))
        return float(self._borders[at]) if at < len(self._borders) else np.inf

    def intervals(self, group: Group) -> _Intervals:
        """Merged intervals during which each specialist meets `group`."""
        if group not in self._intervals:
            found: list[_Interval] = []
            for kind, jurisdiction in group:
                for meeting in self._catalogue.kinds_that_meet(kind):
                    found += self._records.get((meeting, jurisdiction), ())
                    if jurisdiction:
                        found += self._records.get((meeting, ANY), ())
            self._intervals[group] = _merge(found)
        return self._intervals[group]

    def holds_elsewhere(self, group: Group) -> BoolArray:
        """Who holds a credential of a kind that meets `group`, wherever and whenever valid; shape (num_specialists,)."""
        holds = np.zeros(self._num_specialists, dtype=np.bool_)
        holds[self.intervals(tuple((kind, "") for kind, _ in group)).specialist] = True
        return holds

    def _midnight(self, day: date, one: Specialist) -> float:
        key = (day, one.time_zone)
        if key not in self._midnights:
            self._midnights[key] = self._clock.hours(datetime.combine(day, time(), tzinfo=one.zone))
        return self._midnights[key]


def _merge(found: list[_Interval]) -> _Intervals:
    """Join the overlapping and touching intervals of each specialist."""
    merged: list[_Interval] = []
    for j, start, end in sorted(found):
        if merged and merged[-1][0] == j and start <= merged[-1][2]:
            merged[-1] = (j, merged[-1][1], max(end, merged[-1][2]))
        else:
            merged.append((j, start, end))
    return _Intervals(
        specialist=np.array([span[0] for span in merged], dtype=np.int64),
        start=np.array([span[1] for span in merged], dtype=np.float64),
        end=np.array([span[2] for span in merged], dtype=np.float64),
    )
