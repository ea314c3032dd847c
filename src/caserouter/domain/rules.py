"""The rules of eligibility by name, what a broken one says, and what a rule may read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Self

from caserouter.domain.calendar import SEARCH_DAYS, staffed_intervals
from caserouter.domain.errors import InvalidInput
from caserouter.domain.intervals import StaffedTime, merge
from caserouter.domain.settings import Settings
from caserouter.domain.specialist import Specialist


class Rule(StrEnum):
    """Why a specialist may not take a case; the value is the code that outputs carry."""

    SKILL = "skill"
    """A required skill is missing entirely."""
    PROFICIENCY = "proficiency"
    """A required skill is there, below the lowest proficiency asked."""
    CREDENTIAL_MISSING = "credential_missing"
    """No credential of a required kind, for any jurisdiction or time."""
    CREDENTIAL_JURISDICTION = "credential_jurisdiction"
    """A required kind is held, not for this jurisdiction."""
    CREDENTIAL_NOT_YET_VALID = "credential_not_yet_valid"
    """The credential is held and its first day lies ahead."""
    CREDENTIAL_LAPSED = "credential_lapsed"
    """The credential was held and its last day has passed."""
    AUTHORITY = "authority"
    """The amount is above the specialist's own authority and nobody may approve it."""
    ROLE_FLOOR = "role_floor"
    """A risk flag asks for a more senior role."""
    LANGUAGE = "language"
    """The customer's language is not spoken."""
    EXCLUDED = "excluded"
    """The case names the specialist as one who may not take it."""
    CAPACITY = "capacity"
    """The book has no room for the case's weight."""
    INTAKE_LIMIT = "intake_limit"
    """The window's limit on new cases is used up."""
    OFF_SHIFT = "off_shift"
    """The next staffed time is out of reach, or after the first response is due."""


HARD_RULES = frozenset(
    {
        Rule.CREDENTIAL_MISSING,
        Rule.CREDENTIAL_JURISDICTION,
        Rule.CREDENTIAL_NOT_YET_VALID,
        Rule.CREDENTIAL_LAPSED,
        Rule.AUTHORITY,
        Rule.EXCLUDED,
        Rule.CAPACITY,
    }
)
"""Rules that no policy relaxes."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One rule that a specialist breaks for a case.

    Parameters
    ----------
    rule
        Which one.
    sentence
        What is wrong, with the values on both sides.
    counterfactual
        The nearest change that would mend it: “eligible with …”.
    until
        The earliest moment at which it is certain to end by itself, in UTC; None if it never does.
    """

    rule: Rule
    sentence: str
    counterfactual: str
    until: datetime | None = None

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Everything beside a case and a specialist that a rule reads.

    Parameters
    ----------
    now
        The moment of assignment; aware, kept in UTC.
    settings
        The policy.
    caseload
        The specialist's caseload now, in units of case weight.
    intake_left
        New cases that the specialist may still take in this window; None without a limit.
    approvers
        Whoever may be asked for approval: the whole roster. Only those with enough authority matter, so that
        `eligibility.approvers_for` may shorten it without changing an answer.
    staffed
        When anyone on the roster is on shift, the clock of `settings.reach_hours`.

    Raises
    ------
    InvalidInput
        If `now` has no time zone.
    """

    now: datetime
    settings: Settings
    caseload: int = 0
    intake_left: int | None = None
    approvers: Sequence[Specialist] = ()
    staffed: StaffedTime = field(default_factory=StaffedTime)

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise InvalidInput(f"now {self.now.isoformat()}: has no time zone; add an offset such as +00:00")
        object.__setattr__(self, "now", self.now.astimezone(UTC))

    @classmethod
    def of(
        cls,
        specialist: Specialist,
        *,
        now: datetime,
        settings: Settings,
        roster: Sequence[Specialist] = (),
        staffed: StaffedTime | None = None,
    ) -> Self:
        """The situation of `specialist` as the roster file states it.

        Parameters
        ----------
        specialist, now, settings
            Whose situation, when, and under which policy.
        roster
            Everyone, for approval and reach; computing the reach of a large roster once and passing it as `staffed` saves time.
        staffed
            When anyone on the roster is on shift; computed from `roster` if None.
        """
        return cls(
            now=now,
            settings=settings,
            caseload=specialist.caseload,
            intake_left=None if specialist.intake is None else specialist.intake.left,
            approvers=roster,
            staffed=staffed_time(roster, settings, now) if staffed is None else staffed,
        )


def listed(words: Iterable[str]) -> str:
    """Words as a sentence lists them: ``a``, ``a and b``, ``a, b and c``."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def staffed_time(roster: Sequence[Specialist], settings: Settings, now: datetime) -> StaffedTime:
    """When anyone on the roster is on shift, from `now` for as long as a next staffed time is looked for."""
    calendars = {(person.shifts, person.blocks, person.leave, person.time_zone): person for person in roster}
    end = now.astimezone(UTC) + timedelta(days=SEARCH_DAYS)
    return StaffedTime(
        tuple(
            merge(
                interval
                for person in calendars.values()
                for interval in staffed_intervals(
                    person.shifts, person.leave, settings.holidays, person.zone, now, end, person.blocks
                )
            )
        )
    )
