"""A case that is not done yet, as the board keeps it: the case as its body states it, and where it stands."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from caserouter.domain.case import Case
from caserouter.domain.lifecycle import CaseStatus


@dataclass(slots=True)
class OpenCase:
    """One case until it is closed.

    Parameters
    ----------
    id
        Its id.
    body
        The domain case as JSON; `case` is the same, read when it is first asked for.
    status
        Where it stands.
    since
        Since when it has had this status.
    holder
        Id of whoever holds it; None for nobody.
    units
        What it adds to the holder's book, in units of weight; 0 where nobody holds it.
    offer_until
        When an offer ends; None where none is open.
    last_holder
        Id of whoever held it last, also after its resolution; None for nobody yet.
    attempts
        How often it has been assigned.
    declined
        Until when the case and a specialist are left apart, by the specialist's id.
    first_response_at
        When the first response was made; None before it.
    wait_on
        What it waits for; None where it does not wait.
    reviewed
        Risk flags that have been reviewed.
    approval
        Action and amount, as JSON, that somebody with the authority has decided, whether approved or refused; None before that.
    resolved_at, close_after
        When it was resolved, and when its reopen window ends; None for an open case.
    """

    id: str
    body: dict[str, Any]
    status: CaseStatus
    since: datetime
    holder: str | None = None
    units: int = 0
    offer_until: datetime | None = None
    last_holder: str | None = None
    attempts: int = 0
    declined: dict[str, datetime] = field(default_factory=dict)
    first_response_at: datetime | None = None
    wait_on: str | None = None
    reviewed: tuple[str, ...] = ()
    approval: dict[str, Any] | None = None
    resolved_at: datetime | None = None
    close_after: datetime | None = None
    _case: Case | None = field(default=None, repr=False, compare=False)

    @property
    def case(self) -> Case:
        """The domain case."""
        if self._case is None:
            self._case = Case.model_validate(self.body)
        return self._case

    def restate(self, body: dict[str, Any]) -> None:
        """Take another body."""
        self.body, self._case = body, None

    @property
    def type(self) -> str:
        """Case type."""
        return str(self.body.get("type", "general"))

    @property
    def weight(self) -> int:
        """Units of weight, as the case states it."""
        return int(self.body.get("weight", 1))
