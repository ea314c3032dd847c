"""The assignment problem as arrays: what the solvers see."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.errors import SolverError

IntArray = NDArray[np.int64]

MAX_COST = 10**12
"""Largest cost of a pair or of waiting, in cost units; sums over a million cases stay within 64 bits."""


def _no_ints() -> IntArray:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class RoutingProblem:
    """Who may take which case, at what cost, within which capacities.

    The objective to minimise is the cost of every chosen pair, plus the waiting cost of every case left unassigned, plus,
    where `load_price` is given, the price of each unit of caseload taken.

    Parameters
    ----------
    indptr
        Start of each case's pairs in `specialist` and `cost`; shape (num_cases + 1,).
    specialist
        Specialist of each eligible pair, strictly rising within a case; shape (num_pairs,).
    cost
        Cost of each pair in cost units, 0 to `MAX_COST`; shape (num_pairs,).
    weight
        Units of capacity that each case takes, 1 or more; shape (num_cases,).
    waiting_cost
        Cost of leaving each case unassigned, 0 to `MAX_COST`; shape (num_cases,).
    capacity
        Units left in each specialist's book, 0 or more; shape (num_specialists,).
    unit
        Money that one cost unit stands for.
    intake
        New cases that each specialist may still take, negative for no limit; shape (num_specialists,) or empty.
    team, team_capacity
        Team of each specialist (negative for none) and units left in each team, or both empty.
    linked
        Groups of case indices that go to one specialist or all wait; the groups are disjoint.
    separated
        Pairs of case indices that may not share a specialist.
    load_indptr, load_price
        Price of each further unit of load, not falling, `capacity[j]` entries per specialist from `load_indptr[j]`; or both
        empty.
    """

    indptr: IntArray
    specialist: IntArray
    cost: IntArray
    weight: IntArray
    waiting_cost: IntArray
    capacity: IntArray
    unit: float = 1.0
    intake: IntArray = field(default_factory=_no_ints)
    team: IntArray = field(default_factory=_no_ints)
    team_capacity: IntArray = field(default_factory=_no_ints)
    linked: Sequence[tuple[int, ...]] = ()
    separated: Sequence[tuple[int, int]] = ()
    load_indptr: IntArray = field(default_factory=_no_ints)
    load_price: IntArray = field(default_factory=_no_ints)

    @property
    def num_cases(self) -> int:
        """Number of cases."""
        return len(self.weight)

    @property
    def num_specialists(self) -> int:
        """Number of specialists."""
        return len(self.capacity)

    @property
    def num_pairs(self) -> int:
        """Number of eligible pairs."""
        return len(self.specialist)

    @property
    def pair_case(self) -> IntArray:
        """Case of each pair; shape (num_pairs,)."""
        return np.repeat(np.arange(self.num_cases, dtype=np.int64), np.diff(self.indptr))

    @classmethod
    def from_matrix(
        cls,
        cost: Sequence[Sequence[float | None]],
        *,
        weight: Sequence[int],
        capacity: Sequence[int],
        waiting_cost: Sequence[int],
    ) -> Self:
        """A small problem from a matrix of costs, None where a pair is not eligible; shape (num_cases, num_specialists)."""
        pairs = [(i, j, value) for i, row in enumerate(cost) for j, value in enumerate(row) if value is not None]
        counts = np.bincount([i for i, _, _ in pairs], minlength=len(weight)) if pairs else np.zeros(len(weight), dtype=np.int64)
        return cls(
            indptr=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            specialist=np.array([j for _, j, _ in pairs], dtype=np.int64),
            cost=np.array([value for _, _, value in pairs], dtype=np.int64),
            weight=np.array(weight, dtype=np.int64),
            waiting_cost=np.array(waiting_cost, dtype=np.int64),
            capacity=np.array(capacity, dtype=np.int64),
        )

    def validate(self) -> None:
        """Check every shape and range.

        Raises
        ------
        SolverError
            If an array has the wrong shape or a value out of its range; the message names both.
        """
        n, m = self.num_cases, self.num_specialists
        _require(len(self.indptr) == n + 1, f"indptr has {len(self.indptr)} entries, {n + 1} expected")
        _require(len(self.waiting_cost) == n, f"waiting_cost has {len(self.waiting_cost)} entries, {n} expected")
        _require(len(self.cost) == self.num_pairs == int(self.indptr[-1]), "cost, specialist and indptr disagree")
        _require(not n or int(self.weight.min()) >= 1, "a weight is 1 or more")
        _require(not m or int(self.capacity.min()) >= 0, "a capacity is 0 or more")
        for name in ("cost", "waiting_cost"):
            values = getattr(self, name)
            _require(
                not len(values) or (values.min() >= 0 and values.max() <= MAX_COST),
                f"{name}: outside 0 … {MAX_COST}; choose a coarser unit",
            )
        if self.num_pairs:
            _require(self.specialist.min() >= 0 and self.specialist.max() < m, "specialist: index out of range")
            rising = np.diff(self.specialist) > 0
            starts = self.indptr[1:-1]
            rising[starts[(starts > 0) & (starts < self.num_pairs)] - 1] = True
            _require(bool(rising.all()), "specialist: not strictly rising within a case")


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise SolverError(message)
