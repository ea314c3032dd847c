"""Work that does not fit, as a person reads it."""

from dataclasses import dataclass
from typing import Literal

_HOURS_PER_WEEK = 168


@dataclass(frozen=True, slots=True)
class LoadProblem:
    """More work than there is time or room for.

    Parameters
    ----------
    what
        Whose work: a skill, a credential, an authority, several of them together, a department or the whole staff.
    offered, staffed
        What arrives, and what there is for it: erlangs (hours of work, and staffed hours, per hour of the measured window), or units of
        capacity.
    unit
        Which of the two.
    abandons
        Whether it counts customers who give up while they wait: then the queue stays finite, because they do.
    people
        How many have those staffed hours between them; None where books are full and not hours.
    """

    what: str
    offered: float
    staffed: float
    unit: Literal["erlangs", "units"] = "erlangs"
    abandons: bool = False
    people: int | None = None

    @property
    def sentence(self) -> str:
        """It in one line: ``series_7 in NY: 1.31 erlangs of work for 1.00 of staff (4 people, 42 hours a week each, of 168)``."""
        if self.unit == "units":
            said = f"{self.what}: {self.offered:,.1f} units of open cases for room for {self.staffed:,.1f}"
        else:
            said = f"{self.what}: {self.offered:,.2f} erlangs of work for {self.staffed:,.2f} of staff{self._planned}"
        return f"{said}; it lasts only because customers give up" if self.abandons else said

    @property
    def _planned(self) -> str:
        """The staff as a planner counts it: people, and the mean of their staffed hours per week."""
        if self.people is None:
            return ""
        if not self.people:
            return " (nobody)"
        hours = f"{round(self.staffed * _HOURS_PER_WEEK / self.people, 1):g} hours a week"
        who = f"1 person, {hours}" if self.people == 1 else f"{self.people:,} people, {hours} each,"
        return f" ({who} of {_HOURS_PER_WEEK})"
