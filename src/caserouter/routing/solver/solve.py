"""`solve`: bound, first answer, proof or improvement, within a budget.

1. The flow gives the linear bound. Where it splits no case and no side constraint is left, its answer is taken; as long as its
   costs need no rounding, that is optimal.
2. The flow rounded, or a short dual ascent and dives, give the first complete answer; local search polishes it.
3. A longer ascent climbs towards the Lagrangian bound, and a more careful dive follows.
4. Neighbourhoods are solved again, one after the other. In between, once the pairs that a better answer could still use are
   few enough, CP-SAT tries to settle them. Both go on until the answer is proved, good enough, or the budget is spent.
"""

from caserouter.domain.errors import InvalidInput, SolverError
from caserouter.routing.problem import IntArray, RoutingProblem
from caserouter.routing.result import RoutingResult, check_answer, objective
from caserouter.routing.solver.first_answer import find_first_answer, take_integral_flow
from caserouter.routing.solver.flow import relax
from caserouter.routing.solver.improve import improve
from caserouter.routing.solver.progress import Listener
from caserouter.routing.solver.search import Search


def solve(
    problem: RoutingProblem,
    *,
    work_limit: float = 5.0,
    time_limit: float | None = None,
    gap: float = 0.0,
    seed: int = 0,
    progress: Listener | None = None,
    start: IntArray | None = None,
) -> RoutingResult:
    """Assign cases to specialists at the least total cost.

    Parameters
    ----------
    problem
        Cases, eligible pairs, costs and capacities.
    work_limit
        Deterministic effort, one to three seconds of one core each; 0 stops at the first complete answer, which is always found. The
        last step may go somewhat past it.
    time_limit
        Wall-clock limit in seconds, looked at between steps; the first complete answer is found in any case. With one the
        answer may differ from run to run.
    gap
        Stop once the gap is at most this; 0 goes on until the answer is proved optimal or the budget is spent.
    seed
        Of every random draw. The same problem, seed and work limit give the same answer.
    progress
        Called as the gap closes.
    start
        An assignment that breaks no rule of the problem: the answer is never worse. Shape (num_cases,).

    Returns
    -------
    RoutingResult
        Never infeasible: leaving every case waiting is an answer. Interrupted by Ctrl-C, the best so far.

    Raises
    ------
    InvalidInput
        If a limit or the gap is below 0, or not a number.
    SolverError
        If the problem is malformed, its costs exceed what the solver can represent, or `start` breaks a rule.
    """
    for name, value in (("work_limit", work_limit), ("time_limit", time_limit), ("gap", gap)):
        if value is not None and not value >= 0:  # false of NaN, with which a search would never end
            raise InvalidInput(f"{name}: {value}: not a number of 0 or more; choose one, or leave it out")
    problem.validate()
    search = Search(problem, work_limit=work_limit, time_limit=time_limit, gap=gap, seed=seed, progress=progress)
    if start is not None:
        if start.shape != (problem.num_cases,):
            raise SolverError(f"start has shape {start.shape}, ({problem.num_cases},) expected")
        check_answer(problem, start, objective(problem, start)[0])
        search.offer(search.instance.collapse(start), "start")
    try:
        _run(search)
    except KeyboardInterrupt:
        search.interrupted = True
    except SystemError as error:
        # Ctrl-C as a compiled kernel returns surfaces like this, with the interrupt as its cause.
        if not isinstance(error.__cause__, KeyboardInterrupt):
            raise
        search.interrupted = True
    return search.result()


def _run(search: Search) -> None:
    """Every step in turn, until the answer is good enough or the budget is spent."""
    if not len(search.instance.cost):
        return
    relaxation = relax(search.instance)
    search.raise_bound(relaxation.bound)
    if take_integral_flow(search, relaxation):
        return
    find_first_answer(search, relaxation)
    if not search.finished():
        improve(search, relaxation)
