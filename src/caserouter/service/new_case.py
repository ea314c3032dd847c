"""A case as a client hands it in, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from caserouter.domain.case import Case
from caserouter.domain.lifecycle import CaseStatus
from caserouter.service.board import Outcome

SOURCE = "api"
"""Source of cases that name none."""


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case to be created.

    Parameters
    ----------
    fields
        What `Case` takes, but for id, created, customer and commitments: values or JSON.
    external_id
        Its id in the system that it comes from; with the source it is unique.
    personal
        What may be erased later, by field: the id of the customer, how to reach them, notes.
    commitments
        When the customer was promised to hear from us, each with what was promised.
    occurred_at
        When it came to be in the system that it comes from.
    """

    fields: Mapping[str, Any]
    external_id: str | None = None
    personal: Mapping[str, str] = field(default_factory=dict)
    commitments: tuple[tuple[datetime, str], ...] = ()
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CreatedCase:
    """What became of it.

    Parameters
    ----------
    case
        The case with its targets.
    external_id
        As given.
    status, holder, offer_until
        Where it stands.
    outcome
        The decision; None where the case existed before.
    version
        Version of the case, as entity tags name it.
    existed
        Whether the same source and external id had created it before: then nothing was changed.
    """

    case: Case
    external_id: str | None
    status: CaseStatus
    holder: str | None
    offer_until: datetime | None
    outcome: Outcome | None
    version: int
    existed: bool = False
