"""What an explanation says: plain, frozen data that any output can show, and `to_dict` for JSON.

Ids instead of indices, money as float in the policy's currency, moments in UTC. `routing.explain` fills it in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Wait(StrEnum):
    """Why a case is left unassigned."""

    NOBODY_ELIGIBLE = "nobody_eligible"
    """Nobody may take it, whatever their load."""
    OUTBID = "outbid"
    """Somebody may take it, and other cases hold the room."""
    RESERVED = "reserved"
    """Somebody with room may take it, and the policy finds waiting cheaper."""
    OVERLOOKED = "overlooked"
    """Somebody with room may take it for less than waiting: the assignment is not the best."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that keeps a case and a specialist apart.

    Parameters
    ----------
    code
        The value of a `Rule`, or `declined`, `team_cap`, `linked_case`, `separated_case` or `not_asked`.
    sentence
        What is wrong, with the values on both sides.
    counterfactual
        The nearest change that would mend it: “eligible with …”.
    until
        When it is certain to end by itself; None if it never does.
    """

    code: str
    sentence: str
    counterfactual: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could have been given the case by the books before the decision.

    Parameters
    ----------
    specialist, name
        Id, and name for people.
    chosen
        Whether the case went here.
    total
        Sum of the terms, in money.
    terms
        Every cost term in money. Fairness is what the case adds to the book beside all other cases of the decision.
    caseload, load, capacity
        Units in the book before the decision, units after it without the case explained, and the book's size.
    needs_approval
        Whether somebody else has to approve the amount.
    relaxed
        Codes of the broken rules that the policy relaxes at a price.
    obstacle
        Why the case would not fit beside the other cases of the decision; None if it would.
    """

    specialist: str
    name: str
    chosen: bool
    total: float
    terms: Mapping[str, float]
    caseload: int
    load: int
    capacity: int
    needs_approval: bool
    relaxed: tuple[str, ...]
    obstacle: str | None


@dataclass(frozen=True, slots=True)
class Excluded:
    """Somebody who could not be given the case.

    Parameters
    ----------
    specialist, name
        Id, and name for people.
    reasons
        Everything that stands in the way, at least one.
    eligible_from
        When the last of it has ended by itself; None if time alone does not help.
    """

    specialist: str
    name: str
    reasons: tuple[Reason, ...]
    eligible_from: datetime | None


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """The smallest change after which the decision could have been another.

    Parameters
    ----------
    specialist
        Whom it would favour.
    sentence
        The change, in words.
    money
        By how much the cost would have to fall for it, where it is a matter of cost.
    """

    specialist: str
    sentence: str
    money: float | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A smallest set of rules whose removal would admit somebody.

    Parameters
    ----------
    rules
        Codes, in the order of the rules.
    admits
        Ids of those whom it would admit, sorted.
    """

    rules: tuple[str, ...]
    admits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoomHolder:
    """A case that holds room which the unassigned one would need.

    Parameters
    ----------
    case
        Its id.
    weight
        Units that it takes; None where only its id is known.
    cost
        What it costs there, in money; None for a case held before the decision, which no decision moves.
    price
        What letting it wait instead would add, in money; None as for `cost`.
    """

    case: str
    weight: int | None
    cost: float | None = None
    price: float | None = None


@dataclass(frozen=True, slots=True)
class FullBook:
    """Somebody eligible without room for the case.

    Parameters
    ----------
    specialist
        Id.
    obstacle
        What is full, in words.
    lacking
        Units that are lacking in the book, 0 where another limit binds.
    holders
        Who holds the room: cases of this decision, the cheapest to displace first, then cases held before.
    displaced
        Ids of the cases of this decision that would make room at the least price if they waited instead; empty where none do.
    price
        What that would add, in money; None where no set of them makes room.
    gain
        What placing the case there would save, in money.
    """

    specialist: str
    obstacle: str
    lacking: int
    holders: tuple[RoomHolder, ...]
    displaced: tuple[str, ...]
    price: float | None
    gain: float


@dataclass(frozen=True, slots=True)
class Unassigned:
    """Why a case is left waiting.

    Parameters
    ----------
    reason
        Which kind.
    sentence
        The reason in words.
    conflicts
        Where nobody is eligible: every smallest set of rules whose removal admits somebody.
    eligible_from, by
        Where nobody is eligible: when somebody becomes eligible if nothing but time changes, and who; None if nobody does.
    outbid
        Where others hold the room: every eligible book, the cheapest to make room in first.
    """

    reason: Wait
    sentence: str
    conflicts: tuple[Conflict, ...] = ()
    eligible_from: datetime | None = None
    by: str | None = None
    outbid: tuple[FullBook, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a case went where it went.

    Parameters
    ----------
    case
        Its id.
    at
        The moment of the decision.
    policy, version, currency
        The policy's name and version, and the currency of all money here.
    chosen
        Id of the specialist who takes it; None if it waits.
    waiting_cost
        What leaving it waiting costs, in money.
    together
        Ids of the linked cases that go with it, sorted.
    reviews
        Risk flags that demand a review before the first response, sorted.
    approvers
        Ids of those who may approve what it asks for when somebody else holds it, sorted; empty where it asks for nothing to decide.
    candidates
        Everybody who could have been given it, from the cheapest; those for whom there was an obstacle last.
    excluded
        Everybody else, those nearest to being eligible first.
    runner_up
        What would have made the next best candidate win, for an assigned case.
    nearest
        What would make the nearest excluded person eligible.
    unassigned
        Why it waits; None for an assigned case.
    """

    case: str
    at: datetime
    policy: str
    version: int
    currency: str
    chosen: str | None
    waiting_cost: float
    together: tuple[str, ...]
    reviews: tuple[str, ...]
    approvers: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    excluded: tuple[Excluded, ...]
    runner_up: Counterfactual | None
    nearest: Counterfactual | None
    unassigned: Unassigned | None

    def to_dict(self) -> dict[str, Any]:
        """The same as JSON can hold it: dictionaries, lists, text, numbers and None."""
        plain: dict[str, Any] = to_plain(self)
        return plain


def to_plain(value: Any) -> Any:
    """Dataclasses as dictionaries, tuples as lists, moments in ISO 8601."""
    if is_dataclass(value):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value
