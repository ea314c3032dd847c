"""From prices to an assignment: fix what the knapsacks agree on, climb again on the rest, repeat.

After a dual ascent the averaged answers of the knapsacks lie close to the master problem's optimal primal solution. A dive
fixes the pairs with the largest shares, lowers the capacities that they use, lets the ascent adjust the prices of what is
left for a few steps, and goes on until nothing more fits. Rows left over are inserted where they cost least.
"""

import numpy as np
from numba import njit

from caserouter.routing.problem import IntArray
from caserouter.routing.solver.columns import Columns, FloatArray
from caserouter.routing.solver.dual_ascent import climb
from caserouter.routing.solver.instance import Instance

_SURE = 0.98
_SEEN = 1e-3


def dive(
    instance: Instance,
    columns: Columns,
    value: FloatArray,
    share: FloatArray,
    *,
    fraction: float = 0.08,
    iterations: int = 15,
    step: float = 0.05,
) -> tuple[IntArray, int]:
    """Round the ascent's answer to an assignment that satisfies every constraint.

    Parameters
    ----------
    value, share
        Multipliers and averaged choices of a dual ascent over `columns`.
    fraction
        Part of the open rows to fix per round, 0 to 1; surer pairs are fixed in any case.
    iterations, step
        Subgradient steps between rounds, and their length.

    Returns
    -------
    assignment, effort
        Specialist of each row or -1, shape (num_rows,), and the effort spent.
    """
    assignment, effort = _dive(
        value.copy(),
        share.copy(),
        fraction,
        iterations,
        step,
        columns.ptr,
        columns.row,
        columns.cost,
        instance.weight,
        instance.waiting_cost.astype(np.float64),
        instance.count,
        instance.capacity.copy(),
        instance.intake.copy(),
        instance.team,
        instance.team_capacity.copy(),
        instance.conflict_ptr,
        instance.conflict_row,
        instance.load_ptr[:-1].copy(),
        instance.load_cost.astype(np.float64),
    )
    return assignment, int(effort)


@njit(cache=True)
def may_take(  # type: ignore[no-untyped-def]
    i, j, assignment, weight, count, room, intake, team, team_room, conflict_ptr, conflict_row
):
    """Whether specialist *j* has room, intake and team room for row *i*, and holds no row separated from it."""
    if weight[i] > room[j] or count[i] > intake[j] or weight[i] > team_room[team[j]]:
        return False
    for c in range(conflict_ptr[i], conflict_ptr[i + 1]):
        if assignment[conflict_row[c]] == j:
            return False
    return True


@njit(cache=True)
def _dive(  # type: ignore[no-untyped-def]
    value, share, fraction, iterations, step, ptr, row, cost, weight, waiting, count,
    room, intake, team, team_room, conflict_ptr, conflict_row, load_base, load_cost,
):  # fmt: skip
    n = len(weight)
    assignment = np.full(n, -1)
    done = np.zeros(n, np.bool_)
    effort = 0
    num_open = n
    while True:
        seen = np.flatnonzero(share > _SEEN)
        owner = np.searchsorted(ptr, seen, side="right") - 1
        order = np.argsort(-share[seen], kind="mergesort")
        quota = int(fraction * num_open) + 1
        fixed = 0
        for s in order:
            if fixed >= quota and share[seen[s]] < _SURE:
                break
            i, j = row[seen[s]], owner[s]
            if not done[i] and may_take(
                i, j, assignment, weight, count, room, intake, team, team_room, conflict_ptr, conflict_row
            ):
                done[i] = True
                assignment[i] = j
                room[j] -= weight[i]
                intake[j] -= count[i]
                team_room[team[j]] -= weight[i]
                load_base[j] += weight[i]
                fixed += 1
        if fixed == 0:
            return assignment, effort
        num_open -= fixed
        usable = _usable(room, intake, team, team_room)
        ptr, row, cost, share = _still_open(ptr, row, cost, share, done, weight, usable)
        reach = 0.0
        for i in range(n):
            if not done[i]:
                reach += value[i]
        _, value, _, spent = climb(
            value, iterations, step, reach, ptr, row, cost, weight, waiting, usable, load_base, load_cost, done, share
        )
        effort += spent + len(row)


@njit(cache=True)
def _still_open(  # type: ignore[no-untyped-def]
    ptr, row, cost, share, done, weight, room
):
    """The pairs whose row is open and whose specialist has room for it."""
    kept = np.empty(len(row), np.int64)
    new_ptr = np.zeros(len(ptr), np.int64)
    num_kept = 0
    for j in range(len(ptr) - 1):
        for a in range(ptr[j], ptr[j + 1]):
            if not done[row[a]] and weight[row[a]] <= room[j]:
                kept[num_kept] = a
                num_kept += 1
        new_ptr[j + 1] = num_kept
    kept = kept[:num_kept]
    return new_ptr, row[kept], cost[kept], share[kept]


@njit(cache=True)
def _usable(room: IntArray, intake: IntArray, team: IntArray, team_room: IntArray) -> IntArray:
    """Room that intake and team limits leave open."""
    usable = room.copy()
    for j in range(len(room)):
        usable[j] = 0 if intake[j] <= 0 else min(room[j], team_room[team[j]])
    return usable
