"""The first complete answer: the flow where it splits no case, else the flow rounded or a short ascent and dives, polished."""

from dataclasses import dataclass

import numpy as np

from caserouter.routing.problem import IntArray
from caserouter.routing.solver.columns import Columns, FloatArray, promising_columns, reduced_costs, row_prices
from caserouter.routing.solver.dive import dive
from caserouter.routing.solver.dual_ascent import ascend, step_effort
from caserouter.routing.solver.flow import Relaxation
from caserouter.routing.solver.local_search import local_search, usual_temperature
from caserouter.routing.solver.rounding import complete, round_flow
from caserouter.routing.solver.search import Search

_CLOSE = 0.003
"""A rounded flow within this gap needs no dive before the first answer."""
_DIVE_EFFORT = 2_000_000_000
"""Books of thousands of units make a dive dearer than this; there the rounded flow is close anyway."""


@dataclass(frozen=True, slots=True)
class _Effort:
    """How hard to try for the first answer.

    Parameters
    ----------
    width
        Promising pairs per row.
    climb, step
        Subgradient steps of the ascent, and their first length.
    fractions
        One dive per entry, each fixing this part of the open rows a round.
    settle
        Subgradient steps between the rounds of a dive.
    """

    width: int
    climb: int
    step: float
    fractions: tuple[float, ...]
    settle: int


def _effort_for(num_pairs: int) -> _Effort:
    """The flow takes longer the larger the problem, which leaves more room for the rest within a few times its time."""
    if num_pairs < 20_000:
        return _Effort(width=8, climb=20, step=0.15, fractions=(0.25,), settle=8)
    if num_pairs < 200_000:
        return _Effort(width=8, climb=25, step=0.15, fractions=(0.2,), settle=10)
    return _Effort(width=12, climb=60, step=0.2, fractions=(0.2, 0.15), settle=10)


def take_integral_flow(search: Search, relaxation: Relaxation) -> bool:
    """Take the flow's answer where it assigns whole rows; whether that settles the problem."""
    row = search.instance.pair_row
    used = np.flatnonzero(relaxation.flow)
    if search.instance.has_side_constraints or (relaxation.flow[used] != search.instance.weight[row[used]]).any():
        return False
    rows = np.full(search.instance.num_rows, -1, dtype=np.int64)
    rows[row[used]] = search.instance.specialist[used]
    search.offer(rows, "flow")
    return search.finished()


def find_first_answer(search: Search, relaxation: Relaxation) -> None:
    """A complete answer in about the time of the flow: the flow rounded, or a short ascent and a dive."""
    effort = _effort_for(len(search.instance.cost))
    reduced = reduced_costs(search.instance, relaxation.unit_price)
    columns = promising_columns(search.instance, reduced, effort.width)
    search.offer(round_flow(search.instance, relaxation.flow), "rounded flow")
    if search.gap > _CLOSE and effort.climb * step_effort(search.instance, columns) <= _DIVE_EFFORT:
        _dive(search, columns, row_prices(search.instance, reduced), relaxation.bound, effort)
    search.offer(polish(search, columns, search.rows, steps_per_row=5), "local search")
    search.report()


def _dive(search: Search, columns: Columns, value: FloatArray, bound: int, effort: _Effort) -> None:
    """A short ascent from `value`, and the dives that start where it ends."""
    share = np.zeros(len(columns.row))
    target = bound + 0.01 * float(value.sum())
    _, value, _, climbed = ascend(
        search.instance, columns, value, iterations=effort.climb, target=target, step=effort.step, share=share
    )
    search.spend(climbed)
    for fraction in effort.fractions:
        rows, dived = dive(search.instance, columns, value, share, fraction=fraction, iterations=effort.settle)
        search.spend(dived)
        search.offer(complete(search.instance, rows), "dive")


def polish(search: Search, columns: Columns, rows: IntArray, *, steps_per_row: int) -> IntArray:
    """Local search from `rows`, charged to the budget of `search`."""
    instance = search.instance
    steps = steps_per_row * instance.num_rows
    rows, effort = local_search(instance, columns, rows, steps=steps, temperature=usual_temperature(instance), seed=search.seed)
    search.spend(effort)
    return rows
