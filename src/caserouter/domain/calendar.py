"""Calendars: weekly shifts, leave and holidays, in each specialist's own time zone."""

from datetime import date, time
from typing import Self

from pydantic import Field, model_validator

from caserouter.domain.model import Model


class Shift(Model):
    """Working hours that repeat every week.

    Parameters
    ----------
    days
        Days on which it starts: 0 (Monday) to 6 (Sunday).
    start, end
        Local times; an end at or before the start lies on the next day.
    """

    days: frozenset[int] = Field(min_length=1)
    start: time
    end: time


class Leave(Model):
    """Whole days of absence, both inclusive, in the specialist's time zone."""

    start: date
    end: date

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"leave ends on {self.end}, before it starts on {self.start}")
        return self
