"""The problem as the engines see it: linked cases merged, hopeless pairs dropped, side constraints as flat arrays."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from caserouter.routing.problem import IntArray, RoutingProblem

UNLIMITED = np.int64(2**40)
"""More than any limit in use: beyond it a limit binds nobody."""


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """A routing problem in the form that every engine reads.

    A *row* is a case, or a group of linked cases merged into one: its weight, costs and waiting cost are the sums over the
    group, and its pairs the intersection. Since a group is routed together or left waiting together, merging is exact.

    Parameters
    ----------
    row_ptr, specialist, cost
        Pairs of each row; a pair that can never fit is left out.
    weight, waiting_cost, count
        Weight, waiting cost and number of cases of each row; shape (num_rows,).
    capacity
        Units that each specialist can use at most: the capacity, or less where the intake limit binds first; shape
        (num_specialists,).
    intake
        New cases that each specialist may take, `UNLIMITED` for no limit; shape (num_specialists,).
    team, team_capacity
        Team of each specialist (the last, unlimited team for those without), and units left in each.
    conflict_ptr, conflict_row
        Rows that may not share a specialist with each row.
    load_ptr, load_cost
        Cumulative price of the first 0, 1, …, capacity units of each specialist's further load.
    groups
        Case indices of each row, or empty where every row is one case.
    """

    row_ptr: IntArray
    specialist: IntArray
    cost: IntArray
    weight: IntArray
    waiting_cost: IntArray
    count: IntArray
    capacity: IntArray
    intake: IntArray
    team: IntArray
    team_capacity: IntArray
    conflict_ptr: IntArray
    conflict_row: IntArray
    load_ptr: IntArray
    load_cost: IntArray
    groups: Sequence[tuple[int, ...]] = ()

    @property
    def num_rows(self) -> int:
        """Number of cases, a linked group counted once."""
        return len(self.weight)

    @property
    def num_specialists(self) -> int:
        """Number of specialists."""
        return len(self.capacity)

    @property
    def pair_row(self) -> IntArray:
        """Row of each pair; shape (num_pairs,)."""
        return np.repeat(np.arange(self.num_rows, dtype=np.int64), np.diff(self.row_ptr))

    @property
    def has_side_constraints(self) -> bool:
        """Whether anything beside capacity limits who takes what."""
        return bool(len(self.conflict_row) or len(self.team_capacity) > 1 or (self.intake < UNLIMITED).any())

    @property
    def has_load_price(self) -> bool:
        """Whether load itself has a price."""
        return bool(self.load_cost.any())

    def keep_pairs(self, keep: NDArray[np.bool_]) -> "Instance":
        """The same instance with only the pairs where `keep` is true; shape (num_pairs,)."""
        counts = np.bincount(self.pair_row[keep], minlength=self.num_rows)
        row_ptr = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        return replace(self, row_ptr=row_ptr, specialist=self.specialist[keep], cost=self.cost[keep])

    def row_costs(self, rows: IntArray) -> IntArray:
        """Cost of each row's chosen pair, or of its waiting, when row *i* is with specialist ``rows[i]``; shape (num_rows,)."""
        pair_row = self.pair_row
        chosen = rows[pair_row] == self.specialist
        cost = self.waiting_cost.copy()
        cost[pair_row[chosen]] = self.cost[chosen]
        return cost

    def objective(self, rows: IntArray) -> int:
        """Total cost when row *i* is with specialist ``rows[i]`` or, at -1, waits."""
        total = int(self.row_costs(rows).sum())
        if self.has_load_price:
            held = rows >= 0
            load = np.bincount(rows[held], weights=self.weight[held], minlength=self.num_specialists).astype(np.int64)
            total += int(self.load_cost[self.load_ptr[:-1] + load].sum())
        return total

    def collapse(self, assignment: IntArray) -> IntArray:
        """Specialist of each row from the specialist of each case."""
        return assignment[[cases[0] for cases in self.groups]] if self.groups else assignment.copy()

    def expand(self, rows: IntArray, num_cases: int) -> IntArray:
        """Specialist of each case from the specialist of each row."""
        if not self.groups:
            return rows
        assignment = np.empty(num_cases, dtype=np.int64)
        for row, cases in enumerate(self.groups):
            assignment[list(cases)] = rows[row]
        return assignment


