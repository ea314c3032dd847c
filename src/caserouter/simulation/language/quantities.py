"""The quantities of scenario files, written as people write them: durations, rates, random times and random amounts.

A quantity without its unit is an error, never a guess.
"""

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from caserouter.domain.model import MAX_HOURS, Model
from caserouter.domain.money import Money

_HOURS_PER_UNIT = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), 1 / 3600),
    **dict.fromkeys(("min", "minute", "minutes"), 1 / 60),
    **dict.fromkeys(("h", "hour", "hours"), 1.0),
    **dict.fromkeys(("d", "day", "days"), 24.0),
    **dict.fromkeys(("w", "week", "weeks"), 168.0),
}
_NUMBER = r"\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?"
_DURATION = re.compile(rf"(?P<sign>-?)\s*(?P<number>{_NUMBER})\s*(?P<unit>[A-Za-z]+)")
_RATE = re.compile(rf"(?P<sign>-?)\s*(?P<number>{_NUMBER})\s*(?:per|/)\s*(?P<unit>[A-Za-z]+)")
_CALL = re.compile(r"(?P<name>[a-z]+)\s*\((?P<arguments>[^()]*)\)")

_FIRST_YEAR, _LAST_YEAR = 1950, 2900

Shape = Literal["constant", "exponential", "lognormal", "gamma", "uniform"]
_SHAPES = "constant, exponential, lognormal, gamma or uniform"


def hours_of(text: str) -> float:
    """Hours of a duration such as ``20 min``, ``1.5 h``, ``3 d`` or ``2 weeks``.

    Raises
    ------
    ValueError
        If it is not a number with a unit of time, or negative.
    """
    match = _DURATION.fullmatch(text.strip())
    if match is None or match["unit"].lower() not in _HOURS_PER_UNIT:
        raise ValueError("not a duration; write it with its unit, as 20 min, 1.5 h, 3 d or 2 weeks")
    if match["sign"]:
        raise ValueError("a negative time; durations are zero or more")
    return float(match["number"]) * _HOURS_PER_UNIT[match["unit"].lower()]


def rate_of(text: str) -> float:
    """Events per hour of a rate such as ``4.2 per min``, ``3 per hour`` or ``120 / week``.

    Raises
    ------
    ValueError
        If it is not a number per unit of time, or negative.
    """
    match = _RATE.fullmatch(text.strip())
    if match is None or match["unit"].lower() not in _HOURS_PER_UNIT:
        raise ValueError("not a rate; write it per unit of time, as 4.2 per min, 3 per hour or 120 per week")
    if match["sign"]:
        raise ValueError("a negative rate; rates are zero or more")
    return float(match["number"]) / _HOURS_PER_UNIT[match["unit"].lower()]


def plausible(day: date) -> date:
    """A day or moment as it is, unless its year is a mistake.

    Raises
    ------
    ValueError
        If it lies outside 1950 to 2900: calendars need some room around it.
    """
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(f"outside the years {_FIRST_YEAR} to {_LAST_YEAR}; correct it")
    return day


def _duration(value: Any) -> Any:
    if isinstance(value, str):
        return hours_of(value)
    return value


def _rate(value: Any) -> Any:
    return rate_of(value) if isinstance(value, str) else value


def _as_written(form: str, *examples: str) -> WithJsonSchema:
    """Schema of a quantity as a file writes it: a number and a unit of time, which `form` joins."""
    pattern = form.format(number=f"(?:{_NUMBER})", unit=f"(?:{'|'.join(_HOURS_PER_UNIT)})")
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern}$", "examples": list(examples)})


Day = Annotated[date, AfterValidator(plausible)]
"""A day such as ``2026-03-10``."""

Duration = Annotated[
    float, BeforeValidator(_duration), Field(ge=0, le=MAX_HOURS), _as_written(r"{number}\s*{unit}", "20 min", "1.5 h", "3 d")
]
"""A span of time in hours, 0 to ten years; files write it with its unit."""

Rate = Annotated[
    float,
    BeforeValidator(_rate),
    Field(ge=0),
    _as_written(r"{number}\s*(?:per|/)\s*{unit}", "4.2 per min", "3 per hour", "120 per week"),
]
"""Events per hour, 0 or more; files write it per unit of time."""

Probability = Annotated[float, Field(ge=0, le=1)]
"""From 0 to 1."""

