"""Cases: what creates one, and what changes what it asks for."""

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from caserouter.domain.case import RiskFlag
from caserouter.service.new_case import SOURCE, NewCase
from caserouter.service.schemas.base import Amount, Body, Jurisdiction, Language, Moment, Name, Names, Skills, Text

Alternatives = Annotated[str, Field(min_length=1, max_length=1_000, pattern=r"^[^;|@\r\n\u0000]*[^;|@\s\u0000].*$")]
"""Kinds of credentials with a bar between them, each with a jurisdiction if it is not the case's: ``series_7@NY|series_6``."""
Flags = Annotated[list[RiskFlag], Field(max_length=4)]
PERSONAL = ("customer", "contact", "note")
"""Fields that are kept where they can be erased."""


class CommitmentBody(Body):
    """A follow-up that the customer was promised."""

    due: Moment = Field(description="By when the customer hears from us.")
    note: Text = Field(default="", description="What was promised.")


class CredentialAlternative(Body):
    """One credential that would do."""

    kind: Name = Field(description="Which kind.")
    jurisdiction: Jurisdiction | None = Field(default=None, description="Where it must be valid; the case's where left out.")


def _form(group: Any) -> str:
    """In which form a group is written, so that an error speaks of that one alone."""
    return "text" if isinstance(group, str) else "list"


Group = Annotated[
    Annotated[Alternatives, Tag("text")]
    | Annotated[list[CredentialAlternative], Field(min_length=1, max_length=20), Tag("list")],
    Discriminator(_form),
]
Groups = Annotated[list[Group], Field(max_length=20)]
"""Groups of credentials: every group must be met, each by any one of its alternatives."""


class _Requirements(Body):
    """What a case asks for."""

    account: Name | None = Field(default=None, description="Id of the customer's account.")
    root_cause: Name | None = Field(default=None, description="Tag by which repeated causes are spotted.")
    channel: Name | None = Field(default=None, description="How the customer is served.")
    language: Language | None = Field(default=None, description="In what language; none asks nothing of the specialist.")
    jurisdiction: Jurisdiction | None = Field(
        default=None, description="Where the customer is served: a code such as NY, FR or CA-ON, or a name that the policy lists."
    )
    action: Name | None = Field(default=None, description="What is asked for, such as refund or credit.")
    amount: Amount | None = Field(default=None, description="How much is asked for.")
    first_response_due: Moment | None = Field(default=None, description="Target; the policy's where left out.")
    resolution_due: Moment | None = Field(default=None, description="Target; the policy's where left out.")
    customer: Name | None = Field(default=None, description="Id of the customer; erasable.")
    contact: Text | None = Field(default=None, description="How to reach the customer; erasable.")
    note: Text | None = Field(default=None, description="Anything that whoever takes the case should know; erasable.")
    occurred_at: Moment | None = Field(default=None, description="When it happened in the system that says so.")

    def personal(self) -> dict[str, str]:
        """What is given and may be erased."""
        return {name: value for name in PERSONAL if (value := getattr(self, name))}


class CreateCase(_Requirements):
    """A case to be routed."""

    source: Name = Field(default=SOURCE, description="The system that it comes from.")
    external_id: Name | None = Field(default=None, description="Its id there; the same source and id create one case.")
    type: Name = Field(default="general", description="Case type, such as billing_dispute.")
    required_skills: Skills = Field(default_factory=dict, description="Lowest proficiency, 1 to 5, per required skill.")
    preferred_skills: Names = Field(default_factory=list, description="Skills whose absence has a price.")
    required_credentials: Groups = Field(
        default_factory=list, description="Every group must be met, by any one of its alternatives."
    )
    weight: int = Field(default=1, ge=1, le=12, description="What it adds to a caseload.")
    priority: int = Field(default=3, ge=1, le=5, description="1 is the highest.")
    risk_flags: Flags = Field(default_factory=list, description="Who else is watching.")
    commitments: list[CommitmentBody] = Field(default_factory=list, max_length=20, description="Follow-ups already promised.")
    linked_cases: Names = Field(
        default_factory=list, description="Cases that must go to the same specialist, by the ids that the service gave them."
    )
    separated_cases: Names = Field(
        default_factory=list,
        description="Cases that must not share a specialist with this one, by the ids that the service gave them.",
    )
    excluded_specialists: Names = Field(
        default_factory=list, description="Ids of specialists who may not take it; each must be somebody's."
    )
    preferred_specialists: Names = Field(default_factory=list, description="Whom the customer or the team prefers.")

    def to_new_case(self) -> NewCase:
        """The case as the engine takes it."""
        fields = _plain(self)
        return NewCase(
            fields={name: value for name, value in fields.items() if value is not None},
            external_id=self.external_id,
            personal=self.personal(),
            commitments=tuple((one.due, one.note) for one in self.commitments),
            occurred_at=self.occurred_at,
        )


class UpdateCase(_Requirements):
    """Changes of a case: what is left out stays, null takes the default; what is personal is added to what was said before."""

    type: Name | None = Field(default=None, description="Case type.")
    required_skills: Skills | None = Field(default=None, description="Lowest proficiency, 1 to 5, per required skill.")
    preferred_skills: Names | None = Field(default=None, description="Skills whose absence has a price.")
    required_credentials: Groups | None = Field(
        default=None, description="Every group must be met, by any one of its alternatives."
    )
    weight: int | None = Field(default=None, ge=1, le=12, description="What it adds to a caseload.")
    priority: int | None = Field(default=None, ge=1, le=5, description="1 is the highest.")
    risk_flags: Flags | None = Field(default=None, description="Who else is watching.")
    linked_cases: Names | None = Field(
        default=None, description="Cases that must go to the same specialist, by the ids that the service gave them."
    )
    separated_cases: Names | None = Field(
        default=None, description="Cases that must not share a specialist with this one, by the ids that the service gave them."
    )
    excluded_specialists: Names | None = Field(
        default=None, description="Ids of specialists who may not take it; each must be somebody's."
    )
    preferred_specialists: Names | None = Field(default=None, description="Whom the customer or the team prefers.")

    def changes(self) -> dict[str, Any]:
        """New values of what is given."""
        return _plain(self)


_BESIDE = frozenset({*PERSONAL, "external_id", "commitments", "occurred_at"})
"""Fields that are not the domain case's."""


def _plain(body: _Requirements) -> dict[str, Any]:
    """What is given, as the domain case takes it."""
    fields = {name: getattr(body, name) for name in body.model_fields_set if name not in _BESIDE}
    if groups := fields.get("required_credentials"):
        fields["required_credentials"] = [
            group if isinstance(group, str) else [one.model_dump() for one in group] for group in groups
        ]
    return fields
