"""What happened: events, announcements, decisions and commitments."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from caserouter.service.schemas.base import View
from caserouter.service.schemas.case_views import WaitReason
from caserouter.store.events import EventKind


class EventView(View):
    """Something that happened."""

    seq: int = Field(description="Its number: events are numbered in the order in which they were committed.")
    at: datetime
    kind: EventKind
    case_id: str | None
    specialist_id: str | None
    account_id: str | None
    actor: str = Field(
        description="Id of the key that asked for it; or `keeper`, `operator` (a command at the database) or `first-start`."
    )
    request_id: str
    data: dict[str, Any]


class EventsView(View):
    """A page of events."""

    items: list[EventView]
    next: str | None = Field(description="Cursor of the next page; null on the last one.")


class AnnouncementsView(View):
    """What was announced, in order."""

    items: list[EventView]
    after: int = Field(description="Number of the last event seen: send it as `after` to hear what follows.")


class WhyView(WaitReason):
    """Why a case waits."""

    sentence: str | None = Field(description="The same in words; null for keys without the scope `manage`.")


class DecisionView(View):
    """A decision on a case; null where the key lacks the scope `manage`: evidence and explanation."""

    seq: int = Field(description="Number of the event: what `replay` takes.")
    at: datetime
    mode: Literal["arrival", "pull", "batch", "manual", "reopen", "update"]
    specialist: str | None = Field(description="Id of who took it; null if it was left waiting.")
    status: Literal["ready", "offered", "queued"]
    offer_until: datetime | None
    override: bool = Field(description="Whether a supervisor passed over rules.")
    why: WhyView | None
    evidence: dict[str, Any] | None = Field(
        description="What it was made from: policy and its version, digest of all inputs, the best candidates with their terms, exclusions by rule."
    )
    explanation: dict[str, Any] | None = Field(
        description="Everybody with terms or reasons, and what would have changed it; recomputed where `full=true` asks for it."
    )


class DecisionsView(View):
    """A page of the decisions on a case, the newest first."""

    items: list[DecisionView]
    next: str | None = Field(description="Cursor of the next page; null on the last one.")


class ReplayView(View):
    """A decision made again."""

    seq: int
    same: bool = Field(description="Whether everything came out as it was recorded.")
    differences: list[str] = Field(description="What did not, in words.")


class CommitmentView(View):
    """A follow-up that a customer was promised."""

    id: str
    case_id: str
    due: datetime
    made_at: datetime
    kept_at: datetime | None
    missed_at: datetime | None
    holder: str | None = Field(description="Who holds the case.")
    status: str = Field(description="Where the case stands.")


class CommitmentsView(View):
    """A page of open commitments, the earliest due first."""

    items: list[CommitmentView]
    next: str | None = Field(description="Cursor of the next page; null on the last one.")
