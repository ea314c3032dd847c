"""Specialists: who they are, what they hold, and whether they are there."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from caserouter.domain.model import MAX_HOURS
from caserouter.domain.presence import Presence
from caserouter.domain.specialist import MAX_CAPACITY, Specialist
from caserouter.service.findings import read_fields
from caserouter.service.schemas.base import Amount, Body, Language, Moment, Name, Skills, View
from caserouter.service.schemas.problems import FindingView

RoleName = Literal["specialist", "coordinator", "manager"]
Hours = Annotated[str, Field(max_length=2_000, examples=["Mon-Fri 09:00-12:00, 13:00-17:00; Sat 10:00-14:00"])]
"""Weekly hours as people write them."""
Absences = Annotated[str, Field(max_length=2_000, examples=["2026-12-01..2026-12-05; 2026-12-24"])]
Limit = Annotated[Amount | Literal["unlimited"], Field(description="An amount, or `unlimited`.")]
Capacity = Annotated[int, Field(ge=0, le=MAX_CAPACITY, description="Largest caseload, in units of case weight.")]


class CredentialBody(Body):
    """A licence, a registration or a training record."""

    kind: Name = Field(description="What it permits, such as series_7.")
    jurisdictions: Annotated[list[Name], Field(min_length=1, max_length=300)] = Field(
        default=["any"], description="Where it is valid: codes such as NY, or `any` alone."
    )
    valid_from: date | None = Field(default=None, description="First day.")
    valid_until: date | None = Field(default=None, description="Last day.")


class GrantCredential(CredentialBody):
    """A credential that a specialist holds from now on."""

    evidence: Annotated[str, Field(max_length=500)] = Field(
        default="", description="What shows it, such as the licence's number."
    )


class Intake(Body):
    """At most so many new cases per window."""

    limit: int = Field(ge=0, le=MAX_CAPACITY)
    window_hours: float = Field(default=24.0, gt=0, le=MAX_HOURS)


class PatchSpecialist(Body):
    """Changes of a specialist: what is left out stays, null takes the default."""

    name: Annotated[str, Field(max_length=200)] | None = Field(default=None, description="For people to read; erasable.")
    team: Name | None = None
    role: RoleName | None = None
    skills: Skills | None = Field(default=None, description="Proficiency, 1 to 5, per skill.")
    credentials: list[CredentialBody] | None = Field(
        default=None, max_length=100, description="All that is held from now on; what is held stays where this is left out."
    )
    authority: dict[Name, Limit] | None = Field(default=None, max_length=100, description="Highest amount per action.")
    languages: list[Language] | None = Field(default=None, max_length=100)
    capacity: Capacity | None = None
    time_zone: Annotated[str, Field(max_length=100)] | None = Field(
        default=None, description="IANA time zone of shifts and dates."
    )
    shifts: Hours | None = Field(default=None, description="Weekly hours; none at all means around the clock.")
    blocks: Hours | None = Field(default=None, description="Hours on shift that are not for cases.")
    leave: Absences | None = Field(default=None, description="Absences, in whole days.")
    backup: Name | None = Field(default=None, description="Id of the one preferred during an absence.")
    intake: Intake | None = Field(default=None, description="Limit on new cases per window.")
    cost_per_hour: Amount | None = None

    def changes(self) -> dict[str, Any]:
        """What is given, as JSON by name."""
        return self.model_dump(mode="json", exclude_unset=True)


class PutSpecialist(PatchSpecialist):
    """Everything about a specialist; what is left out takes its default, credentials apart."""

    capacity: Capacity

    def to_specialist(self, specialist_id: str) -> Specialist:
        """The domain's specialist.

        Raises
        ------
        InvalidInput
            If it is none.
        """
        given = {name: value for name, value in self.changes().items() if value is not None}
        return read_fields(Specialist, {**given, "id": specialist_id})


class SetPresence(Body):
    """Whether a specialist is there."""

    presence: Presence = Field(description="Busy, away and offline all stop new cases.")
    until: Moment | None = Field(default=None, description="When the specialist is there again.")


class SetCapacity(Body):
    """The largest caseload."""

    capacity: Capacity


class CredentialView(View):
    """A credential as it is held."""

    id: str
    kind: str
    jurisdictions: list[str]
    valid_from: date | None
    valid_until: date | None
    revoked: bool
    evidence: str = Field(description="What shows it; empty for keys without the scope `manage`.")


class CredentialsView(View):
    """What a specialist was granted, in that order."""

    items: list[CredentialView]


class IntakeView(View):
    """At most so many new cases per window."""

    limit: int
    window_hours: float


class SpecialistView(View):
    """A specialist, and how full the book is."""

    id: str
    version: int = Field(description="Rises with every change; the ETag names it.")
    active: bool = Field(description="False once retired.")
    name: str
    team: str | None
    role: RoleName
    skills: dict[str, int]
    authority: dict[str, str]
    languages: list[str]
    capacity: int
    load: int = Field(description="Units of weight in the book.")
    presence: Presence
    presence_until: datetime | None
    time_zone: str
    shifts: str
    blocks: str
    leave: str
    backup: str | None
    intake: IntakeView | None
    cost_per_hour: str | None


class SpecialistsView(View):
    """A page of specialists, by id."""

    items: list[SpecialistView]
    next: str | None = Field(description="Cursor of the next page; null on the last one.")


class HeldView(View):
    """A case in a book."""

    case_id: str
    units: int
    since: datetime
    status: str
    priority: int


class SpecialistInFullView(SpecialistView):
    """A specialist, with the cases held."""

    held: list[HeldView]


class WarningView(FindingView):
    """Something doubtful about a file."""

    line: int | None = Field(description="Line of the CSV file; null for the file as a whole.")


class ImportedView(View):
    """What an import did."""

    created: list[str] = Field(description="Ids of specialists who are new.")
    updated: list[str] = Field(description="Ids of those who were changed.")
    unchanged: list[str] = Field(description="Ids of those who were as the file says already.")
    warnings: list[WarningView]


class RevokedView(View):
    """A credential that is held no longer, and the cases that it covered."""

    credential: str
    sent_back: list[str] = Field(description="Ids of cases that went back to the queue.")
