"""What a unit of a specialist's capacity is worth to the cases that are still to come.

The only Series 7 holder should not be spent on a case that anybody could take. The price of a unit of specialist j is

    κ · Σ_τ E_τj λ_τ / (A_τ + 1)²

over the kinds of case τ: λ_τ is the priority-weighted work that arrives per hour (units of weight × priority factor), A_τ the
free capacity of those eligible for τ now, E_τj whether j is one of them, and κ the policy's `prices.scarcity`. It is the
derivative of κ · Σ_τ λ_τ / (A_τ + 1): the work of a kind that finds nobody free falls with the capacity that could take it. In
a batch the flow's own duals price the present queue, so this term stands for future arrivals alone.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caserouter.routing.masks import admission
from caserouter.routing.problem import IntArray
from caserouter.routing.profile import CaseProfile, Signature
from caserouter.routing.roster import Roster

FloatArray = NDArray[np.float64]

REPEAT_HOURS = 24.0
"""Without a mix in the policy, the queue's own cases stand for the future: as if they arrived once more within so many hours."""


@dataclass(frozen=True, slots=True, eq=False)
class CaseMix:
    """The kinds of case to come, and who may take each, as rows of a sparse matrix.

    Parameters
    ----------
    indptr
        Start of each kind's specialists in `specialist`; shape (num_kinds + 1,).
    specialist
        Who may take each kind, rising within it; shape (num_entries,).
    rate
        Priority-weighted work of each kind that arrives per hour; shape (num_kinds,).
    """

    indptr: IntArray
    specialist: IntArray
    rate: FloatArray

    @property
    def kind(self) -> IntArray:
        """Kind of each entry of `specialist`; shape (num_entries,)."""
        return np.repeat(np.arange(len(self.rate)), np.diff(self.indptr))

    def free_capacity(self, free: NDArray[np.number]) -> FloatArray:
        """A_τ: units that those eligible for each kind have left; shape (num_kinds,)."""
        room = np.maximum(free, 0)[self.specialist].astype(np.float64)
        return np.bincount(self.kind, weights=room, minlength=len(self.rate)).astype(np.float64, copy=False)


def case_mix(profiles: Sequence[CaseProfile], roster: Roster, now: float, *, most: int = 512) -> CaseMix:
    """The mix that `profiles` are a sample of.

    A kind is a case type with its requirements. With a mix in the policy each type's arrivals per hour are spread over the
    kinds of that type seen here, so a type that is not seen is left out; without one, the cases are taken to arrive again
    within `REPEAT_HOURS`.

    Parameters
    ----------
    profiles
        Cases waiting, or a sample of past ones.
    roster
        Who may take them, credentials taken at hour `now` and shifts aside.
    now
        Hour at which eligibility is read.
    most
        Largest number of kinds: the busiest are kept and scaled up to the whole rate.
    """
    work: defaultdict[Signature, float] = defaultdict(float)
    example: dict[Signature, CaseProfile] = {}
    per_case = _arrivals_per_case(profiles, roster)
    for profile in profiles:
        work[profile.signature] += per_case[profile.case.type] * profile.weight * profile.factor
        example.setdefault(profile.signature, profile)
    kinds = sorted((kind for kind in work if work[kind] > 0), key=lambda kind: (-work[kind], example[kind].id))[:most]
    rate = np.array([work[kind] for kind in kinds], dtype=np.float64)
    if len(kinds):
        rate *= sum(work.values()) / rate.sum()
    eligible = [admission(example[kind], roster, now).who for kind in kinds]
    return CaseMix(
        indptr=np.concatenate([[0], np.cumsum([len(who) for who in eligible])]).astype(np.int64),
        specialist=np.concatenate(eligible) if eligible else np.zeros(0, dtype=np.int64),
        rate=rate,
    )


def scarcity_price(mix: CaseMix, free: NDArray[np.number], kappa: float) -> FloatArray:
    """Price per unit of each specialist's capacity, in money; shape (num_specialists,).

    Parameters
    ----------
    mix
        The kinds of case to come.
    free
        Units that each specialist has left; shape (num_specialists,).
    kappa
        κ: money per unit of work and hour that scarce capacity saves.
    """
    worth = kappa * mix.rate / (mix.free_capacity(free) + 1.0) ** 2
    return np.bincount(mix.specialist, weights=worth[mix.kind], minlength=len(free)).astype(np.float64, copy=False)


def _arrivals_per_case(profiles: Sequence[CaseProfile], roster: Roster) -> dict[str, float]:
    """Arrivals per hour that one case of each type stands for."""
    mix = roster.settings.mix
    if not mix:
        return defaultdict(lambda: 1.0 / REPEAT_HOURS)
    seen = Counter(profile.case.type for profile in profiles)
    return {name: mix.get(name, 0.0) / count for name, count in seen.items()}
