"""A desk: one specialist's book, the contact under way, and whether the light is on."""

from math import inf

from caserouter.simulation.engine.case_run import CaseRun, WorkItem
from caserouter.simulation.language.staff import Ramp
from caserouter.simulation.world import Person


class Desk:
    """One specialist at work.

    Parameters
    ----------
    number
        Index in the roster.
    person
        Who sits there.
    """

    __slots__ = (
        "_since",
        "_staffed",
        "book",
        "ends",
        "handle_factor",
        "held",
        "item",
        "number",
        "off_since",
        "on",
        "ramp",
        "ramp_from",
        "ready_hours",
        "token",
        "until",
    )

    def __init__(self, number: int, person: Person) -> None:
        self.number = number
        self.handle_factor = person.group.handle_factor
        self.ramp: Ramp | None = person.group.ramp
        self.ramp_from = person.ramp_from
        self.on = False
        self.until = -inf
        """End of the stretch on shift: nothing begins at that moment, whatever comes first in it."""
        self._since = 0.0
        self._staffed = 0.0
        self.book: list[tuple[float, float, int, WorkItem]] = []
        self.item: WorkItem | None = None
        self.ends = 0.0
        self.token = 0
        self.off_since = 0.0
        self.held: dict[CaseRun, None] = {}
        self.ready_hours = 0.0

    def reading(self, now: float) -> float:
        """Hours on shift so far."""
        return self._staffed + (now - self._since) if self.on else self._staffed

    def switch(self, now: float, *, on: bool) -> None:
        """Begin or end a stretch on shift."""
        if on and not self.on:
            self._since = now
        elif self.on and not on:
            self._staffed += now - self._since
        self.on = on

    def pace(self, now: float) -> float:
        """Factor on handle times: above 1 while a new hire comes up to speed."""
        if self.ramp is None:
            return 1.0
        return max(self.ramp.factor - (self.ramp.factor - 1.0) * (now - self.ramp_from) / self.ramp.over, 1.0)
