"""What routing keeps of one case: its requirement signature, its hours, and the people whom it names as indices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.case import Case
from caserouter.domain.credentials import CredentialNeed
from caserouter.routing.problem import IntArray

if TYPE_CHECKING:
    from caserouter.routing.fit import Fit
    from caserouter.routing.masks import Admission
    from caserouter.routing.roster import Roster

FloatArray = NDArray[np.float64]
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
        Action asked for with its currency, and the lowest limit on the roster that covers the amount (`AuthorityTable.level_needed`), so
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


class Kind:
    """What cases have in common that the same people may take, at the same effort and weight; equal by value.

    A kind of which cases keep arriving carries what was last found out about them (`routing.masks`, `routing.fit`), so that the next
    one costs a look; for a case that stands alone the roster's cache, which is bounded, has to do.

    Parameters
    ----------
    signature
        What static eligibility reads.
    weight
        Units of capacity.
    preferred_skills
        As of the case.
    handling_hours, effort
        As of the profile; two kinds with efforts of their own are equal only if they share the array.

    Attributes
    ----------
    weight
        As given.
    keeps
        Whether cases of it keep arriving, or wait together.
    admission, fit, hours
        If so, the last `Admission` and `Fit` without relaxations, and the mean hours at each specialist; else None.
    """

    __slots__ = ("_hash", "_values", "admission", "effort", "fit", "hours", "keeps", "weight")

    def __init__(
        self,
        signature: Signature,
        weight: int,
        preferred_skills: frozenset[str],
        handling_hours: float,
        effort: FloatArray | None = None,
    ) -> None:
        self._values = (signature, weight, preferred_skills, handling_hours, id(effort))
        self._hash = hash(self._values)
        self.weight = weight
        self.effort = effort
        self.keeps = False
        self.admission: Admission | None = None
        self.fit: Fit | None = None
        self.hours: FloatArray | None = None

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Kind) and self._values == other._values)


@dataclass(slots=True, eq=False)
class CaseProfile:
    """A case as the router computes with it, compiled for one roster. It is never changed, but for a kind that it shares with its equals.

    Parameters
    ----------
    id
        Its own id: many profiles may share one `case` as their template, so nothing reads the id of that.
    case
        The case itself, or its template.
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
    effort
        Mean hours at each specialist, above 0, where that is known better than from type and proficiency; shape
        (num_specialists,).

    Attributes
    ----------
    weight, priority, linked_cases, separated_cases
        As of the case.
    kind
        Its kind.
    """

    id: str
    case: Case
    signature: Signature
    created: float
    first_response_due: float
    resolution_due: float
    factor: float
    owner: int
    preferred: IntArray
    handling_hours: float
    effort: FloatArray | None = None
    weight: int = field(init=False)
    priority: int = field(init=False)
    linked_cases: frozenset[str] = field(init=False)
    separated_cases: frozenset[str] = field(init=False)
    kind: Kind = field(init=False)

    def __post_init__(self) -> None:
        case = self.case
        self.weight, self.priority = case.weight, case.priority
        self.linked_cases, self.separated_cases = case.linked_cases, case.separated_cases
        self.kind = Kind(self.signature, case.weight, case.preferred_skills, self.handling_hours, self.effort)

    def arriving(self, case_id: str, created: float, first_response_due: float, resolution_due: float) -> "CaseProfile":
        """The profile of another case like this one, with an id and hours of its own; everything else is shared."""
        new = object.__new__(CaseProfile)
        new.id = case_id
        new.case = self.case
        new.signature = self.signature
        new.created = created
        new.first_response_due = first_response_due
        new.resolution_due = resolution_due
        new.factor = self.factor
        new.owner = self.owner
        new.preferred = self.preferred
        new.handling_hours = self.handling_hours
        new.effort = self.effort
        new.weight = self.weight
        new.priority = self.priority
        new.linked_cases = self.linked_cases
        new.separated_cases = self.separated_cases
        new.kind = self.kind
        new.kind.keeps = True
        return new

    def hours_at(self, specialist: int) -> float:
        """Mean hours of ready work that it adds to the book of `specialist` (an index)."""
        return self.handling_hours if self.effort is None else float(self.effort[specialist])


def profile_of(case: Case, roster: "Roster") -> CaseProfile:
    """Compile `case` for `roster`."""
    settings = roster.settings
    account = roster.accounts.get(case.account) if case.account else None
    hours = roster.clock.hours
    return CaseProfile(
        id=case.id,
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
    level = roster.authority.level_needed(case)
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
    found = np.array(sorted({index_by_name[name] for name in names if name in index_by_name}), dtype=np.int64)
    found.setflags(write=False)  # as NOBODY: a kernel is compiled once more for arrays that can be written to
    return found
