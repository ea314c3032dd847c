"""Complete answers from incomplete ones: insert every row that still fits, the dearest to leave waiting first."""

import numpy as np
from numba import njit

from caserouter.routing.problem import IntArray
from caserouter.routing.solver.dive import may_take
from caserouter.routing.solver.instance import Instance


def round_flow(instance: Instance, flow: IntArray) -> IntArray:
    """The rows that the flow sends whole, in order of weight, then whatever else fits; shape (num_rows,)."""
    row = instance.pair_row
    whole = np.flatnonzero((flow > 0) & (flow == instance.weight[row]))
    rows = np.full(instance.num_rows, -1, dtype=np.int64)
    if not instance.has_side_constraints:
        rows[row[whole]] = instance.specialist[whole]
        return complete(instance, rows)
    wish = np.full(instance.num_rows, -1, dtype=np.int64)
    wish[row[whole]] = instance.specialist[whole]
    return complete(instance, rows, wish)


def complete(instance: Instance, rows: IntArray, wish: IntArray | None = None) -> IntArray:
    """`rows` with every waiting row placed where it costs least among those with room.

    Parameters
    ----------
    rows
        Specialist of each row or -1; must satisfy every constraint; shape (num_rows,).
    wish
        Specialists to try before all others, or -1; shape (num_rows,).

    Returns
    -------
    rows
        Rows that fit nowhere still wait; shape (num_rows,).
    """
    waiting = np.flatnonzero(rows < 0)
    dearest = np.argsort(-(instance.waiting_cost[waiting] / instance.weight[waiting]), kind="stable")
    held = np.flatnonzero(rows >= 0)
    wishes = np.full(instance.num_rows, -1, dtype=np.int64) if wish is None else wish
    placed = rows.copy()
    for preferred in (wishes, None) if wish is not None else (None,):
        _insert(
            placed,
            waiting[dearest],
            held,
            np.zeros(0, dtype=np.int64) if preferred is None else preferred,
            instance.row_ptr,
            instance.specialist,
            instance.cost,
            instance.waiting_cost,
            instance.weight,
            instance.count,
            instance.capacity.copy(),
            instance.intake.copy(),
            instance.team,
            instance.team_capacity.copy(),
            instance.conflict_ptr,
            instance.conflict_row,
            instance.load_ptr,
            instance.load_cost,
        )
        held = np.flatnonzero(placed >= 0)
    return placed


@njit(cache=True)
def _insert(  # type: ignore[no-untyped-def]
    rows, order, held, wish, row_ptr, specialist, cost, waiting, weight, count, room, intake, team, team_room,
    conflict_ptr, conflict_row, load_ptr, load_cost,
):  # fmt: skip
    """Place the rows in `order` one by one, in place; with `wish` given, only where they wish to go."""
    load = np.zeros(len(room), np.int64)
    for i in held:
        j = rows[i]
        load[j] += weight[i]
        room[j] -= weight[i]
        intake[j] -= count[i]
        team_room[team[j]] -= weight[i]
    for i in order:
        if rows[i] >= 0:
            continue
        target = -1
        least = waiting[i]
        for a in range(row_ptr[i], row_ptr[i + 1]):
            j = specialist[a]
            if len(wish) and wish[i] != j:
                continue
            base = load_ptr[j] + load[j]
            if weight[i] <= room[j]:
                there = cost[a] + load_cost[base + weight[i]] - load_cost[base]
                if there <= least and may_take(
                    i, j, rows, weight, count, room, intake, team, team_room, conflict_ptr, conflict_row
                ):
                    target, least = j, there
        if target >= 0:
            rows[i] = target
            load[target] += weight[i]
            room[target] -= weight[i]
            intake[target] -= count[i]
            team_room[team[target]] -= weight[i]