Share = Annotated[float, Field(ge=0)]
"""A relative share, 0 or more: shares of one mapping are divided by their sum."""


class Timing(Model):
    """A random span of time, also written ``lognormal(25 min, cv=0.8)``, ``uniform(10 min, 20 min)`` or plainly ``25 min``.

    Parameters
    ----------
    shape
        ``constant``, ``exponential``, ``lognormal``, ``gamma`` or ``uniform``.
    mean
        Mean in hours.
    cv
        Standard deviation ÷ mean: 0 for ``constant``, 1 for ``exponential``, given for ``lognormal`` and ``gamma`` (at most 10), at most 1/√3
        for ``uniform``, whose bounds are mean · (1 ± cv · √3).
    """

    shape: Shape = "constant"
    mean: Duration
    cv: float = Field(default=0.0, ge=0, le=10)

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return parse_random(value, hours_of) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _check(self) -> Self:
        check_shape(self.shape, self.cv)
        return self


class Amounts(Model):
    """A random amount of money, also written ``lognormal(180 USD, cv=1.2)``, ``uniform(20 USD, 400 USD)`` or plainly ``150 USD``.

    Parameters
    ----------
    shape, cv
        As for `Timing`.
    mean
        Mean amount.
    """

    shape: Shape = "constant"
    mean: Money
    cv: float = Field(default=0.0, ge=0, le=10)

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        found = parse_random(value, lambda text: float(Money.model_validate(text).minor))
        currency = Money.model_validate(_arguments(value)[0]).currency
        return found | {"mean": {"minor": round(found["mean"]), "currency": currency}}

    @model_validator(mode="after")
    def _check(self) -> Self:
        check_shape(self.shape, self.cv)
        return self


def parse_random(text: str, quantity_of: Any) -> dict[str, Any]:
    """Shape, mean and cv of a random quantity written as a call, or of a plain one, which is constant.

    Raises
    ------
    ValueError
        If the shape is unknown, or its arguments are not those that it takes.
    """
    match = _CALL.fullmatch(text.strip())
    if match is None:
        return {"shape": "constant", "mean": quantity_of(text), "cv": 0.0}
    name, arguments = match["name"], _arguments(text)
    if name == "uniform" and len(arguments) == 2:
        low, high = (quantity_of(argument) for argument in arguments)
        if high < low:
            raise ValueError(f"uniform({', '.join(arguments)}): the bounds are in the wrong order; write the lower one first")
        mean = (low + high) / 2
        return {"shape": name, "mean": mean, "cv": 0.0 if mean == 0 else (high - low) / (2 * 3**0.5 * mean)}
    if name in {"constant", "exponential"} and len(arguments) == 1:
        return {"shape": name, "mean": quantity_of(arguments[0]), "cv": 1.0 if name == "exponential" else 0.0}
    if name in {"lognormal", "gamma"} and len(arguments) == 2 and arguments[1].replace(" ", "").startswith("cv="):
        return {"shape": name, "mean": quantity_of(arguments[0]), "cv": _number(arguments[1].replace(" ", "")[3:])}
    raise ValueError(
        f"not {_SHAPES}; write 25 min, exponential(2 h), lognormal(25 min, cv=0.8), gamma(25 min, cv=0.5) or uniform(10 min, 20 min)"
    )


def check_shape(shape: str, cv: float) -> None:
    """Refuse a coefficient of variation that the shape cannot have.

    Raises
    ------
    ValueError
        If it does not fit.
    """
    if shape == "constant" and cv != 0:
        raise ValueError(f"cv {cv:g} of a constant; leave it out or choose another shape")
    if shape == "exponential" and cv != 1:
        raise ValueError(f"cv {cv:g} of an exponential time, which has 1; choose gamma or lognormal")
    if shape in {"lognormal", "gamma"} and cv == 0:
        raise ValueError(f"cv 0 of a {shape} time; give a cv above 0, or make it constant")
    if shape == "uniform" and cv > 1 / 3**0.5 + 1e-9:
        raise ValueError(f"cv {cv:g} of a uniform time would make it negative; at most 0.577")


def _arguments(text: str) -> list[str]:
    match = _CALL.fullmatch(text.strip())
    return [part.strip() for part in match["arguments"].split(",")] if match else [text]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is not a number; write cv=0.8") from error
