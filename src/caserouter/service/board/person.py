"""A specialist as the board keeps them: what the last statement of them says, where they are, and what their book holds."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from caserouter.domain.presence import ONLINE
from caserouter.domain.specialist import Specialist
from caserouter.service.board.intake import Absence


@dataclass(slots=True)
class Person:
    """One specialist.

    Parameters
    ----------
    id
        Their id.
    body
        The domain specialist as JSON, as last stated; `specialist` is the same with credentials and capacity of now.
    active
        Whether they take cases at all.
    capacity
        Size of the book, in units of weight.
    presence, until
        Where they are, and when that ends; None for no end.
    absent_since
        When the absence began that lasts; None for somebody who is there.
    returned
        When they came back from their last long absence, by their presence; None for never.
    credentials
        Credentials granted beside those of the body, as JSON, by id.
    units, num_held, ready_seconds
        What the book holds: units of weight, cases, and the expected work of those that are ready.
    turn, last_assigned
        Number of the event that last gave them a case, 0 for none, and when that was.
    taken
        When they took the cases of the last day or window of intake, in order.
    """

    id: str
    body: dict[str, Any]
    active: bool = False
    capacity: int = 0
    presence: str = ONLINE
    until: datetime | None = None
    absent_since: datetime | None = None
    returned: datetime | None = None
    credentials: dict[str, dict[str, Any]] = field(default_factory=dict)
    units: int = 0
    num_held: int = 0
    ready_seconds: int = 0
    turn: int = 0
    last_assigned: datetime | None = None
    taken: list[datetime] = field(default_factory=list)
    _specialist: Specialist | None = field(default=None, repr=False, compare=False)

    @property
    def specialist(self) -> Specialist:
        """The domain specialist, without held cases and used intake."""
        if self._specialist is None:
            stated = [*self.body.get("credentials", ()), *self.credentials.values()]
            self._specialist = Specialist.model_validate({**self.body, "credentials": stated, "capacity": self.capacity})
        return self._specialist

    @property
    def absence(self) -> Absence:
        """The absence by presence, as the ramp after it asks for it."""
        return Absence(self.absent_since, self.until, self.returned)

    def restate(self, body: dict[str, Any]) -> None:
        """Take another statement, with its capacity."""
        self.body, self.capacity, self.active = body, int(body["capacity"]), True
        self.changed()

    def resize(self, capacity: int) -> None:
        """Take a book of another size."""
        self.capacity = capacity
        if self._specialist is not None:
            self._specialist = self._specialist.model_copy(update={"capacity": capacity})

    def revoke(self, credential_id: str, value: dict[str, Any] | None) -> None:
        """Drop a credential: the one granted under that id, or else an equal one of the body."""
        if self.credentials.pop(credential_id, None) is None and value is not None:
            left = [one for one in self.body.get("credentials", ()) if one != value]
            self.body = {**self.body, "credentials": left}
        self.changed()

    def changed(self) -> None:
        """Read the statement anew when it is next asked for."""
        self._specialist = None
