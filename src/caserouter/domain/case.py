"""Cases: the escalations that wait for a specialist."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from caserouter.domain.credentials import AnyOf
from caserouter.domain.jurisdictions import ANY, Jurisdiction
from caserouter.domain.model import FrozenDict, FrozenMapping, Language, Model, Moment, Name
from caserouter.domain.money import Money

Proficiency = Annotated[int, Field(ge=1, le=5)]
"""A graded ability, 1 (novice) to 5 (expert)."""


class RiskFlag(StrEnum):
    """Who else is watching a case; each flag has a floor on seniority in the policy."""

    EXECUTIVE = "executive"
    MEDIA = "media"
    LEGAL = "legal"
    REGULATOR = "regulator"


class Commitment(Model):
    """A follow-up that the customer was promised.

    Parameters
    ----------
    due
        When it was promised for.
    note
        What was promised.
    """

    due: Moment
    note: str = ""


class Case(Model):
    """An escalated customer case.

    Parameters
    ----------
    id
        Unique id.
    created
        When it was created.
    source
        The system that it came from.
    account, customer
        Ids in that system.
    type
        Case type, such as ``billing_dispute``.
    root_cause
        Tag by which repeated causes are spotted.
    channel, language, jurisdiction
        How, in what language and where the customer is served; None asks nothing of the specialist.
    required_skills
        Lowest proficiency per required skill.
    preferred_skills
        Skills whose absence has a price.
    required_credentials
        Every group must be met, each by any one of its alternatives.
    action, amount
        What is asked for and how much; without an amount authority is not checked.
    weight
        What it adds to a caseload, 1 to 12.
    priority
        1 (highest) to 5.
    risk_flags
        Who else is watching.
    first_response_due, resolution_due
        Targets; None has no target.
    commitments
        Follow-ups already promised.
    linked_cases
        Ids of cases that must go to the same specialist: routed together, or all left waiting.
    separated_cases
        Ids of cases that must not share a specialist with this one.
    excluded_specialists
        People who may not take it: a conflict of interest, a complaint about them.
    preferred_specialists
        People whom the customer or the team prefers.
    """

    id: Name
    created: Moment
    source: Name = "file"
    account: Name | None = None
    customer: Name | None = None
    type: Name = "general"
    root_cause: Name | None = None
    channel: Name | None = None
    language: Language | None = None
    jurisdiction: Jurisdiction | None = None
    required_skills: FrozenMapping[Name, Proficiency] = FrozenDict()
    preferred_skills: frozenset[Name] = frozenset()
    required_credentials: tuple[AnyOf, ...] = ()
    action: Name | None = None
    amount: Money | None = None
    weight: int = Field(default=1, ge=1, le=12)
    priority: int = Field(default=3, ge=1, le=5)
    risk_flags: frozenset[RiskFlag] = frozenset()
    first_response_due: Moment | None = None
    resolution_due: Moment | None = None
    commitments: tuple[Commitment, ...] = ()
    linked_cases: frozenset[Name] = frozenset()
    separated_cases: frozenset[Name] = frozenset()
    excluded_specialists: frozenset[Name] = frozenset()
    preferred_specialists: frozenset[Name] = frozenset()

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.jurisdiction == ANY:
            raise ValueError(f"jurisdiction {ANY}: a case is served in one jurisdiction; leave it out when none is asked for")
        if self.amount is not None and self.action is None:
            raise ValueError(f"amount {self.amount} without an action; name one such as credit, refund, fee_waiver or exception")
        if self.id in self.linked_cases or self.id in self.separated_cases:
            raise ValueError(f"{self.id} is linked to or separated from itself; leave it out of its own lists")
        if both := self.linked_cases & self.separated_cases:
            raise ValueError(f"{', '.join(sorted(both))}: both linked to and separated from {self.id}; keep one of the two")
        if both := self.excluded_specialists & self.preferred_specialists:
            raise ValueError(f"{', '.join(sorted(both))}: both excluded and preferred; keep one of the two")
        for name in ("first_response_due", "resolution_due"):
            due = getattr(self, name)
            if due is not None and due < self.created:
                raise ValueError(
                    f"{name} {due.isoformat()} is before the case was created, {self.created.isoformat()}; correct one of them"
                )
        return self


def parked_weight(weight: int, factor: float) -> int:
    """Units that a case counts while it waits elsewhere: so much of its weight, from 0 to 1, rounded up."""
    return -(-weight * round(factor * 10**9) // 10**9)
