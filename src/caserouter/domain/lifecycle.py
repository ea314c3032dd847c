"""The life of a case: what it may be, and what may be done to it when."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from caserouter.domain.errors import Conflict


class CaseStatus(StrEnum):
    """Where a case stands."""

    QUEUED = "queued"
    """Waits for a specialist."""
    OFFERED = "offered"
    """In somebody's book, who has not accepted it yet."""
    READY = "ready"
    """In somebody's book, to be worked on."""
    WAITING_CUSTOMER = "waiting_customer"
    """In somebody's book, waiting for the customer."""
    WAITING_DEPARTMENT = "waiting_department"
    """In somebody's book, waiting for another team."""
    WAITING_APPROVAL = "waiting_approval"
    """In somebody's book, waiting for somebody with the authority."""
    WAITING_REVIEW = "waiting_review"
    """In somebody's book, waiting for legal or compliance."""
    RESOLVED = "resolved"
    """Done; may be reopened until its window ends."""
    CLOSED = "closed"
    """Done for good."""
    CANCELLED = "cancelled"
    """Withdrawn before the first contact."""


WAITING = frozenset(
    {CaseStatus.WAITING_CUSTOMER, CaseStatus.WAITING_DEPARTMENT, CaseStatus.WAITING_APPROVAL, CaseStatus.WAITING_REVIEW}
)
"""Held, and waiting for somebody else."""

HELD = WAITING | {CaseStatus.OFFERED, CaseStatus.READY}
"""In somebody's book."""

OPEN = HELD | {CaseStatus.QUEUED}
"""Not done."""


class Command(StrEnum):
    """What may be done to a case."""

    UPDATE = "update"
    ACCEPT = "accept"
    DECLINE = "decline"
    REASSIGN = "reassign"
    CONTACT = "contact"
    WAIT = "wait"
    RESUME = "resume"
    REVIEW = "review"
    APPROVE = "approve"
    COMMIT = "commit"
    KEEP = "keep"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    CANCEL = "cancel"
    CLOSE = "close"


ALLOWED: Mapping[Command, frozenset[CaseStatus]] = MappingProxyType(
    {
        Command.UPDATE: OPEN,
        Command.ACCEPT: frozenset({CaseStatus.OFFERED}),
        Command.DECLINE: frozenset({CaseStatus.OFFERED, CaseStatus.READY}),
        Command.REASSIGN: OPEN,
        Command.CONTACT: WAITING | {CaseStatus.READY},
        Command.WAIT: WAITING | {CaseStatus.READY},
        Command.RESUME: WAITING,
        Command.REVIEW: OPEN,
        Command.APPROVE: frozenset({CaseStatus.WAITING_APPROVAL}),
        Command.COMMIT: OPEN,
        Command.KEEP: OPEN | {CaseStatus.RESOLVED},
        Command.RESOLVE: OPEN,
        Command.REOPEN: frozenset({CaseStatus.RESOLVED}),
        Command.CANCEL: frozenset({CaseStatus.QUEUED, CaseStatus.OFFERED, CaseStatus.READY}),
        Command.CLOSE: frozenset({CaseStatus.RESOLVED}),
    }
)
"""From which statuses a command is allowed."""


KEEPERS = frozenset({Command.CLOSE})
"""What only the keeper does: nobody can ask for it."""


def require_allowed(command: Command, status: CaseStatus, case_id: str) -> None:
    """Refuse a command that the status does not allow.

    Raises
    ------
    Conflict
        If it does not; the message names what is allowed instead.
    """
    if status in ALLOWED[command]:
        return
    allowed = ", ".join(one for one, statuses in ALLOWED.items() if status in statuses and one not in KEEPERS) or "nothing"
    raise Conflict(f"{case_id} is {status}: {command} is not allowed; allowed now: {allowed}", ids=[case_id])
