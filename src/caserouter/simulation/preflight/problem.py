"""Work that does not fit, as a person reads it."""

from dataclasses import dataclass
from typing import Literal


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
    """

    what: str
    offered: float
    staffed: float
    unit: Literal["erlangs", "units"] = "erlangs"
    abandons: bool = False

    @property
    def sentence(self) -> str:
        """It in one line: ``series_7 in NY: 1.31 erlangs of work for 1.00 of staff``."""
        if self.unit == "units":
            said = f"{self.what}: {self.offered:,.1f} units of open cases for room for {self.staffed:,.1f}"
        else:
            said = f"{self.what}: {self.offered:,.2f} erlangs of work for {self.staffed:,.2f} of staff"
        return f"{said}; it lasts only because customers give up" if self.abandons else said
