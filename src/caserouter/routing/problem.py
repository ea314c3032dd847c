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
        Price of each further unit of load, 0 to `MAX_COST` and not falling, `capacity[j]` entries per specialist from
        `load_indptr[j]`, which has shape (num_specialists + 1,); or both empty.
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
        self._validate_pairs()
        self._validate_books()
        self._validate_relations()

    def _validate_pairs(self) -> None:
        n, m = self.num_cases, self.num_specialists
        _require_length("indptr", self.indptr, n + 1)
        _require_length("waiting_cost", self.waiting_cost, n)
        _require(len(self.cost) == self.num_pairs == int(self.indptr[-1]), "cost, specialist and indptr disagree")
        _require(self.indptr[0] == 0 and bool((np.diff(self.indptr) >= 0).all()), "indptr: starts at 0 and does not fall")
        _require(not n or int(self.weight.min()) >= 1, "a weight is 1 or more")
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

    def _validate_books(self) -> None:
        m, teams = self.num_specialists, len(self.team_capacity)
        _require(not m or int(self.capacity.min()) >= 0, "a capacity is 0 or more")
        if len(self.intake):
            _require_length("intake", self.intake, m)
        if teams:
            _require_length("team", self.team, m)
            _require(int(self.team.max(initial=-1)) < teams, f"team: index out of range, there are {teams}")
            _require(int(self.team_capacity.min()) >= 0, "a team_capacity is 0 or more")
        if len(self.load_price):
            self._validate_load()

    def _validate_load(self) -> None:
        m, price = self.num_specialists, self.load_price
        _require_length("load_indptr", self.load_indptr, m + 1)
        fits = self.load_indptr[0] == 0 and np.array_equal(np.diff(self.load_indptr), self.capacity)
        _require(fits and self.load_indptr[-1] == len(price), "load_price: not one entry per unit of capacity")
        _require(bool(price.min() >= 0 and price.max() <= MAX_COST), f"load_price: outside 0 … {MAX_COST}; choose a coarser unit")
        falls = np.diff(price) < 0
        starts = self.load_indptr[(self.load_indptr > 0) & (self.load_indptr < len(price))]
        falls[starts - 1] = False
        _require(not falls.any(), "load_price: falls within a specialist")

    def _validate_relations(self) -> None:
        grouped = [case for group in self.linked for case in group]
        _require(len(set(grouped)) == len(grouped), "linked: a case is named twice")
        for name, cases in (("linked", grouped), ("separated", [case for pair in self.separated for case in pair])):
            for case in cases:
                _require(0 <= case < self.num_cases, f"{name}: case {case} out of range, there are {self.num_cases}")


def _require_length(name: str, values: IntArray, expected: int) -> None:
    _require(len(values) == expected, f"{name} has {len(values)} entries, {expected} expected")


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise SolverError(message)
