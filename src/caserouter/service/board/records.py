"""Everything that the events so far have led to, by id and in whole numbers: nothing here depends on a roster or on the time."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from caserouter.domain.account import Account
from caserouter.domain.case import Case
from caserouter.domain.lifecycle import CaseStatus
from caserouter.domain.service_policy import ServicePolicy
from caserouter.service.board.open_case import OpenCase
from caserouter.service.board.person import Person

WORKED_ON = frozenset({CaseStatus.READY, CaseStatus.OFFERED})
"""Statuses in which a held case is work ahead in the book; in the others it waits for somebody else."""


@dataclass(slots=True)
class Changes:
    """What events have touched since the last look; dictionaries, because those keep their order.

    Parameters
    ----------
    people, cases, accounts
        Ids of those whose book, standing or owner has changed.
    stated
        Ids of those whose rights, hours or ramp may have changed; they take cases before and after, in the same team and with the same
        authority.
    roster
        Whether others take cases, in other teams or with another authority, or the policy has changed.
    prices
        Whether there are new price inputs.
    """

    people: dict[str, None] = field(default_factory=dict)
    cases: dict[str, None] = field(default_factory=dict)
    accounts: dict[str, None] = field(default_factory=dict)
    stated: dict[str, None] = field(default_factory=dict)
    roster: bool = False
    prices: bool = False


def _named() -> defaultdict[str, set[str]]:
    return defaultdict(set)


@dataclass(slots=True)
class Records:
    """The state as the events tell it.

    Parameters
    ----------
    people, cases, accounts
        By id. A case leaves when it is closed or cancelled.
    documents
        Every version of the policy, as JSON.
    document, policy_version
        The active one.
    price_inputs, sample
        Version of the price inputs, and their cases as JSON.
    linked, separated
        Ids of the cases that name each case so.
    changes
        What has been touched since somebody last looked.
    """

    people: dict[str, Person] = field(default_factory=dict)
    cases: dict[str, OpenCase] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    documents: dict[int, dict[str, Any]] = field(default_factory=dict)
    document: ServicePolicy = field(default_factory=ServicePolicy)
    policy_version: int = 1
    price_inputs: int = 0
    sample: list[dict[str, Any]] = field(default_factory=list)
    linked: defaultdict[str, set[str]] = field(default_factory=_named)
    separated: defaultdict[str, set[str]] = field(default_factory=_named)
    changes: Changes = field(default_factory=Changes, compare=False)

    def seconds_of(self, case: OpenCase) -> int:
        """Expected work of a case that is ready, by the policy's mean for its type; 0 while it waits for somebody else."""
        if case.status not in WORKED_ON:
            return 0
        handling = self.document.routing.handling
        return round(60 * handling.minutes_by_type.get(case.type, handling.minutes))

    def sample_cases(self) -> tuple[Case, ...]:
        """The cases that stand for those to come."""
        return tuple(Case.model_validate(body) for body in self.sample)

    def count(self, case: OpenCase, sign: int = 1) -> None:
        """Count a case in its holder's book, or out of it with a `sign` of -1."""
        person = self.people.get(case.holder) if case.holder is not None else None
        if person is not None:
            person.units += sign * case.units
            person.num_held += sign
            person.ready_seconds += sign * self.seconds_of(case)
            self.changes.people[person.id] = None

    def tie(self, case: OpenCase) -> None:
        """Remember the cases that a case names."""
        for index, key in ((self.linked, "linked_cases"), (self.separated, "separated_cases")):
            for other in case.body.get(key, ()):
                index[other].add(case.id)

    def untie(self, case: OpenCase) -> None:
        """Forget the cases that a case names."""
        for index, key in ((self.linked, "linked_cases"), (self.separated, "separated_cases")):
            for other in case.body.get(key, ()):
                index[other].discard(case.id)
                if not index[other]:
                    del index[other]

    def recount(self) -> None:
        """Count the ready work of every book anew, after the policy's handling times have changed."""
        for person in self.people.values():
            person.ready_seconds = 0
            self.changes.people[person.id] = None
        for case in self.cases.values():
            holder = self.people.get(case.holder or "")
            if holder is not None:
                holder.ready_seconds += self.seconds_of(case)
