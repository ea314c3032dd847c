"""Improvement of a first answer: a long dual ascent, a careful dive, neighbourhoods, and a proof where one is in reach."""

import numpy as np

from caserouter.routing.solver.columns import Columns, FloatArray, promising_columns, reduced_costs, row_prices
from caserouter.routing.solver.core import core_effort, core_pairs
from caserouter.routing.solver.cpsat import AssignmentModel
from caserouter.routing.solver.dive import dive
from caserouter.routing.solver.dual_ascent import Certificate, ascend, certify, step_effort
from caserouter.routing.solver.first_answer import polish
from caserouter.routing.solver.flow import Relaxation
from caserouter.routing.solver.neighbourhood_search import NeighbourhoodSearch
from caserouter.routing.solver.rounding import complete
from caserouter.routing.solver.search import Search

_WIDTH = 20
"""Promising pairs per row."""
_ROUNDS = 8
"""Most rounds of the long ascent."""
_ROUND = 50
"""Subgradient steps in a round; a round that gains next to nothing is the last."""
_FIRST_PROOF = 0.03
"""Work before the first attempt at a proof; four times as much before each further one."""
_CORE_SCAN = 400_000
"""Pairs beyond which no core is looked for."""
_CORE_EFFORT = 200_000_000
"""Books of a thousand units and more make the scan for the core dearer than what it could settle."""
_CORE_PAIRS = 3_000
"""Pairs that CP-SAT may be given as a core; up to half of them it gets the whole budget, else half."""


def improve(search: Search, relaxation: Relaxation) -> None:
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
    neighbourhoods = NeighbourhoodSearch(search, columns, certificate)
    core_size = _CORE_PAIRS + 1
    budget = _FIRST_PROOF
    while not search.finished():
        neighbourhoods.run(search.work + budget)
        if not search.finished():
            core_size = prove(search, certificate, smaller_than=core_size)
            neighbourhoods.columns = promising_columns(instance, reduced, _WIDTH, search.rows)
        budget *= 4


def climb_to_bound(search: Search, columns: Columns, value: FloatArray) -> tuple[Certificate, FloatArray]:
    """Raise the bound of `search` by dual ascent in rounds; returns the last certificate and the averaged choices."""
    share = np.zeros(len(columns.row))
    step = 0.3
    highest, best = -np.inf, value
    for _ in range(_ROUNDS):
        iterations = max(1, min(_ROUND, search.affordable(step_effort(search.instance, columns))))
        bound, value, step, effort = ascend(
            search.instance, columns, value, iterations=iterations, target=float(search.objective), step=step, share=share
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


def prove(search: Search, certificate: Certificate, *, smaller_than: int) -> int:
    """Let CP-SAT settle the core of pairs that could still be in a better answer, where that is small enough.

    Returns the size below which the core is worth another attempt: seven tenths of this one, or `smaller_than` if there was none.
    """
    instance = search.instance
    effort = core_effort(instance)
    if len(instance.cost) > _CORE_SCAN or effort > _CORE_EFFORT:
        return smaller_than
    search.spend(effort)
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
