"""Staff: the specialists of a scenario, by name or in groups, and the departments that cases wait on."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from caserouter.domain.calendar import Leave, Shift, parse_leave, parse_shifts
from caserouter.domain.case import Proficiency
from caserouter.domain.credentials import Credential
from caserouter.domain.model import FrozenDict, FrozenMapping, Language, Model, Name, TimeZone
from caserouter.domain.money import Money
from caserouter.domain.specialist import Authority, IntakeLimit, NamedRole, Role
from caserouter.files.cells import Context, credentials_held
from caserouter.files.problems import CellError
from caserouter.simulation.language.quantities import Day, Duration, Probability, Timing


def _shifts_or_text(value: Any) -> Any:
    return parse_shifts(value) if isinstance(value, str) else value


ShiftTimes = Annotated[tuple[Shift, ...], BeforeValidator(_shifts_or_text)]
"""Weekly hours, written ``Mon-Fri 09:00-12:00, 13:00-17:00; Sat 10:00-14:00``."""


class Ramp(Model):
    """How a new hire comes up to speed.

    Parameters
    ----------
    over
        Time from the first day until full speed, in calendar time.
    factor
        Factor on handle times on the first day, 1 or more; it falls to 1 in a straight line.
    """

    over: Duration = Field(gt=0)
    factor: float = Field(ge=1, le=20)


class StaffGroup(Model):
    """Specialists alike, numbered from 1; a count of 1 is a named specialist, whose id is the group's name.

    Parameters
    ----------
    count
        How many; 0 leaves the group empty, which is how a variant removes it.
    name, team, role, skills, credentials, authority, languages, capacity, time_zone, backup, intake, cost_per_hour
        As of a specialist; without a time zone the scenario's. The ids are the group's name and the number, such as ``claims-03``. A
        credential may be text: ``property_casualty@NY+NJ 2024-01-01..2026-12-31``.
    shifts
        Weekly hours; none at all means always.
    blocks
        Weekly times on shift that are not for cases: training, coaching, calibration, meetings; by name.
    leave
        Absences of all of them.
    sick_probability
        How likely each is absent on a working day, unknown before it begins.
    first_day, last_day
        Of employment, inclusive; None for before the start and after the end.
    ramp
        How they come up to speed from `first_day` on.
    handle_factor
        Factor on all handle times, above 0.
    accept
        Time to accept an offered case; None accepts at once.
    declines
        Probability that an offered case is declined.
    """

    count: int = Field(default=1, ge=0, le=100_000)
    name: str = ""
    team: Name | None = None
    role: NamedRole = Role.SPECIALIST
    skills: FrozenMapping[Name, Proficiency] = FrozenDict()
    credentials: tuple[Credential, ...] = ()
    authority: FrozenMapping[Name, Authority] = FrozenDict()
    languages: frozenset[Language] = frozenset()
    capacity: int = Field(ge=0, le=100_000)
    time_zone: TimeZone | None = None
    backup: Name | None = None
    intake: IntakeLimit | None = None
    cost_per_hour: Money | None = None
    shifts: ShiftTimes = ()
    blocks: FrozenMapping[Name, ShiftTimes] = FrozenDict()
    leave: tuple[Leave, ...] = ()
    sick_probability: Probability = 0.0
    first_day: Day | None = None
    last_day: Day | None = None
    ramp: Ramp | None = None
    handle_factor: float = Field(default=1.0, gt=0, le=100)
    accept: Timing | None = None
    declines: Probability = 0.0

    @field_validator("credentials", mode="before")
    @classmethod
    def _credentials_from_text(cls, value: Any) -> Any:
        try:
            return credentials_held(value, Context())
        except CellError as error:
            raise ValueError(f"{error.value}: {error.rule}; {error.remedy}") from error

    @field_validator("leave", mode="before")
    @classmethod
    def _leave_from_text(cls, value: Any) -> Any:
        return parse_leave(value) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValueError(f"last_day {self.last_day} is before first_day {self.first_day}; swap or correct them")
        if self.ramp and not self.first_day:
            raise ValueError("a ramp starts on the first day; give first_day")
        return self


class Department(Model):
    """Another team that cases wait on.

    Parameters
    ----------
    staff
        How many work there; None for as many as it takes, so that a stage there is a plain delay.
    hours
        Weekly hours in which work starts, in the scenario's time zone; none at all means always.
    order
        ``fifo``, or by ``priority`` and then first come, first served.
    """

    staff: int | None = Field(default=None, ge=0, le=100_000)
    hours: ShiftTimes = ()
    order: Literal["fifo", "priority"] = "fifo"
