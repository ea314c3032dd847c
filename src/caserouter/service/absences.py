"""When somebody is away for long, by the calendar, and when that is looked at."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from caserouter.domain.intervals import Interval, merge
from caserouter.domain.model import FIRST_DAY, LAST_DAY
from caserouter.domain.service_policy import ServicePolicy
from caserouter.domain.specialist import Specialist
from caserouter.store.due import DueItem, DueKind

LEAVE = "leave:"
"""What the reference of an item about leave begins with; the moment of its beginning follows."""
PRESENCE = "presence"
"""Reference of the item about an absence without an end."""


def leave_intervals(specialist: Specialist) -> list[Interval]:
    """The specialist's leave as moments in UTC: whole local days up to `LAST_DAY`, adjoining absences as one."""
    zone = specialist.zone

    def midnight(day: date) -> datetime:
        return datetime.combine(min(max(day, FIRST_DAY), LAST_DAY), time(), zone).astimezone(UTC)

    return merge((midnight(away.start), midnight(min(away.end, LAST_DAY) + timedelta(days=1))) for away in specialist.leave)


def long_leave(document: ServicePolicy, specialist: Specialist, now: datetime) -> Interval | None:
    """The leave that somebody is on now, if what is left of it is a long absence."""
    shortest = timedelta(hours=document.absence_hours)
    return next(
        ((start, end) for start, end in leave_intervals(specialist) if start <= now < end and end - now >= shortest), None
    )


def leave_items(document: ServicePolicy, specialist: Specialist, now: datetime) -> Iterator[DueItem]:
    """What comes due because of leave ahead: its beginning, and the end of the ramp after it."""
    for start, end in leave_intervals(specialist):
        if start > now:
            yield DueItem(start, DueKind.ABSENCES, specialist_id=specialist.id, ref=f"{LEAVE}{start.isoformat()}")
        if document.ramp is not None and end > now:
            over = end + timedelta(days=document.ramp.days)
            yield DueItem(over, DueKind.INTAKE_OPENS, specialist_id=specialist.id, ref=f"{LEAVE}{start.isoformat()}")
