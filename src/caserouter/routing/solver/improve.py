"""Improvement of a first answer: a long dual ascent, a careful dive, then neighbourhoods, then a proof where one is in reach.

Each neighbourhood is solved as the whole was: ascent from the known multipliers, dive, local search. Measured against CP-SAT
on the same neighbourhoods this was ten times as many of them a second, and a smaller gap after any time from one second on.
CP-SAT gets what they leave: the core of pairs that a better answer could still use, once that is small.
"""

from typing import TYPE_CHECKING

import numpy as np

from caserouter.routing.problem import IntArray
from caserouter.routing.solver.columns import Columns, FloatArray, all_columns, promising_columns, reduced_costs, row_prices
from caserouter.routing.solver.core import core_pairs
from caserouter.routing.solver.cpsat import AssignmentModel
from caserouter.routing.solver.dive import dive
from caserouter.routing.solver.dual_ascent import Certificate, ascend, certify
from caserouter.routing.solver.flow import Relaxation
from caserouter.routing.solver.local_search import local_search
from caserouter.routing.solver.neighbourhood import Neighbourhood, draw_specialists, extract, gap_parts
from caserouter.routing.solver.rounding import complete

if TYPE_CHECKING:
    from caserouter.routing.solver.search import Search

_WIDTH = 20
_ROUNDS = 8
_ROUND = 50
_REFRESH = 50
_SIZES = (6, 8, 10, 14)
_OVERHEAD = 200_000
"""Effort charged per neighbourhood for what is not compiled, in kernel steps."""
_FIRST_PROOF = 0.03
_CORE_SCAN = 400_000
_CORE_PAIRS = 3_000


def improve(search: "Search", relaxation: Relaxation) -> None:
    """Tighten the bound and better the incumbent of `search` until its budget is spent."""
    instance = search.instance
    reduced = reduced_costs(instance, relaxation.unit_price)
    columns = promising_columns(instance, reduced, _WIDTH, search.rows)
    certificate, share = climb_to_bound(search, columns, row_prices(instance, reduced))
    if search.finished():
        return
    rows, effort = dive(instance, columns, certificate.value, share, fraction=0.06, iterations=15)
    search.spend(effort)
    search.offer(polish(search, columns, complete(instance, rows), steps_per_row=50), "dive")
    search.report()
    columns = promising_columns(instance, reduced, _WIDTH, search.rows)
    core_size = _CORE_PAIRS + 1
    budget = _FIRST_PROOF
    while not search.finished():
        search_neighbourhoods(search, columns, certificate, until=search.work + budget)
        if not search.finished():
            core_size = prove(search, certificate, smaller_than=core_size)
        budget *= 4


def polish(search: "Search", columns: Columns, rows: IntArray, *, steps_per_row: int) -> IntArray:
    """Local search from `rows`, charged to the budget of `search`."""
    instance = search.instance
    steps = steps_per_row * instance.num_rows
    temperature = 0.02 * float(np.median(instance.cost))
    rows, effort = local_search(instance, columns, rows, steps=steps, temperature=temperature, seed=search.seed)
    search.spend(effort)
    return rows


def climb_to_bound(search: "Search", columns: Columns, value: FloatArray) -> tuple[Certificate, FloatArray]:
    """Raise the bound of `search` by dual ascent in rounds; returns the last certificate and the averaged choices."""
    share = np.zeros(len(columns.row))
    step = 0.3
    highest, best = -np.inf, value
    for _ in range(_ROUNDS):
        bound, value, step, effort = ascend(
            search.instance, columns, value, iterations=_ROUND, target=float(search.objective), step=step, share=share
        )
        search.spend(effort)
        gained = bound - highest
        if gained > 0:
            highest, best = bound, value
        if gained < 1e-5 * search.pair_cost or search.finished():
            break
    certificate = certify(search.instance, best)
    search.spend(certificate.effort)
    search.raise_bound(certificate.bound)
    search.report()
    return certificate, share


def search_neighbourhoods(search: "Search", columns: Columns, certificate: Certificate, *, until: float) -> None:
    """Solve neighbourhoods, each drawn where the gap is, and keep what is no worse, until the work reaches `until`."""
    attempt = 0
    while search.work < until and not search.finished():
        if attempt % _REFRESH == 0:
            slack = gap_parts(search.instance, search.rows, certificate.value, certificate.knapsack)
            search.report()
        attempt += 1
        size = int(search.random.choice(_SIZES))
        specialists = draw_specialists(columns, search.rows, slack, size, search.random)
        part = extract(search.instance, columns, search.rows, specialists)
        search.spend(_OVERHEAD)
        if not len(part.rows):
            continue
        before = part.local(search.rows)
        after, effort = solve_again(part, certificate.value, seed=int(search.random.integers(2**31)))
        search.spend(effort)
        gained = part.instance.objective(before) - part.instance.objective(after)
        if gained >= 0:
            search.accept(part.merge(search.rows, after), gained)


def solve_again(part: Neighbourhood, value: FloatArray, *, seed: int) -> tuple[IntArray, int]:
    """A new answer for a neighbourhood, from the whole problem's multipliers; returns it and the effort."""
    columns = all_columns(part.instance)
    share = np.zeros(len(columns.row))
    local = value[part.rows]
    _, local, _, climbed = ascend(part.instance, columns, local, iterations=40, target=float(local.sum()), share=share)
    rows, dived = dive(part.instance, columns, local, share, fraction=0.15, iterations=8)
    temperature = 0.02 * float(np.median(part.instance.cost))
    rows, searched = local_search(
        part.instance, columns, rows, steps=20 * len(part.rows), temperature=temperature, seed=seed
    )
    return rows, climbed + dived + searched


def prove(search: "Search", certificate: Certificate, *, smaller_than: int) -> int:
    """Let CP-SAT settle the core of pairs that could still be in a better answer, where that is small enough.

    Returns the number of pairs in the core, so that the next attempt can wait until it has shrunk.
    """
    instance = search.instance
    if len(instance.cost) > _CORE_SCAN:
        return smaller_than
    keep = core_pairs(instance, certificate.value, search.objective - certificate.bound + 1.0)
    size = int(keep.sum())
    if size >= smaller_than:
        return smaller_than
    keep |= search.rows[instance.pair_row] == instance.specialist
    model = AssignmentModel(instance.keep_pairs(keep), search.rows)
    whole = size <= _CORE_PAIRS // 2
    work = search.work_left() if whole else search.work_left() / 2
    time = search.time_left()
    answer = model.solve(work_limit=work, time_limit=time if whole or time is None else time / 2, seed=search.seed)
    search.work += answer.work
    if answer.assignment is not None:
        search.offer(answer.assignment, "cp-sat")
    if answer.bound is not None:
        search.raise_bound(min(answer.bound, search.objective))
    search.interrupted |= answer.interrupted
    search.report()
    return int(size * 0.7)
