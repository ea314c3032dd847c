"""The exact model for CP-SAT: small problems whole, larger ones by neighbourhood.

minimise   Σ cost[i, j] x[i, j] + Σ waiting[i] z[i] + Σ_j load_cost_j(Σ_i weight[i] x[i, j])
subject to Σ_j x[i, j] + z[i] = 1                        every row once, or waiting
           Σ_i weight[i] x[i, j] <= capacity[j]          caseload
           Σ_i count[i] x[i, j]  <= intake[j]            intake limit
           Σ_{j in t} Σ_i weight[i] x[i, j] <= room[t]   team cap
           x[i, j] + x[k, j] <= 1                        separated rows i and k
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from caserouter.routing.problem import IntArray
from caserouter.routing.solver.instance import UNLIMITED, Instance


@dataclass(frozen=True, slots=True, eq=False)
class ExactAnswer:
    """What CP-SAT found.

    Parameters
    ----------
    assignment
        Specialist of each row or -1, shape (num_rows,); None if it found none in time.
    bound
        Proved bound in cost units, or None.
    work
        Deterministic time spent, about seconds.
    interrupted
        Whether Ctrl-C ended it.
    """

    assignment: IntArray | None
    bound: int | None
    work: float
    interrupted: bool


class AssignmentModel:
    """The CP-SAT model of an instance, one method per constraint of the formulation above.

    Parameters
    ----------
    instance
        Its linked rows are merged already.
    hint
        An assignment to start from; shape (num_rows,).
    """

    def __init__(self, instance: Instance, hint: IntArray | None = None) -> None:
        self.instance = instance
        self.model = cp_model.CpModel()
        self.row = instance.pair_row
        self.take = [self.model.new_bool_var("") for _ in range(len(instance.cost))]
        self.wait = [self.model.new_bool_var("") for _ in range(instance.num_rows)]
        self._by_specialist: list[list[int]] = [[] for _ in range(instance.num_specialists)]
        for a, j in enumerate(instance.specialist):
            self._by_specialist[j].append(a)
        self._every_row_once()
        self._caseloads()
        self._intake_limits()
        self._team_caps()
        self._separations()
        self._objective()
        if hint is not None:
            self._hint(hint)

    def _every_row_once(self) -> None:
        ptr = self.instance.row_ptr
        for i in range(self.instance.num_rows):
            self.model.add_exactly_one([*self.take[ptr[i] : ptr[i + 1]], self.wait[i]])

    def _load(self, pairs: list[int], coefficient: IntArray) -> cp_model.LinearExprT:
        return cp_model.LinearExpr.weighted_sum([self.take[a] for a in pairs], [int(coefficient[self.row[a]]) for a in pairs])

    def _caseloads(self) -> None:
        for j, pairs in enumerate(self._by_specialist):
            if pairs:
                self.model.add(self._load(pairs, self.instance.weight) <= int(self.instance.capacity[j]))

    def _intake_limits(self) -> None:
        for j, pairs in enumerate(self._by_specialist):
            if pairs and self.instance.intake[j] < UNLIMITED:
                self.model.add(self._load(pairs, self.instance.count) <= int(self.instance.intake[j]))

    def _team_caps(self) -> None:
        for team, room in enumerate(self.instance.team_capacity):
            pairs = [a for j, held in enumerate(self._by_specialist) if self.instance.team[j] == team for a in held]
            if pairs and room < UNLIMITED:
                self.model.add(self._load(pairs, self.instance.weight) <= int(room))

    def _separations(self) -> None:
        ptr, other = self.instance.conflict_ptr, self.instance.conflict_row
        by_pair = {(int(self.row[a]), int(j)): a for a, j in enumerate(self.instance.specialist)} if len(other) else {}
        for i in range(self.instance.num_rows):
            for k in other[ptr[i] : ptr[i + 1]]:
                for a in range(self.instance.row_ptr[i], self.instance.row_ptr[i + 1]):
                    b = by_pair.get((int(k), int(self.instance.specialist[a])))
                    if i < k and b is not None:
                        self.model.add_at_most_one([self.take[a], self.take[b]])

    def _objective(self) -> None:
        variables = [*self.take, *self.wait]
        coefficients = [int(c) for c in (*self.instance.cost, *self.instance.waiting_cost)]
        if self.instance.has_load_price:
            for pieces, prices in self._load_pieces():
                variables += pieces
                coefficients += prices
        self.model.minimize(cp_model.LinearExpr.weighted_sum(variables, coefficients))

    def _load_pieces(self) -> list[tuple[list[cp_model.IntVar], list[int]]]:
        """Load in runs of equal price; convexity fills the cheap runs first."""
        pieces = []
        for j, pairs in enumerate(self._by_specialist):
            base = self.instance.load_ptr[j]
            steps = np.diff(self.instance.load_cost[base : base + self.instance.capacity[j] + 1])
            if not pairs or not len(steps):
                continue
            prices, lengths = np.unique(steps, return_counts=True)
            runs = [self.model.new_int_var(0, int(length), "") for length in lengths]
            self.model.add(cp_model.LinearExpr.sum(runs) == self._load(pairs, self.instance.weight))
            pieces.append((runs, [int(price) for price in prices]))
        return pieces

    def _hint(self, assignment: IntArray) -> None:
        chosen = assignment[self.row] == self.instance.specialist
        for a, variable in enumerate(self.take):
            self.model.add_hint(variable, bool(chosen[a]))
        for i, variable in enumerate(self.wait):
            self.model.add_hint(variable, bool(assignment[i] < 0))

    def solve(self, *, work_limit: float, time_limit: float | None = None, seed: int = 0) -> ExactAnswer:
        """Solve within `work_limit` (CP-SAT's deterministic time) on one worker, so that the answer repeats."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        solver.parameters.random_seed = seed
        solver.parameters.catch_sigint_signal = False
        solver.parameters.max_deterministic_time = max(work_limit, 1e-3)
        if time_limit is not None:
            solver.parameters.max_time_in_seconds = max(time_limit, 1e-3)
        status, interrupted = _solve_interruptibly(solver, self.model)
        work = solver.response_proto.deterministic_time
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return ExactAnswer(None, None, work, interrupted)
        taken = np.array([solver.boolean_value(variable) for variable in self.take], dtype=bool)
        assignment = np.full(self.instance.num_rows, -1, dtype=np.int64)
        assignment[self.row[taken]] = self.instance.specialist[taken]
        # The proto's whole-number bound: `best_objective_bound` is a float, which rounds up past 2^53.
        return ExactAnswer(assignment, int(solver.response_proto.inner_objective_lower_bound), work, interrupted)


def _solve_interruptibly(solver: cp_model.CpSolver, model: cp_model.CpModel) -> tuple[cp_model.CpSolverStatus, bool]:
    """Solve in a thread, so that Ctrl-C reaches Python, stops the search and keeps the best answer found."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        running = pool.submit(solver.solve, model)
        try:
            return running.result(), False
        except KeyboardInterrupt:
            solver.stop_search()
            return running.result(), True
