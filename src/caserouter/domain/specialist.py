"""Specialists: the people who hold cases, and what each may do."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from caserouter.domain.calendar import Leave, Shift
from caserouter.domain.case import Proficiency
from caserouter.domain.credentials import Credential
from caserouter.domain.model import Model, Name
from caserouter.domain.money import Money


class Role(IntEnum):
    """Seniority, in rising order; risk flags ask for a floor."""

    SPECIALIST = 1
    COORDINATOR = 2
    MANAGER = 3

    @property
    def label(self) -> str:
        """The role's name as files write it."""
        return self.name.lower()


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
        Length of the window in hours; informative where `used` is given.
    used
        New cases already taken in the present window.
    """

    limit: int = Field(ge=0)
    window_hours: float = Field(default=24.0, gt=0)
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
    role: Role = Role.SPECIALIST
    skills: Mapping[Name, Proficiency] = Field(default_factory=dict)
    credentials: tuple[Credential, ...] = ()
    authority: Mapping[Name, Money | Literal["unlimited"]] = Field(default_factory=dict)
    languages: frozenset[Name] = frozenset()
    capacity: int = Field(ge=0, le=100_000)
    held_cases: tuple[HeldCase, ...] = ()
    time_zone: str = "UTC"
    shifts: tuple[Shift, ...] = ()
    leave: tuple[Leave, ...] = ()
    backup: Name | None = None
    intake: IntakeLimit | None = None
    cost_per_hour: Money | None = None

    @field_validator("role", mode="before")
    @classmethod
    def _role_by_name(cls, value: Any) -> Any:
        if isinstance(value, str):
            try:
                return Role[value.strip().upper()]
            except KeyError as error:
                raise ValueError(f"a role is one of {', '.join(role.label for role in Role)}") from error
        return value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("not an IANA time zone such as America/New_York") from error
        return value

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.backup == self.id:
            raise ValueError("a specialist cannot be their own backup")
        return self

    @property
    def caseload(self) -> int:
        """Sum of the weights of the cases held now."""
        return sum(case.weight for case in self.held_cases)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone as an object."""
        return ZoneInfo(self.time_zone)