def build_instance(problem: RoutingProblem) -> Instance:
    """Merge linked cases, drop the pairs that cannot fit, and flatten the side constraints of `problem`."""
    groups, merged = _merge_linked(problem) if problem.linked else ((), problem)
    count = np.array([len(group) for group in groups], dtype=np.int64) if groups else np.ones(problem.num_cases, dtype=np.int64)
    intake = (
        np.where(problem.intake >= 0, problem.intake, UNLIMITED)
        if len(problem.intake)
        else np.full(problem.num_specialists, UNLIMITED)
    )
    team, team_capacity = _teams(problem)
    limit = np.minimum(problem.capacity, team_capacity[team]) if problem.num_specialists else problem.capacity
    row = merged.pair_case
    fits = (merged.weight[row] <= limit[merged.specialist]) & (count[row] <= intake[merged.specialist])
    conflict_ptr, conflict_row, torn = _conflicts(problem, groups)
    fits &= ~torn[row]
    kept = row[fits]
    specialist = merged.specialist[fits]
    load_ptr, load_cost = _load_costs(problem)
    return Instance(
        row_ptr=np.concatenate([[0], np.cumsum(np.bincount(kept, minlength=merged.num_cases))]).astype(np.int64),
        specialist=specialist,
        cost=merged.cost[fits],
        weight=merged.weight,
        waiting_cost=merged.waiting_cost,
        count=count,
        capacity=_usable_capacity(limit, intake, merged.weight, count, kept, specialist),
        intake=intake.astype(np.int64),
        team=team,
        team_capacity=team_capacity,
        conflict_ptr=conflict_ptr,
        conflict_row=conflict_row,
        load_ptr=load_ptr,
        load_cost=load_cost,
        groups=groups,
    )


def _usable_capacity(
    limit: IntArray, intake: IntArray, weight: IntArray, count: IntArray, row: IntArray, specialist: IntArray
) -> IntArray:
    """Capacity, lowered to what the heaviest eligible rows within the intake limit, or all eligible rows, can fill."""
    usable = np.bincount(specialist, weights=weight[row], minlength=len(limit)).astype(np.int64)
    for j in np.flatnonzero(intake < UNLIMITED):
        per_case = np.sort(weight[row[specialist == j]] / count[row[specialist == j]])[::-1]
        heaviest = float(per_case[0]) if len(per_case) else 0.0
        usable[j] = min(usable[j], int(np.floor(heaviest * intake[j] + 1e-9)))
    return np.minimum(limit, usable)


def _teams(problem: RoutingProblem) -> tuple[IntArray, IntArray]:
    """Team index of each specialist and units left in each; one more, unlimited team holds the others."""
    num_teams = len(problem.team_capacity)
    team = (
        np.where(problem.team >= 0, problem.team, num_teams) if num_teams else np.zeros(problem.num_specialists, dtype=np.int64)
    )
    return team.astype(np.int64), np.concatenate([problem.team_capacity, [UNLIMITED]]).astype(np.int64)


def _load_costs(problem: RoutingProblem) -> tuple[IntArray, IntArray]:
    """Cumulative load prices from 0 units on, ``capacity + 1`` entries per specialist."""
    load_ptr = np.concatenate([[0], np.cumsum(problem.capacity + 1)]).astype(np.int64)
    step = np.zeros(int(load_ptr[-1]), dtype=np.int64)
    if len(problem.load_price):
        first = np.zeros(len(step), dtype=bool)
        first[load_ptr[:-1]] = True
        step[~first] = problem.load_price
    total = np.cumsum(step)
    return load_ptr, total - np.repeat(total[load_ptr[:-1]], problem.capacity + 1)


def _merge_linked(problem: RoutingProblem) -> tuple[tuple[tuple[int, ...], ...], RoutingProblem]:
    """Groups of case indices in order of their first case, and the problem with one case per group."""
    in_group = {case: tuple(sorted(group)) for group in problem.linked for case in group}
    groups = tuple(
        in_group.get(case, (case,)) for case in range(problem.num_cases) if case not in in_group or in_group[case][0] == case
    )
    parts_specialist, parts_cost, counts = [], [], []
    for group in groups:
        slices = [slice(problem.indptr[case], problem.indptr[case + 1]) for case in group]
        common = problem.specialist[slices[0]]
        for part in slices[1:]:
            common = np.intersect1d(common, problem.specialist[part], assume_unique=True)
        parts_specialist.append(common)
        parts_cost.append(sum(problem.cost[part][np.isin(problem.specialist[part], common)] for part in slices))
        counts.append(len(common))
    sums = [[int(values[list(group)].sum()) for group in groups] for values in (problem.weight, problem.waiting_cost)]
    return groups, RoutingProblem(
        indptr=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        specialist=np.concatenate(parts_specialist).astype(np.int64),
        cost=np.concatenate(parts_cost).astype(np.int64),
        weight=np.array(sums[0], dtype=np.int64),
        waiting_cost=np.array(sums[1], dtype=np.int64),
        capacity=problem.capacity,
    )


def _conflicts(problem: RoutingProblem, groups: Sequence[tuple[int, ...]]) -> tuple[IntArray, IntArray, NDArray[np.bool_]]:
    """Conflicting rows of each row, and which rows are torn: linked and separated at once, so that they can only wait."""
    num_rows = len(groups) if groups else problem.num_cases
    row_of = {case: row for row, cases in enumerate(groups) for case in cases}
    torn = np.zeros(num_rows, dtype=bool)
    rows: list[set[int]] = [set() for _ in range(num_rows)] if problem.separated else []
    for a, b in problem.separated:
        first, second = row_of.get(a, a), row_of.get(b, b)
        if first == second:
            torn[first] = True
        else:
            rows[first].add(second)
            rows[second].add(first)
    flat = [other for others in rows for other in sorted(others)]
    lengths = [len(others) for others in rows] if rows else [0] * num_rows
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64), np.array(flat, dtype=np.int64), torn
