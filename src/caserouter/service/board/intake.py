"""How many new cases somebody may still take: the own limit, or the ramp after a leave, in a sliding window."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from caserouter.domain.intervals import merge
from caserouter.domain.model import LAST_DAY
from caserouter.domain.service_policy import Ramp
from caserouter.domain.specialist import IntakeLimit, Specialist

LONG_AGO = timedelta(hours=24)
"""Cases taken are remembered at least so long, in case a limit is set later."""

_DAY = timedelta(days=1)


class Limit(NamedTuple):
    """The limit of one person at one moment, and when it may become another; None where there is none."""

    intake: IntakeLimit | None
    changes: datetime | None


NO_LIMIT = Limit(None, None)


class Absence(NamedTuple):
    """Somebody's absence by presence.

    Parameters
    ----------
    since, until
        When the one began that lasts, and when it ends; None for none, and for no known end.
    returned
        When the last long one ended; None for never.
    """

    since: datetime | None
    until: datetime | None
    returned: datetime | None


NEVER_ABSENT = Absence(None, None, None)


def is_long(since: datetime | None, until: datetime | None, ramp: Ramp | None) -> bool:
    """Whether an absence is long enough for the ramp; one that has no end yet is not."""
    return ramp is not None and since is not None and until is not None and (until - since) / _DAY >= ramp.leave_days


def limit_of(specialist: Specialist, ramp: Ramp | None, now: datetime, absence: Absence = NEVER_ABSENT) -> Limit:
    """The own limit, or that of the ramp where it is lower: after leave in the calendar, and after a long absence by presence."""
    own = specialist.intake
    if ramp is None or not (specialist.leave or absence.since or absence.returned):
        return Limit(own, None)
    spans = [*_ramps(specialist, ramp), *_ramps_after(absence, ramp)]
    changes = min((moment for span in spans for moment in span if moment > now), default=None)
    if not any(start <= now < end for start, end in spans) or (own is not None and own.limit <= ramp.limit):
        return Limit(own, changes)
    return Limit(IntakeLimit(limit=ramp.limit, window_hours=ramp.window_hours), changes)


def used(taken: Sequence[datetime], limit: IntakeLimit, now: datetime) -> tuple[int, datetime | None]:
    """Cases taken in the window that ends now, and when the first of them leaves it; None where there are none."""
    window = timedelta(hours=limit.window_hours)
    inside = [moment for moment in taken if moment + window > now]
    return len(inside), min(inside) + window if inside else None


def _ramps(specialist: Specialist, ramp: Ramp) -> Iterable[tuple[datetime, datetime]]:
    """When each long leave's ramp begins and ends; nobody comes back from leave beyond `LAST_DAY`."""
    for first, last in merge((_begin(one.start), _begin(min(one.end, LAST_DAY)) + _DAY) for one in specialist.leave):
        if last <= _begin(LAST_DAY) and (last - first) / _DAY >= ramp.leave_days:
            back = last.replace(tzinfo=specialist.zone)
            yield back, back + timedelta(days=ramp.days)


def _begin(day: date) -> datetime:
    """Midnight on the wall, where every day has 24 hours."""
    return datetime.combine(day, time())


def _ramps_after(absence: Absence, ramp: Ramp) -> Iterable[tuple[datetime, datetime]]:
    """When the ramp after the last long absence begins and ends, and that after the one that lasts if its end is known."""
    ends = [absence.returned, absence.until if is_long(absence.since, absence.until, ramp) else None]
    return ((back, back + timedelta(days=ramp.days)) for back in ends if back is not None)
