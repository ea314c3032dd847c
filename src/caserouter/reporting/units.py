"""Values of measures for people: each unit has one way of being written."""

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
    plus = "+" if sign else ""
    if unit == "proportion":
        return f"{100 * value:{plus}.1f} {'pts' if sign else '%'}"
    if unit == "hours":
        return shown_hours(value, sign=sign)
    if len(unit) == 3 and unit.isupper():
        return f"{value:{plus},.{0 if abs(value) >= 10_000 else 2}f} {unit}"
    return f"{value:{plus},.{_digits(value)}f}"


def shown_interval(low: float, high: float, unit: str, *, sign: bool = False) -> str:
    """Both ends of an interval, or a dash where there is none."""
    if not (isfinite(low) and isfinite(high)):
        return NONE
    return f"{shown_value(low, unit, sign=sign)} to {shown_value(high, unit, sign=sign)}"


def shown_hours(hours: float, *, sign: bool = False) -> str:
    """A span for people: minutes below an hour, hours below two days, days from there on."""
    plus = "+" if sign else ""
    if abs(hours) < 1:
        return f"{hours * _MINUTES:{plus}.1f} min"
    return f"{hours:{plus}.1f} h" if abs(hours) < 2 * _DAY else f"{hours / _DAY:{plus}.1f} d"


def shown_moment(moment: str) -> str:
    """A moment in ISO 8601 as people write it."""
    return moment.replace("T", " ")[:16]


def _digits(value: float) -> int:
    """Digits after the point: fewer for larger numbers."""
    return 0 if abs(value) >= 1000 else 1 if abs(value) >= 10 else 2
