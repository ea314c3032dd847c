"""What routing keeps of one case: its requirement signature, its hours, and the people whom it names as indices."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from caserouter.domain.case import Case
from caserouter.domain.credentials import CredentialNeed
from caserouter.routing.problem import IntArray

if TYPE_CHECKING:
    from caserouter.routing.roster import Roster

Group = tuple[tuple[str, str], ...]
"""Alternatives of one credential requirement as (kind, jurisdiction), sorted; the empty jurisdiction asks for none."""

NOBODY = np.zeros(0, dtype=np.int64)
NOBODY.setflags(write=False)


class Signature(NamedTuple):
    """All that static eligibility reads of a case: equal signatures admit the same specialists of one roster.

    Parameters
    ----------
    skills
        Required skills with their least proficiency, sorted.
    credentials
        Required groups, each in the jurisdiction that applies, sorted.
    language
        Language asked for, or None.
    action, level
        Action asked for with its currency, and the lowest limit on the roster that covers the amount (`Roster.level_needed`), so
        that amounts between two limits are alike; None and -1 where nothing is checked.
    role
        Lowest role that the risk flags admit, 0 for any.
    excluded
        Indices of the specialists who may not take it, sorted.
    """

    skills: tuple[tuple[str, int], ...]
    credentials: tuple[Group, ...]
    language: str | None
    action: tuple[str, str] | None
    level: int
    role: int
    excluded: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class CaseProfile:
    """A case as the router computes with it, compiled for one roster.

    Parameters
    ----------
    case
        The case itself.
    signature
        What static eligibility reads.
    created, first_response_due, resolution_due
        Hours on the roster's clock; a target that the case lacks is infinite.
    factor
        The policy's factor for the case's priority; it multiplies the cost of delay and of a breach.
    owner
        Index of the account's owner, -1 for none on this roster.
    preferred
        Indices of the preferred specialists, sorted; shape (num_preferred,).
    handling_hours
        Mean effort of the case's type at proficiency 3, in hours.
    """

    case: Case
    signature: Signature
    created: float
    first_response_due: float
    resolution_due: float
    factor: float
    owner: int
    preferred: IntArray
    handling_hours: float

    @property
    def id(self) -> str:
        """Id of the case."""
        return self.case.id

    @property
    def weight(self) -> int:
        """Units of capacity that it takes."""
        return self.case.weight

    @property
    def priority(self) -> int:
        """1 (highest) to 5."""
        return self.case.priority


def profile_of(case: Case, roster: "Roster") -> CaseProfile:
    """Compile `case` for `roster`."""
    settings = roster.settings
    account = roster.accounts.get(case.account) if case.account else None
    hours = roster.clock.hours
    return CaseProfile(
        case=case,
        signature=_signature(case, roster),
        created=hours(case.created),
        first_response_due=np.inf if case.first_response_due is None else hours(case.first_response_due),
        resolution_due=np.inf if case.resolution_due is None else hours(case.resolution_due),
        factor=settings.priority_factors[case.priority - 1],
        owner=roster.index_by_id.get(account.owner, -1) if account and account.owner else -1,
        preferred=_indices(case.preferred_specialists, roster.index_by_id),
        handling_hours=settings.handling.minutes_by_type.get(case.type, settings.handling.minutes) / 60.0,
    )


def _signature(case: Case, roster: "Roster") -> Signature:
    excluded = {roster.index_by_id[name] for name in case.excluded_specialists if name in roster.index_by_id}
    floors = roster.settings.role_floors
    level = roster.level_needed(case)
    return Signature(
        skills=tuple(sorted(case.required_skills.items())),
        credentials=tuple(sorted(group_of(group, case.jurisdiction) for group in case.required_credentials)),
        language=case.language,
        action=(case.action, case.amount.currency) if case.action and case.amount and level >= 0 else None,
        level=level,
        role=max((int(floors[flag]) for flag in case.risk_flags if flag in floors), default=0),
        excluded=tuple(sorted(excluded)),
    )


def group_of(group: tuple[CredentialNeed, ...], jurisdiction: str | None) -> Group:
    """A requirement in the jurisdiction that applies: its own if it names one, else the case's."""
    return tuple(sorted({(need.kind, need.place(jurisdiction) or "") for need in group}))


def _indices(names: frozenset[str], index_by_name: Mapping[str, int]) -> IntArray:
    if not names:
        return NOBODY
    return np.array(sorted({index_by_name[name] for name in names if name in index_by_name}), dtype=np.int64)
