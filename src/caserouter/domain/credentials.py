"""Credentials: licences, registrations and mandatory training, each valid somewhere and for some time."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from caserouter.domain.model import Model, Name

ANY: Literal["any"] = "any"
"""The jurisdiction of a credential that is valid everywhere, as HIPAA training is."""


class Credential(Model):
    """A licence, a registration or a training record that one specialist holds.

    Parameters
    ----------
    kind
        What it permits, such as ``property_casualty`` or ``series_7``.
    jurisdictions
        Where it is valid: codes such as ``NY``, or ``any`` alone for everywhere.
    valid_from, valid_until
        First and last day of validity, both inclusive, in the holder's time zone; open where None.
    """

    kind: Name
    jurisdictions: frozenset[Name] = frozenset({ANY})
    valid_from: date | None = None
    valid_until: date | None = None

    @model_validator(mode="after")
    def _check_dates(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError(f"valid until {self.valid_until} is before valid from {self.valid_from}")
        return self

    def covers(self, jurisdiction: str | None) -> bool:
        """Whether it is valid in `jurisdiction`; no jurisdiction (None) is covered by every credential."""
        return jurisdiction is None or ANY in self.jurisdictions or jurisdiction in self.jurisdictions

    def is_valid_on(self, day: date) -> bool:
        """Whether `day` lies within the dates of validity."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_until is None or day <= self.valid_until)


class CredentialNeed(Model):
    """One alternative of a requirement: a kind, in the case's jurisdiction unless it names its own."""

    kind: Name
    jurisdiction: Name | None = None

    def __str__(self) -> str:
        return f"{self.kind}@{self.jurisdiction}" if self.jurisdiction else self.kind


AnyOf = tuple[CredentialNeed, ...]
"""A requirement that any one of several credentials meets; a case asks for an AND of these."""


class CredentialCatalogue(Model):
    """What is known of credential kinds.

    Parameters
    ----------
    implies
        Kinds that a kind includes: ``{"series_7": ["series_6"]}`` lets a Series 7 holder do what asks for Series 6.
    """

    implies: Mapping[Name, frozenset[Name]] = Field(default_factory=dict)

    def kinds_that_meet(self, kind: str) -> frozenset[str]:
        """Every kind that meets a need for `kind`: itself, and whatever implies it directly or through others."""
        found = {kind}
        while True:
            more = {holder for holder, included in self.implies.items() if included & found} - found
            if not more:
                return frozenset(found)
            found |= more
