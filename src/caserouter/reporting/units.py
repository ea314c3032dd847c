"""Values of measures for people: each unit has one way of being written."""

from collections.abc import Sequence
from math import isfinite

NONE = "–"
"""Stands where there is no value."""

_MINUTES, _DAY = 60.0, 24.0


def shown_value(value: float, unit: str, *, sign: bool = False) -> str:
    """`value` in its unit: proportions in per cent, hours as minutes, hours or days, counts with few digits.

    Parameters
    ----------
    value
        NaN and infinity become a dash.
    unit
        As of a measure: ``proportion``, ``hours``, a currency of three capitals, or what is counted.
    sign
        Whether a plus is written, as for differences; those of proportions are in points.
    """
    if not isfinite(value):
        return NONE
    if unit == "proportion":
        return f"{_number(100 * value, 1, sign=sign)} {'pts' if sign else '%'}"
    if unit == "hours":
        return shown_hours(value, sign=sign)
    if len(unit) == 3 and unit.isupper():
        return f"{_number(value, 0 if abs(value) >= 10_000 else 2, sign=sign)} {unit}"
    return _number(value, 0 if abs(value) >= 1000 else 1 if abs(value) >= 10 else 2, sign=sign)


def shown_share(share: float) -> str:
    """A share in whole per cent."""
    return f"{100 * share:.0f} %"


def shown_interval(low: float, high: float, unit: str, *, sign: bool = False) -> str:
    """Both ends of an interval, their unit once if it is the same; a dash where there is none."""
    if not (isfinite(low) and isfinite(high)):
        return NONE
    first, last = shown_value(low, unit, sign=sign), shown_value(high, unit, sign=sign)
    number, _, what = first.partition(" ")
    return f"{number if what and last.endswith(f' {what}') else first} to {last}"


def shown_hours(hours: float, *, sign: bool = False) -> str:
    """A span for people: minutes below an hour, hours below two days, days from there on."""
    if abs(hours) < 1:
        return f"{_number(hours * _MINUTES, 1, sign=sign)} min"
    return f"{_number(hours, 1, sign=sign)} h" if abs(hours) < 2 * _DAY else f"{_number(hours / _DAY, 1, sign=sign)} d"


def axis_unit(unit: str, values: Sequence[float]) -> tuple[float, str]:
    """The unit in which an axis of differences shows `values`, NaN aside: what to multiply them by, and its name."""
    if unit == "proportion":
        return 100.0, "points"
    if unit != "hours":
        return 1.0, unit if unit.isupper() else ""
    largest = max((abs(value) for value in values if isfinite(value)), default=0.0)
    return (_MINUTES, "minutes") if largest < 2 else (1.0, "hours") if largest < 2 * _DAY else (1 / _DAY, "days")


def _number(value: float, digits: int, *, sign: bool) -> str:
    """A number with so many digits after the point; a difference that rounds to nothing still says on which side of it."""
    if sign and value != 0:
        return f"{value:+,.{digits}f}"
    return f"{round(value, digits) + 0.0:,.{digits}f}"
