"""Cases as answers have them: what each asks for, where it stands, and who was found for it."""

from datetime import datetime

from pydantic import Field

from caserouter.domain.case import RiskFlag
from caserouter.domain.lifecycle import CaseStatus
from caserouter.service.commands.waits import WaitOn
from caserouter.service.schemas.base import View


class CaseView(View):
    """A case: what it asks for, and where it stands."""

    id: str
    version: int = Field(description="Rises with every change; the ETag names it.")
    status: CaseStatus
    holder: str | None = Field(description="Id of the specialist who holds it.")
    offer_until: datetime | None = Field(description="When an offer ends.")
    source: str
    external_id: str | None
    created: datetime
    account: str | None
    type: str
    root_cause: str | None
    channel: str | None
    language: str | None
    jurisdiction: str | None
    required_skills: dict[str, int]
    preferred_skills: list[str]
    required_credentials: list[list[str]] = Field(description="Groups of alternatives, such as `series_7@NY`.")
    action: str | None
    amount: str | None
    weight: int
    priority: int
    risk_flags: list[RiskFlag]
    first_response_due: datetime | None
    resolution_due: datetime | None
    first_response_at: datetime | None
    wait_on: WaitOn | None
    department: str | None
    follow_up: datetime | None
    resolved_at: datetime | None
    close_after: datetime | None = Field(description="When a resolved case can no longer be reopened.")
    closed_at: datetime | None
    reopen_count: int
    linked_cases: list[str]
    separated_cases: list[str]
    excluded_specialists: list[str]
    preferred_specialists: list[str]


class WaitReason(View):
    """Why a case waits."""

    code: str = Field(description="nobody_eligible, outbid, reserved or routing_failed.")
    rules: list[list[str]] = Field(description="Smallest sets of rules, by code, whose removal would admit somebody.")
    eligible_from: datetime | None = Field(description="When time alone makes somebody eligible.")


class Routed(View):
    """Who takes a case, or why it waits."""

    specialist: str | None = Field(description="Id of who takes it; null if it waits.")
    status: CaseStatus = Field(description="What the case becomes.")
    offer_until: datetime | None = Field(description="When the offer ends.")
    needs_approval: bool = Field(description="Whether who takes it has to have the amount approved before the case is resolved.")
    why: WaitReason | None = Field(description="Why it waits.")


class CreatedView(View):
    """A case, and who takes it."""

    case: CaseView
    decision: Routed | None = Field(description="The decision just made; null if the case existed already.")


class ChangedView(View):
    """A case after a command."""

    applied: bool = Field(description="False if something later was known already: then it was recorded and changed nothing.")
    commitment: str | None = Field(description="Id of the commitment that was made or kept.")
    case: CaseView


class PersonalView(View):
    """What is known of the customer, until it is erased."""

    at: datetime
    field: str
    value: str


class CaseInFullView(CaseView):
    """A case with what is known of its customer."""

    personal: list[PersonalView]


class CasesView(View):
    """A page of cases."""

    items: list[CaseView]
    next: str | None = Field(description="Cursor of the next page; null on the last one.")


class WaitingView(CaseView):
    """A case that waits, and why."""

    why: WaitReason | None


class QueueView(View):
    """A page of the queue, the most urgent first."""

    items: list[WaitingView]
    next: str | None = Field(description="Cursor of the next page; null on the last one.")
