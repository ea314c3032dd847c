"""Credentials: licences, registrations and mandatory training, each valid somewhere and for some time."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from caserouter.domain.jurisdictions import ANY, Jurisdiction
from caserouter.domain.model import FrozenDict, FrozenMapping, Model, Name


def _open_where_extreme(day: date | None) -> date | None:
    """Other systems write the first or the last year that a date can hold for an end that is open."""
    return None if day is not None and day.year in {date.min.year, date.max.year} else day


class Credential(Model):
    """A licence, a registration or a training record that one specialist holds.

    Parameters
    ----------
    kind
        What it permits, such as ``property_casualty`` or ``series_7``.
    jurisdictions
        Where it is valid: codes such as ``NY``, or ``any`` alone for everywhere.
    valid_from, valid_until
        First and last day of validity, both inclusive, in the holder's time zone; open where None or in the year 1 or 9999.
    """

    kind: Name
    jurisdictions: frozenset[Jurisdiction] = Field(default=frozenset({ANY}), min_length=1)
    valid_from: Annotated[date | None, AfterValidator(_open_where_extreme)] = None
    valid_until: Annotated[date | None, AfterValidator(_open_where_extreme)] = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if ANY in self.jurisdictions and len(self.jurisdictions) > 1:
            others = ", ".join(sorted(self.jurisdictions - {ANY}))
            raise ValueError(f"{self.kind} is valid for any jurisdiction and also for {others}; keep one of the two")
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError(f"{self.kind} is valid until {self.valid_until}, before its first day {self.valid_from}")
        return self

    def covers(self, jurisdiction: str | None) -> bool:
        """Whether it is valid in `jurisdiction`; None asks for no particular one."""
        return jurisdiction is None or ANY in self.jurisdictions or jurisdiction in self.jurisdictions

    def is_valid_on(self, day: date) -> bool:
        """Whether `day` lies within the dates of validity."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_until is None or day <= self.valid_until)


class CredentialNeed(Model):
    """One alternative of a requirement, also written ``"property_casualty@NY"``.

    Parameters
    ----------
    kind
        The kind that is needed.
    jurisdiction
        Where it must be valid; None takes the case's jurisdiction, ``any`` accepts the kind from anywhere.
    """

    kind: Name
    jurisdiction: Jurisdiction | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        kind, at, jurisdiction = value.partition("@")
        return {"kind": kind, "jurisdiction": jurisdiction} if at else {"kind": kind}

    def place(self, case_jurisdiction: str | None) -> str | None:
        """Where the credential must be valid for a case in `case_jurisdiction`; None for no particular place."""
        return None if self.jurisdiction == ANY else self.jurisdiction or case_jurisdiction

    def __str__(self) -> str:
        return f"{self.kind}@{self.jurisdiction}" if self.jurisdiction else self.kind


def _alternatives(value: Any) -> Any:
    return value.split("|") if isinstance(value, str) else value


AnyOf = Annotated[tuple[CredentialNeed, ...], BeforeValidator(_alternatives), Field(min_length=1)]
"""A requirement that any one of several credentials meets, also written ``"series_6|series_7"``; a case may ask for several."""


class CredentialCatalogue(Model):
    """What is known of credential kinds.

    Parameters
    ----------
    implies
        Kinds that a kind includes: ``{"series_7": ["series_6"]}`` lets a Series 7 holder do what asks for Series 6.
    """

    implies: FrozenMapping[Name, frozenset[Name]] = FrozenDict()

    def kinds_that_meet(self, kind: str) -> frozenset[str]:
        """Every kind that meets a need for `kind`: itself, and whatever implies it directly or through others."""
        found = {kind}
        while True:
            more = {holder for holder, included in self.implies.items() if included & found} - found
            if not more:
                return frozenset(found)
            found |= more
