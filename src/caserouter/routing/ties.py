"""Ties between cases: who holds what, which cases belong together and which must be kept apart.

Links and separations are stated on one case and bind both, whichever arrives first, so what each case says about others is
remembered here when it is first seen.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.case import Case

BoolArray = NDArray[np.bool_]


def _sets() -> defaultdict[str, set[str]]:
    return defaultdict(set)


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
    """

    holder: dict[str, int] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    linked: defaultdict[str, set[str]] = field(default_factory=_sets)
    separated: defaultdict[str, set[str]] = field(default_factory=_sets)

    def copy(self) -> Self:
        """An independent copy."""
        linked, separated = _sets(), _sets()
        linked.update((key, set(ids)) for key, ids in self.linked.items())
        separated.update((key, set(ids)) for key, ids in self.separated.items())
        return type(self)(dict(self.holder), set(self.waiting), linked, separated)

    def hold(self, case: Case, specialist: int) -> None:
        """Record that `specialist` now holds `case`."""
        self._remember(case)
        self.waiting.discard(case.id)
        self.holder[case.id] = specialist

    def wait(self, case: Case) -> None:
        """Record that `case` waits for a specialist."""
        self._remember(case)
        self.holder.pop(case.id, None)
        self.waiting.add(case.id)

    def forget(self, case_id: str) -> None:
        """Record that a case is resolved: it binds nobody any more."""
        self.holder.pop(case_id, None)
        self.waiting.discard(case_id)

    def linked_to(self, case: Case) -> Iterable[str]:
        """Ids of the cases that `case` names as linked, or that named it."""
        others = self.linked.get(case.id)
        return case.linked_cases | others if others else case.linked_cases

    def separated_from(self, case: Case) -> Iterable[str]:
        """Ids of the cases that `case` names as separated, or that named it."""
        others = self.separated.get(case.id)
        return case.separated_cases | others if others else case.separated_cases

    def awaits(self, case: Case, together: Collection[str] = ()) -> bool:
        """Whether a case linked to `case` waits outside `together`: they are routed together or not at all."""
        return any(other in self.waiting and other not in together for other in self.linked_to(case))

    def allow(self, case: Case, allowed: BoolArray) -> BoolArray:
        """Narrow `allowed`, shape (num_specialists,), to those whom the held cases leave for `case`.

        A linked case that is held leaves its holder alone, two holders leave nobody; the holder of a separated case is out. Where
        nothing binds, `allowed` itself is returned.
        """
        holders = {self.holder[other] for other in self.linked_to(case) if other in self.holder}
        barred = {self.holder[other] for other in self.separated_from(case) if other in self.holder}
        if not holders and not barred:
            return allowed
        narrowed = allowed.copy() if not holders else np.zeros_like(allowed)
        if len(holders) == 1:
            (only,) = holders
            narrowed[only] = allowed[only]
        narrowed[list(barred)] = False
        return narrowed

    def _remember(self, case: Case) -> None:
        for other in case.linked_cases:
            self.linked[other].add(case.id)
        for other in case.separated_cases:
            self.separated[other].add(case.id)


def linked_groups(cases: Sequence[Case]) -> list[tuple[int, ...]]:
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


def are_separated(cases: Sequence[Case]) -> bool:
    """Whether two of `cases` must not share a specialist."""
    ids = {case.id for case in cases}
    return any(case.separated_cases & ids for case in cases)
