"""Working hours as people write them: ``Mon-Fri 09:00-12:00, 13:00-17:00; Sat 10:00-14:00``."""

import re
from datetime import date, time

DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS = tuple(name.capitalize() for name in DAY_NAMES)
"""The same as people read them."""

_SHIFT_EXAMPLE = "write shifts as 'Mon-Fri 09:00-12:00, 13:00-17:00; Sat 10:00-14:00'"
_LEAVE_EXAMPLE = "write leave as '2026-12-01..2026-12-05; 2026-12-24'"
_ENTRY = re.compile(r"(?P<days>[^\d]*[^\d\s:])\s*:?\s+(?P<times>\d.*)", re.DOTALL)
_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


def read_shifts(text: str) -> list[tuple[frozenset[int], time, time]]:
    """Days, start and end of each shift that `text` names; an empty text names none.

    Raises
    ------
    ValueError
        If a part of it is not days followed by hours; the message quotes that part.
    """
    shifts = []
    for part in _parts(text, ";"):
        match = _ENTRY.fullmatch(part)
        if match is None:
            raise ValueError(f"{part!r} is not days followed by hours; {_SHIFT_EXAMPLE}")
        days = read_days(match["days"])
        shifts += [(days, *_hours(hours)) for hours in _parts(match["times"], ",")]
    return shifts


def read_days(text: str) -> frozenset[int]:
    """Weekdays, 0 (Monday) to 6 (Sunday), of ``Mon``, ``Mon-Fri``, ``Fri-Mon``, ``Mon, Wed`` or ``daily``.

    Raises
    ------
    ValueError
        If a name is not that of a day.
    """
    days: set[int] = set()
    for part in _parts(text, ","):
        if part.lower() == "daily":
            return frozenset(range(7))
        first, *rest = (_day(name) for name in re.split(r"\s*[-–]\s*", part, maxsplit=1))
        last = rest[0] if rest else first
        days |= {(first + k) % 7 for k in range((last - first) % 7 + 1)}
    return frozenset(days)


def read_leave(text: str) -> list[tuple[date, date]]:
    """First and last day of each absence that `text` names; an empty text names none.

    Raises
    ------
    ValueError
        If a part of it is neither a date nor two dates with ``..`` between them.
    """
    leave = []
    for part in _parts(text, ";"):
        first, _, last = (piece.strip() for piece in part.partition(".."))
        try:
            leave.append((date.fromisoformat(first), date.fromisoformat(last or first)))
        except ValueError as error:
            raise ValueError(f"{part!r} is not a date or a range of dates; {_LEAVE_EXAMPLE}") from error
    return leave


def _parts(text: str, separator: str) -> list[str]:
    return [part.strip() for part in text.split(separator) if part.strip()]


def _day(name: str) -> int:
    """Weekday of a name of three letters or more, such as ``Tue``, ``Tues`` or ``Tuesday``."""
    for day, full in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")):
        if len(name) >= 3 and full.startswith(name.lower()):
            return day
    raise ValueError(f"{name!r} is not a day of the week; use {', '.join(DAY_NAMES)}")


def _hours(text: str) -> tuple[time, time]:
    """Start and end of ``09:00-17:00``; ``24:00`` is midnight."""
    match = _HOURS.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not hours such as 09:00-17:00; {_SHIFT_EXAMPLE}")
    hour, minute, end_hour, end_minute = (int(number) for number in match.groups())
    if (end_hour, end_minute) == (24, 0):
        end_hour = 0
    if hour > 23 or end_hour > 23 or minute > 59 or end_minute > 59:
        raise ValueError(f"{text!r} is not a time of day: hours go from 00:00 to 24:00")
    return time(hour, minute), time(end_hour, end_minute)
