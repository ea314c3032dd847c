"""What a decision on a board says, in ids and moments: ready to be recorded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who takes a case, or why it waits.

    Parameters
    ----------
    case_id
        The case.
    specialist
        Id of whoever takes it; None if it waits.
    status
        What it becomes in the book: ``offered`` where the policy asks for acceptance, else ``ready``.
    offer_until
        When an offer ends; None where there is none.
    units
        What it adds to the book, in units of weight.
    cost
        What the pair is expected to cost, in money; None where it waits, or nothing was weighed.
    evidence
        What the decision was made from, as JSON, so that it can be made again.
    why
        Why it waits, as JSON; None where somebody takes it.
    valid_until
        Nothing that time alone changes makes another set of people eligible before this moment.
    intake_limited
        Whether it counts towards an intake limit of the specialist's.
    ties
        Whether it is bound to other cases, or a team's cap matters: then it may only be recorded in an exclusive unit.
    needs_approval
        Whether somebody takes it whose own authority does not cover what it asks for.
    """

    case_id: str
    specialist: str | None
    status: Literal["ready", "offered"]
    offer_until: datetime | None
    units: int
    cost: float | None
    evidence: dict[str, Any]
    why: dict[str, Any] | None
    valid_until: datetime
    intake_limited: bool
    ties: bool
    needs_approval: bool = False
