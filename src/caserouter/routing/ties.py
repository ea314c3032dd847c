"""Ties between cases: who holds what, which cases belong together and which must be kept apart.

Links and separations are stated on one case and bind both, whichever arrives first, so what each case says about others is
remembered here when it is first seen.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

BoolArray = NDArray[np.bool_]


def _sets() -> defaultdict[str, set[str]]:
    return defaultdict(set)


class Tied(Protocol):
    """What ties read of a case: its own id, and the ids that it names. A `Case` and a `CaseProfile` have both."""

    @property
    def id(self) -> str:
        """Its own id."""

    @property
    def linked_cases(self) -> frozenset[str]:
        """Ids of cases that must go to the same specialist."""

    @property
    def separated_cases(self) -> frozenset[str]:
        """Ids of cases that must not share a specialist with it."""


@dataclass(slots=True)
class Ties:
    """What binds cases to one another at this moment.

    Parameters
    ----------
    holder
        Specialist (index) of each held case, by case id.
    waiting
        Ids of the cases that are known to wait.
    linked, separated
        Ids named by, or naming, each case.
    below
        Ties on which these are a layer: they hold wherever this one says nothing, and are never changed through it.
    """

    holder: dict[str, int] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    linked: defaultdict[str, set[str]] = field(default_factory=_sets)
    separated: defaultdict[str, set[str]] = field(default_factory=_sets)
    below: "Ties | None" = None

    def copy(self) -> Self:
        """An independent copy."""
        linked, separated = _sets(), _sets()
        linked.update((key, set(ids)) for key, ids in self.linked.items())
        separated.update((key, set(ids)) for key, ids in self.separated.items())
        return type(self)(dict(self.holder), set(self.waiting), linked, separated, self.below)

    def layer(self) -> Self:
        """Ties in which cases can be held and wait, none forgotten, and which leave these as they are; no case is copied."""
        return type(self)(below=self)

    def hold(self, case: Tied, specialist: int) -> None:
        """Record that `specialist` now holds `case`."""
        case_id = case.id
        if case.linked_cases or case.separated_cases:
            self._remember(case)
        self.waiting.discard(case_id)
        self.holder[case_id] = specialist

    def wait(self, case: Tied) -> None:
        """Record that `case` waits for a specialist."""
        self._remember(case)
        self.holder.pop(case.id, None)
        self.waiting.add(case.id)

    def forget(self, case_id: str) -> None:
        """Record that a case is resolved: it binds nobody any more."""
        self.holder.pop(case_id, None)
        self.waiting.discard(case_id)

    def holder_of(self, case_id: str) -> int | None:
        """Who holds a case (an index), None for nobody."""
        found = self.holder.get(case_id)
        if found is None and self.below is not None and case_id not in self.waiting:
            return self.below.holder_of(case_id)
        return found

    def waits(self, case_id: str) -> bool:
        """Whether a case is known to wait."""
        if case_id in self.waiting:
            return True
        return self.below is not None and case_id not in self.holder and self.below.waits(case_id)

    def binds(self, case: Tied) -> bool:
        """Whether `case` names another case, or another names it."""
        named = case.linked_cases or case.separated_cases or case.id in self.linked or case.id in self.separated
        return bool(named) or (self.below is not None and self.below.binds(case))

    def linked_to(self, case: Tied) -> frozenset[str]:
        """Ids of the cases that `case` names as linked, or that named it."""
        others = self.linked.get(case.id)
        named = case.linked_cases if self.below is None else self.below.linked_to(case)
        return named | others if others else named

    def separated_from(self, case: Tied) -> frozenset[str]:
        """Ids of the cases that `case` names as separated, or that named it."""
        others = self.separated.get(case.id)
        named = case.separated_cases if self.below is None else self.below.separated_from(case)
        return named | others if others else named

    def awaits(self, case: Tied, together: Collection[str] = ()) -> bool:
        """Whether a case linked to `case` waits outside `together`: they are routed together or not at all."""
        return any(other not in together and self.waits(other) for other in self.linked_to(case))

    def allow(self, case: Tied, allowed: BoolArray) -> BoolArray:
        """Narrow `allowed`, shape (num_specialists,), to those whom the held cases leave for `case`.

        A linked case that is held leaves its holder alone, two holders leave nobody; the holder of a separated case is out. Where
        nothing binds, `allowed` itself is returned.
        """
        if not self.binds(case):
            return allowed
        holders = self._holders(self.linked_to(case))
        barred = self._holders(self.separated_from(case))
        if not holders and not barred:
            return allowed
        narrowed = allowed.copy() if not holders else np.zeros_like(allowed)
        if len(holders) == 1:
            (only,) = holders
            narrowed[only] = allowed[only]
        narrowed[list(barred)] = False
        return narrowed

    def _holders(self, ids: Iterable[str]) -> set[int]:
        return {holder for other in ids if (holder := self.holder_of(other)) is not None}

    def _remember(self, case: Tied) -> None:
        for other in case.linked_cases:
            self.linked[other].add(case.id)
        for other in case.separated_cases:
            self.separated[other].add(case.id)


def linked_groups(cases: Sequence[Tied]) -> list[tuple[int, ...]]:
    """Indices of `cases` in groups that are linked, directly or through others of the sequence; most groups have one member.

    Members are in the order of `cases`, and so are the groups by their first member.
    """
    if not any(case.linked_cases for case in cases):
        return [(i,) for i in range(len(cases))]
    index_by_id = {case.id: i for i, case in enumerate(cases)}
    root = list(range(len(cases)))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for i, case in enumerate(cases):
        for other in case.linked_cases:
            if other in index_by_id:
                first, second = sorted((find(i), find(index_by_id[other])))
                root[second] = first
    groups: dict[int, list[int]] = {}
    for i in range(len(cases)):
        groups.setdefault(find(i), []).append(i)
    return [tuple(members) for members in groups.values()]


def are_separated(cases: Sequence[Tied]) -> bool:
    """Whether two of `cases` must not share a specialist."""
    ids = {case.id for case in cases}
    return any(case.separated_cases & ids for case in cases)
