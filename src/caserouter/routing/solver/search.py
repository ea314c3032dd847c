"""One solve in progress: the incumbent, the bound and the budget that its steps share."""

from time import perf_counter

import numpy as np

from caserouter.routing.problem import IntArray, RoutingProblem
from caserouter.routing.result import RoutingResult, Status, check_answer, relative_gap
from caserouter.routing.solver.columns import row_prices
from caserouter.routing.solver.instance import build_instance
from caserouter.routing.solver.progress import Listener, Progress

EFFORT_PER_WORK = 4e8
"""Kernel steps that make one unit of work, one to three seconds of one core."""


class Search:
    """One solve in progress: the incumbent, the bound and the budget that its steps share.

    Parameters
    ----------
    problem, work_limit, time_limit, gap, seed, progress
        As for `solve`.
    """

    def __init__(
        self,
        problem: RoutingProblem,
        *,
        work_limit: float,
        time_limit: float | None,
        gap: float,
        seed: int,
        progress: Listener | None,
    ) -> None:
        self.started = perf_counter()
        self.problem = problem
        self.instance = build_instance(problem)
        self.seed = seed
        self.random = np.random.default_rng(seed)
        self.work = 0.0
        self.interrupted = False
        self._work_limit = work_limit
        self._time_limit = time_limit
        self._gap = gap
        self._progress = progress
        self.engine = "waiting"
        self.rows = np.full(self.instance.num_rows, -1, dtype=np.int64)
        self.objective = self.instance.objective(self.rows)
        cheapest = row_prices(self.instance, self.instance.cost.astype(np.float64))
        self.bound = int(cheapest.astype(np.int64).sum())  # each is whole; a sum of floats would round past 2^53

    def spend(self, effort: int) -> None:
        """Charge kernel steps to the work budget."""
        self.work += effort / EFFORT_PER_WORK

    def affordable(self, effort: int) -> int:
        """How many times the work budget still allows `effort` kernel steps."""
        return int(self.work_left() * EFFORT_PER_WORK / max(effort, 1))

    def work_left(self) -> float:
        """Work that the budget still allows."""
        return max(self._work_limit - self.work, 0.0)

    def time_left(self) -> float | None:
        """Seconds that the time limit still allows; None without a limit."""
        return None if self._time_limit is None else max(self._time_limit - (perf_counter() - self.started), 0.0)

    def finished(self) -> bool:
        """Whether the gap is closed far enough, or the budget is spent."""
        if self.interrupted or self.objective <= self.bound or self.work >= self._work_limit or self.time_left() == 0.0:
            return True
        return self._gap > 0 and self.gap <= self._gap

    @property
    def gap(self) -> float:
        """(objective − bound) ÷ pair cost of the incumbent."""
        return relative_gap(self.objective, self.bound, self.pair_cost)

    @property
    def pair_cost(self) -> int:
        """What the incumbent's chosen pairs cost, in cost units."""
        return int(self.instance.row_costs(self.rows)[self.rows >= 0].sum())

    def offer(self, rows: IntArray, engine: str) -> None:
        """Take `rows` as the incumbent if it is better; shape (num_rows,)."""
        value = self.instance.objective(rows)
        if value < self.objective:
            self.rows, self.objective, self.engine = rows, value, engine

    def accept(self, rows: IntArray, gained: int) -> None:
        """Take `rows`, known to be `gained` cost units better than the incumbent, or equally good."""
        self.rows = rows
        self.objective -= gained
        if gained:
            self.engine = "neighbourhoods"

    def raise_bound(self, bound: int) -> None:
        """Keep the best bound."""
        self.bound = max(self.bound, bound)

    def report(self) -> None:
        """Tell the listener how far the solve is."""
        if self._progress is not None:
            runtime = perf_counter() - self.started
            self._progress(Progress(self.engine, self.objective, self.bound, self.gap, self.work, runtime))

    def result(self) -> RoutingResult:
        """The incumbent with its certificate."""
        proved = self.objective <= self.bound
        status = Status.OPTIMAL if proved else Status.INTERRUPTED if self.interrupted else Status.FEASIBLE
        assignment = self.instance.expand(self.rows, self.problem.num_cases)
        check_answer(self.problem, assignment, self.objective)
        return RoutingResult(
            status=status,
            assignment=assignment,
            objective=self.objective,
            pair_cost=self.pair_cost,
            bound=self.bound,
            engine=self.engine,
            runtime=perf_counter() - self.started,
            work=self.work,
        )
