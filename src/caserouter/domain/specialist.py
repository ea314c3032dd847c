"""Specialists: the people who hold cases, and what each may do."""

from enum import IntEnum
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Discriminator, Field, PlainSerializer, Tag, field_validator, model_validator

from caserouter.domain.calendar import Leave, Shift, parse_leave, parse_shifts
from caserouter.domain.case import Proficiency
from caserouter.domain.credentials import Credential
from caserouter.domain.model import MAX_HOURS, FrozenDict, FrozenMapping, Language, Model, Name, TimeZone
from caserouter.domain.money import Money

MAX_CAPACITY = 100_000
"""Largest caseload that anybody may be given, in units of case weight."""


class Role(IntEnum):
    """Seniority, in rising order; risk flags ask for a floor."""

    SPECIALIST = 1
    COORDINATOR = 2
    MANAGER = 3

    @property
    def label(self) -> str:
        """The role's name as files write it."""
        return self.name.lower()


def _role_by_name(value: Any) -> Any:
    """Read a role from its name; numbers are not accepted, as nobody would write them on purpose."""
    if isinstance(value, Role):
        return value
    if isinstance(value, str) and value.strip().upper() in Role.__members__:
        return Role[value.strip().upper()]
    raise ValueError(f"not a role; use {', '.join(role.label for role in Role)}")


NamedRole = Annotated[Role, BeforeValidator(_role_by_name), PlainSerializer(lambda role: role.label, when_used="json")]
"""A role that files write by name."""


def _amount_or_unlimited(value: Any) -> str:
    """Which of the two a value means, so that an error speaks of that one alone."""
    return "unlimited" if isinstance(value, str) and value.strip().lower() == "unlimited" else "amount"


def _lower(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


Authority = Annotated[
    Annotated[Money, Tag("amount")] | Annotated[Literal["unlimited"], BeforeValidator(_lower), Tag("unlimited")],
    Discriminator(_amount_or_unlimited),
]
"""The highest amount that a person may decide alone, or ``unlimited``."""


class HeldCase(Model):
    """A case that a specialist holds now, and what it adds to the caseload."""

    id: Name
    weight: int = Field(default=1, ge=1, le=12)


class IntakeLimit(Model):
    """At most so many new cases per window: a ramp for new hires and for the return from leave.

    Parameters
    ----------
    limit
        New cases allowed in one window, 0 or more.
    window_hours
        Length of the window in hours, at most ten years; it is certain to be over so long after any moment in it.
    used
        New cases already taken in the present window.
    """

    limit: int = Field(ge=0)
    window_hours: float = Field(default=24.0, gt=0, le=MAX_HOURS)
    used: int = Field(default=0, ge=0)

    @property
    def left(self) -> int:
        """New cases that the present window still has room for."""
        return max(self.limit - self.used, 0)


class Specialist(Model):
    """A person who takes cases.

    Parameters
    ----------
    id
        Unique id.
    name, team
        For people to read; teams can have a cap in the policy.
    role
        ``specialist``, ``coordinator`` or ``manager``.
    skills
        Proficiency per skill, 1 to 5.
    credentials
        Licences, registrations and training held.
    authority
        What this person may decide alone: the highest amount per action, or ``unlimited``.
    languages
        Languages spoken, as codes.
    capacity
        Largest caseload, in units of case weight.
    held_cases
        Cases held now; their weights are the present caseload.
    time_zone
        IANA time zone of shifts, leave and credential dates.
    shifts
        Weekly working hours; none at all means always on shift.
    blocks
        Weekly hours on shift that are not for cases: training, coaching, calibration, meetings.
    leave
        Absences.
    backup
        Id of the specialist preferred for this one's accounts during an absence.
    intake
        Limit on new cases per window; None for no limit.
    cost_per_hour
        Price of an hour of handling; None takes the policy's default.
    """

    id: Name
    name: str = ""
    team: Name | None = None
    role: NamedRole = Role.SPECIALIST
    skills: FrozenMapping[Name, Proficiency] = FrozenDict()
    credentials: tuple[Credential, ...] = ()
    authority: FrozenMapping[Name, Authority] = FrozenDict()
    languages: frozenset[Language] = frozenset()
    capacity: int = Field(ge=0, le=MAX_CAPACITY)
    held_cases: tuple[HeldCase, ...] = ()
    time_zone: TimeZone = "UTC"
    shifts: tuple[Shift, ...] = ()
    blocks: tuple[Shift, ...] = ()
    leave: tuple[Leave, ...] = ()
    backup: Name | None = None
    intake: IntakeLimit | None = None
    cost_per_hour: Money | None = None

    @field_validator("shifts", "blocks", mode="before")
    @classmethod
    def _shifts_from_text(cls, value: Any) -> Any:
        return parse_shifts(value) if isinstance(value, str) else value

    @field_validator("leave", mode="before")
    @classmethod
    def _leave_from_text(cls, value: Any) -> Any:
        return parse_leave(value) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.backup == self.id:
            raise ValueError(f"{self.id} is named as their own backup; name someone else or nobody")
        held = [case.id for case in self.held_cases]
        if twice := sorted({case for case in held if held.count(case) > 1}):
            raise ValueError(f"held cases {', '.join(twice)}: listed more than once; list each case once")
        return self

    @property
    def caseload(self) -> int:
        """Sum of the weights of the cases held now."""
        return sum(case.weight for case in self.held_cases)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone as an object."""
        return ZoneInfo(self.time_zone)
