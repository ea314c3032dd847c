"""Parts of an assignment that are worth solving again, as small instances of their own.

A neighbourhood is a set of specialists: the rows that they hold, and the rows that wait and could come to them, are free;
everything else stays. Where to look follows from the bound. At multipliers ``value`` the distance between objective and
bound splits exactly into

    Σ_j { best knapsack of j - what j's rows are worth }  +  Σ_{i waiting} { waiting[i] - value[i] },

so specialists are drawn in proportion to their own part, and joined by those who could take the same rows.
"""

from dataclasses import dataclass, replace

import numpy as np

from caserouter.routing.problem import IntArray
from caserouter.routing.solver.columns import Columns, FloatArray
from caserouter.routing.solver.instance import Instance


@dataclass(frozen=True, slots=True, eq=False)
class Neighbourhood:
    """A sub-instance and how it maps back.

    Parameters
    ----------
    instance
        The rows and specialists that are free, renumbered.
    rows, specialists
        Their indices in the whole instance, both rising.
    """

    instance: Instance
    rows: IntArray
    specialists: IntArray

    def local(self, whole: IntArray) -> IntArray:
        """The free rows' specialists in `whole`, renumbered; shape (num_free_rows,)."""
        held = whole[self.rows]
        return np.where(held >= 0, np.searchsorted(self.specialists, held), -1)

    def merge(self, whole: IntArray, local: IntArray) -> IntArray:
        """`whole` with the free rows placed as in `local`."""
        merged = whole.copy()
        merged[self.rows] = np.where(local >= 0, self.specialists[local], -1)
        return merged


def extract(instance: Instance, columns: Columns, assignment: IntArray, specialists: IntArray) -> Neighbourhood:
    """The sub-instance in which `specialists` (rising) give up their rows and everything else keeps its place."""
    pairs = np.concatenate([np.arange(columns.ptr[j], columns.ptr[j + 1]) for j in specialists])
    owner = np.repeat(np.arange(len(specialists)), columns.ptr[specialists + 1] - columns.ptr[specialists])
    inside = np.zeros(instance.num_specialists + 1, dtype=bool)
    inside[specialists] = True
    inside[-1] = True
    free = inside[assignment[columns.row[pairs]]]
    pairs, owner = pairs[free], owner[free]
    rows, local = np.unique(columns.row[pairs], return_inverse=True)
    order = np.lexsort((owner, local))
    counts = np.bincount(local, minlength=len(rows))
    return Neighbourhood(
        replace(
            instance,
            row_ptr=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            specialist=owner[order].astype(np.int64),
            cost=instance.cost[columns.pair[pairs[order]]],
            weight=instance.weight[rows],
            waiting_cost=instance.waiting_cost[rows],
            count=instance.count[rows],
            capacity=instance.capacity[specialists],
            intake=instance.intake[specialists],
            team=instance.team[specialists],
            team_capacity=_team_room(instance, assignment, specialists),
            **_conflicts_within(instance, rows),
            **_load_of(instance, specialists),
            groups=(),
        ),
        rows,
        specialists,
    )


def _team_room(instance: Instance, assignment: IntArray, specialists: IntArray) -> IntArray:
    """Team capacity left by the rows that stay."""
    if len(instance.team_capacity) == 1:
        return instance.team_capacity
    stays = (assignment >= 0) & ~np.isin(assignment, specialists)
    used = np.bincount(instance.team[assignment[stays]], weights=instance.weight[stays], minlength=len(instance.team_capacity))
    return instance.team_capacity - used.astype(np.int64)


def _conflicts_within(instance: Instance, rows: IntArray) -> dict[str, IntArray]:
    """Conflicts among `rows`, renumbered; rows elsewhere cannot share a specialist with them."""
    if not len(instance.conflict_row):
        return {"conflict_ptr": np.zeros(len(rows) + 1, dtype=np.int64), "conflict_row": instance.conflict_row}
    number = np.full(instance.num_rows, -1)
    number[rows] = np.arange(len(rows))
    others = [number[instance.conflict_row[instance.conflict_ptr[i] : instance.conflict_ptr[i + 1]]] for i in rows]
    others = [other[other >= 0] for other in others]
    ptr = np.concatenate([[0], np.cumsum([len(other) for other in others])]).astype(np.int64)
    return {"conflict_ptr": ptr, "conflict_row": np.concatenate([*others, np.zeros(0, dtype=np.int64)]).astype(np.int64)}


def _load_of(instance: Instance, specialists: IntArray) -> dict[str, IntArray]:
    """Cumulative load prices of `specialists` alone."""
    parts = [instance.load_cost[instance.load_ptr[j] : instance.load_ptr[j + 1]] for j in specialists]
    ptr = np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.int64)
    return {"load_ptr": ptr, "load_cost": np.concatenate(parts)}


def draw_specialists(
    columns: Columns, assignment: IntArray, slack: FloatArray, size: int, random: np.random.Generator
) -> IntArray:
    """Up to `size` specialists worth solving again together, rising.

    Parameters
    ----------
    slack
        Each specialist's own part of the gap, 0 or more; shape (num_specialists,).
    """
    num_specialists = len(slack)
    odds = slack + slack.sum() / num_specialists + 1e-9
    first = int(random.choice(num_specialists, p=odds / odds.sum()))
    shared = np.zeros(num_specialists)
    rows = columns.row[columns.ptr[first] : columns.ptr[first + 1]]
    holders = assignment[rows]
    np.add.at(shared, holders[holders >= 0], 1.0)
    appeal = np.log(shared + odds / odds.mean() * 0.5 + 1e-9) + random.gumbel(size=num_specialists)
    appeal[first] = np.inf
    return np.sort(np.argsort(-appeal, kind="stable")[:size])


def gap_parts(instance: Instance, rows: IntArray, value: FloatArray, knapsack: FloatArray) -> FloatArray:
    """Each specialist's own part of the gap at multipliers `value`; shape (num_specialists,).

    Parameters
    ----------
    rows
        Specialist of each row or -1; shape (num_rows,).
    knapsack
        The most that each book can be worth at `value`; shape (num_specialists,).
    """
    held = np.flatnonzero(rows >= 0)
    gain = value[held] - instance.row_costs(rows)[held]
    worth = np.bincount(rows[held], weights=gain, minlength=instance.num_specialists)
    load = np.bincount(rows[held], weights=instance.weight[held], minlength=instance.num_specialists).astype(np.int64)
    parts: FloatArray = np.maximum(knapsack - worth + instance.load_cost[instance.load_ptr[:-1] + load], 0.0)
    return parts
