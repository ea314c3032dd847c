"""Solve one neighbourhood after another, by whichever of two engines gains more.

The *dive* solves a neighbourhood as the whole was solved: ascent from the known multipliers, dive, local search. It takes
milliseconds and gains most at first, and on large problems throughout. *CP-SAT* solves larger neighbourhoods to their
optimum, which goes on gaining where dives no longer do. Work is dealt out in windows: the next goes to the engine whose last
window gained more, where the memory of a gain halves with every window.
"""

import numpy as np

from caserouter.routing.problem import IntArray
from caserouter.routing.solver.columns import Columns, FloatArray, all_columns
from caserouter.routing.solver.core import core_effort, core_pairs
from caserouter.routing.solver.cpsat import AssignmentModel
from caserouter.routing.solver.dive import dive
from caserouter.routing.solver.dual_ascent import Certificate, ascend, certify
from caserouter.routing.solver.instance import Instance
from caserouter.routing.solver.local_search import local_search, usual_temperature
from caserouter.routing.solver.neighbourhood import Neighbourhood, draw_specialists, extract, gap_parts
from caserouter.routing.solver.search import Search

_WINDOW = 0.3
"""Work that an engine is given before the two are compared again."""
_SIZES = (6, 8, 10, 14)
"""Specialists in a dive's neighbourhood, drawn anew each time."""
_OVERHEAD = 200_000
"""Effort charged per neighbourhood for what is not compiled, in kernel steps."""
_UNTRIED = 1e15
"""Gain that CP-SAT is credited with before its first window: so large that it comes right after the dive."""
_EXACT_START = 20.0
"""Specialists in CP-SAT's first neighbourhood."""
_EXACT_WORK = 0.5
"""Most work for one of them."""
_CORE_EFFORT = 40_000_000
"""Where the scan for the core would take longer than this, CP-SAT gets every pair."""
_EXACT_TARGET = 0.04
"""Work that CP-SAT's neighbourhoods should take: the next is larger by `_LARGER` below it, else smaller by `_SMALLER`."""
_LARGER = 1.015
_SMALLER = 0.97
_WORK_PER_PAIR = 5e-6
"""Work charged per pair for building the model."""


class NeighbourhoodSearch:
    """Neighbourhoods drawn where the gap is, as long as the budget of a search lasts.

    Parameters
    ----------
    search
        Its incumbent is improved in place.
    columns
        Pairs to choose from. They must include those of the incumbent, and be replaced when another engine has bettered it:
        a row whose pair is missing would not be found with the specialist who holds it.
    certificate
        Multipliers and knapsacks that tell where the gap is.
    """

    def __init__(self, search: Search, columns: Columns, certificate: Certificate) -> None:
        self._search = search
        self.columns = columns
        self._certificate = certificate
        self._gain = {"dive": np.inf, "cp-sat": _UNTRIED}
        self._exact_size = _EXACT_START
        self._slack = np.zeros(search.instance.num_specialists)

    def run(self, until: float) -> None:
        """Go on until the work of the search reaches `until` or its budget is spent."""
        search = self._search
        while search.work < until and not search.finished():
            engine = max(("cp-sat", "dive"), key=self._gain.__getitem__)
            before = search.objective
            window = min(search.work + _WINDOW, until)
            self._slack = gap_parts(search.instance, search.rows, self._certificate.value, self._certificate.knapsack)
            search.report()
            while search.work < window and not search.finished():
                self._step(engine)
            self._gain = {name: gain / 2 for name, gain in self._gain.items()}
            self._gain[engine] = float(before - search.objective)

    def _step(self, engine: str) -> None:
        """Draw a neighbourhood, solve it again, and keep the answer if it is no worse."""
        search = self._search
        size = int(search.random.choice(_SIZES)) if engine == "dive" else int(self._exact_size)
        specialists = draw_specialists(self.columns, search.rows, self._slack, size, search.random)
        part = extract(search.instance, self.columns, search.rows, specialists)
        search.spend(_OVERHEAD)
        if not len(part.rows):
            return
        before = part.local(search.rows)
        seed = int(search.random.integers(2**31))
        after = self._dive(part, seed) if engine == "dive" else self._solve_exactly(part, before, seed)
        gained = part.instance.objective(before) - part.instance.objective(after)
        if gained >= 0:
            search.accept(part.merge(search.rows, after), gained)

    def _dive(self, part: Neighbourhood, seed: int) -> IntArray:
        rows, effort = solve_again(part, self._certificate.value, seed=seed)
        self._search.spend(effort)
        return rows

    def _solve_exactly(self, part: Neighbourhood, before: IntArray, seed: int) -> IntArray:
        """The optimum of a neighbourhood, or the best within the budget; the next one is larger if this was easy."""
        search = self._search
        local, effort = core_instance(part.instance, before, self._certificate.value[part.rows])
        search.spend(effort)
        limit = min(_EXACT_WORK, max(search.work_left(), 1e-3))
        answer = AssignmentModel(local, before).solve(work_limit=limit, time_limit=search.time_left(), seed=seed)
        search.work += answer.work + len(local.cost) * _WORK_PER_PAIR
        search.interrupted |= answer.interrupted
        factor = _LARGER if answer.work < _EXACT_TARGET else _SMALLER
        self._exact_size = float(np.clip(self._exact_size * factor, 5.0, search.instance.num_specialists))
        return before if answer.assignment is None else answer.assignment


def core_instance(instance: Instance, rows: IntArray, value: FloatArray) -> tuple[Instance, int]:
    """`instance` with only the pairs that `rows`, or an answer better than it, could use; and the effort it took."""
    scan = core_effort(instance)
    if scan > _CORE_EFFORT:
        return instance, 0
    columns = all_columns(instance)
    objective = instance.objective(rows)
    _, value, _, climbed = ascend(instance, columns, value, iterations=30, target=float(objective), step=0.1)
    certificate = certify(instance, value)
    keep = core_pairs(instance, certificate.value, objective - certificate.bound + 1.0)
    keep |= rows[instance.pair_row] == instance.specialist
    return instance.keep_pairs(keep), climbed + certificate.effort + scan


def solve_again(part: Neighbourhood, value: FloatArray, *, seed: int) -> tuple[IntArray, int]:
    """A new answer for a neighbourhood, from the whole problem's multipliers; returns it and the effort."""
    columns = all_columns(part.instance)
    share = np.zeros(len(columns.row))
    local = value[part.rows]
    _, local, _, climbed = ascend(part.instance, columns, local, iterations=40, target=float(local.sum()), share=share)
    rows, dived = dive(part.instance, columns, local, share, fraction=0.15, iterations=8)
    temperature = usual_temperature(part.instance)
    rows, searched = local_search(part.instance, columns, rows, steps=20 * len(part.rows), temperature=temperature, seed=seed)
    return rows, climbed + dived + searched
