"""What happened: every change of the service's state is an event, and the events in order are the state.

Tables are written from events (`store.projection`), each worker's board is a fold of them (`service.board`), the audit log lists them, and a
decision is replayed by folding them up to the number that it had seen. Nothing in `data` is personal: what is goes into the erasable table.

Any event of a case may say when it happened by the CRM's clock (``occurred_at``), and whichever moves the due time of the resolution states
``resolution_due``. ``warn_at`` says when something is announced ahead: for the targets of a case a mapping from ``first_response`` and
``resolution`` to moments, for a commitment or a credential a moment; without it there is no warning.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple


class EventKind(StrEnum):
    """Everything that can happen; beside each, what its `data` holds."""

    CASE_CREATED = "case_created"
    """case: the domain case as JSON; external_id; warn_at (by target: when it is announced)."""
    CASE_ASSIGNED = "case_assigned"
    """units (of weight that the book counts), status (ready or offered), offer_until, mode, override; carries evidence."""
    CASE_QUEUED = "case_queued"
    """mode, why (code and sentence): a decision that left the case waiting; carries evidence."""
    CASE_RELEASED = "case_released"
    """reason, until (the pair is left alone up to then, or None): the holder's book no longer has it, and it waits."""
    CASE_ACCEPTED = "case_accepted"
    """Nothing more: the offer became a case that is ready."""
    CASE_UPDATED = "case_updated"
    """case: the whole domain case after the change; units, if somebody holds it; warn_at."""
    CONTACT_MADE = "contact_made"
    """customer_facing, first (whether it is the first response). The status stays: what ends a wait is recorded beside it."""
    WAIT_BEGAN = "wait_began"
    """on (customer, department, approval or review), department, follow_up, units; paused (the clock of the resolution stands still)."""
    WAIT_ENDED = "wait_ended"
    """resolution_due and warn_at where a pause ended; units."""
    REVIEW_PASSED = "review_passed"
    """flags: the risk flags that were reviewed. The status stays, as for a contact."""
    APPROVAL_DECIDED = "approval_decided"
    """approver, approved. The status stays, as for a contact."""
    COMMITMENT_MADE = "commitment_made"
    """commitment (its id), due, warn_at."""
    COMMITMENT_KEPT = "commitment_kept"
    """commitment."""
    COMMITMENT_DUE = "commitment_due"
    """commitment, due: announced ahead."""
    COMMITMENT_MISSED = "commitment_missed"
    """commitment, due."""
    CASE_RESOLVED = "case_resolved"
    """close_after: when the reopen window ends. The book no longer has it."""
    CASE_REOPENED = "case_reopened"
    """resolution_due and warn_at: the clock goes on. The case waits until the next event gives it to somebody."""
    CASE_CANCELLED = "case_cancelled"
    """reason: withdrawn before the first contact."""
    CASE_CLOSED = "case_closed"
    """Nothing more: the reopen window is over."""
    CASE_ERASED = "case_erased"
    """Nothing more: its personal data is gone."""
    TARGET_WARNED = "target_warned"
    """target (first_response or resolution), due."""
    TARGET_MISSED = "target_missed"
    """target, due."""
    EVENT_IGNORED = "event_ignored"
    """command, occurred_at, latest: an update of the CRM's that is older than one already applied."""

    SPECIALIST_PUT = "specialist_put"
    """specialist: the domain specialist as JSON, without name, held cases and used intake."""
    SPECIALIST_RETIRED = "specialist_retired"
    """Nothing more: takes no cases any longer."""
    PRESENCE_SET = "presence_set"
    """presence (online, busy, away or offline), until."""
    CAPACITY_SET = "capacity_set"
    """capacity."""
    CREDENTIAL_GRANTED = "credential_granted"
    """credential (its id), value: the domain credential as JSON; lapses and warn_at, if its end lies ahead."""
    CREDENTIAL_REVOKED = "credential_revoked"
    """credential (its id), value: the domain credential as JSON."""
    CREDENTIAL_LAPSING = "credential_lapsing"
    """credential (its id), kind, jurisdictions, lapses: announced ahead, and once more (with lapsed true) when it has lapsed."""
    ACCOUNT_PUT = "account_put"
    """account: the domain account as JSON."""

    POLICY_ADDED = "policy_added"
    """version, name, document: the service policy as JSON."""
    POLICY_ACTIVATED = "policy_activated"
    """version."""
    PRICE_INPUTS_PUBLISHED = "price_inputs_published"
    """version, sample: domain cases as JSON that stand for those to come."""

    KEY_CREATED = "key_created"
    """key (its id), scopes."""
    KEY_REVOKED = "key_revoked"
    """key (its id), after: when a rotated key stops to work."""


DECISIONS = (EventKind.CASE_ASSIGNED, EventKind.CASE_QUEUED)
"""Events that are decisions."""

CHANGES_RULES = frozenset(
    {
        EventKind.SPECIALIST_PUT,
        EventKind.SPECIALIST_RETIRED,
        EventKind.PRESENCE_SET,
        EventKind.CAPACITY_SET,
        EventKind.CREDENTIAL_GRANTED,
        EventKind.CREDENTIAL_REVOKED,
        EventKind.ACCOUNT_PUT,
        EventKind.POLICY_ACTIVATED,
        EventKind.PRICE_INPUTS_PUBLISHED,
    }
)
"""Events that may change who may take a case, loads apart: a decision made without having seen one is made again."""

FREES_ROOM = CHANGES_RULES | frozenset(
    {
        EventKind.CASE_RELEASED,
        EventKind.CASE_RESOLVED,
        EventKind.CASE_CANCELLED,
        EventKind.CASE_UPDATED,
        EventKind.WAIT_BEGAN,
    }
)
"""Events after which a case that would wait may find somebody: a decision to let it wait without having seen one is made again."""


class Event(NamedTuple):
    """One thing that happened.

    Parameters
    ----------
    seq
        Its number: events are numbered in the order in which they were committed.
    at
        When, in UTC, by the service's clock.
    kind
        What happened.
    data
        Particulars, as JSON; see `EventKind`.
    case_id, specialist_id, account_id
        Whom it concerns.
    actor
        Id of the API key that asked for it, or ``keeper``.
    request_id
        Request that asked for it.
    evidence
        Of a decision: what it was made from; not read by boards.
    """

    seq: int
    at: datetime
    kind: EventKind
    data: dict[str, Any]
    case_id: str | None = None
    specialist_id: str | None = None
    account_id: str | None = None
    actor: str = "keeper"
    request_id: str = ""
    evidence: dict[str, Any] | None = None
