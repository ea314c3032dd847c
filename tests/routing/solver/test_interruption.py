"""A solve that is stopped, and one that tells how far it is."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import numpy as np
import pytest
from tests.routing.solver.oracle import broken_rules, cost_of
from tests.routing.solver.problems import random_problem, with_side_constraints

from caserouter.routing.problem import RoutingProblem
from caserouter.routing.result import Status, relative_gap
from caserouter.routing.solver import Progress, solve

ROOT = Path(__file__).parents[3]

LONG_SOLVE = """
import json
import sys
from tests.routing.solver.problems import random_problem
from caserouter.routing.solver import solve

def tell(progress):
    print("at work", progress.engine, flush=True)

result = solve(random_problem(500, 100, weights=range(1, 13)), work_limit=1_000.0, progress=tell)
print(json.dumps({"status": result.status, "assignment": result.assignment.tolist(), "objective": result.objective,
                  "bound": result.bound}))
"""


@pytest.fixture(scope="module")
def hard() -> RoutingProblem:
    """Not proved in a minute."""
    return random_problem(500, 100, weights=range(1, 13))


def test_ctrl_c_returns_the_best_so_far(hard: RoutingProblem) -> None:
    """A real interrupt, in a process of its own, some time into neighbourhoods."""
    with subprocess.Popen(
        [sys.executable, "-c", LONG_SOLVE],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        for _ in range(4):
            assert process.stdout.readline().startswith("at work")
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    answer = json.loads(rest.splitlines()[-1])
    assert answer["status"] == "interrupted"
    assert not broken_rules(hard, answer["assignment"])
    assert answer["objective"] == cost_of(hard, answer["assignment"])
    assert answer["bound"] <= answer["objective"]


@pytest.mark.parametrize("calls", [1, 2, 4])
def test_an_interrupt_from_the_listener_gives_a_valid_answer(hard: RoutingProblem, calls: int) -> None:
    """Whichever report it comes from."""
    seen: list[Progress] = []

    def listener(progress: Progress) -> None:
        seen.append(progress)
        if len(seen) == calls:
            raise KeyboardInterrupt

    result = solve(hard, work_limit=60.0, progress=listener)
    assert result.status is Status.INTERRUPTED
    assert len(seen) == calls
    assert not broken_rules(hard, result.assignment.tolist())
    assert result.bound <= result.objective == cost_of(hard, result.assignment.tolist()) == seen[-1].objective


def test_another_error_of_the_listener_is_not_swallowed(hard: RoutingProblem) -> None:
    def listener(progress: Progress) -> None:
        raise ValueError(f"{progress.engine} is enough")

    with pytest.raises(ValueError, match="is enough"):
        solve(hard, progress=listener)


def test_a_time_limit_is_kept(hard: RoutingProblem) -> None:
    """Half a second of a budget of minutes; the margin is for a busy machine."""
    solve(hard, work_limit=0.0)  # compiled code is loaded before the clock starts
    started = perf_counter()
    result = solve(hard, work_limit=600.0, time_limit=0.5)
    assert perf_counter() - started < 5.0
    assert result.status is Status.FEASIBLE
    assert result.runtime < 5.0
    assert not broken_rules(hard, result.assignment.tolist())


def test_no_time_at_all_still_gives_the_first_answer(hard: RoutingProblem) -> None:
    """The same one that no work gives."""
    without_time, without_work = solve(hard, time_limit=0.0), solve(hard, work_limit=0.0)
    assert without_time.assignment.tolist() == without_work.assignment.tolist()
    assert (without_time.assignment >= 0).sum() > 400


def test_a_gap_stops_early(hard: RoutingProblem) -> None:
    """Ten per cent is reached by the first answer, whose work is a fraction of what four per cent take."""
    loose, tight = solve(hard, work_limit=5.0, gap=0.1), solve(hard, work_limit=5.0, gap=0.04)
    assert loose.gap <= 0.1
    assert tight.gap <= 0.04
    assert loose.work < tight.work < 5.0
    assert tight.objective <= loose.objective
    assert loose.status is tight.status is Status.FEASIBLE


def test_the_work_limit_is_kept(hard: RoutingProblem) -> None:
    """One step of a neighbourhood, at most half a unit, may go past it."""
    result = solve(hard, work_limit=0.5)
    assert 0.5 <= result.work < 1.1


@pytest.mark.parametrize("side", [False, True])
def test_the_bound_never_falls_and_the_objective_never_rises(hard: RoutingProblem, side: bool) -> None:
    reports: list[Progress] = []
    result = solve(with_side_constraints(hard) if side else hard, work_limit=1.5, progress=reports.append)
    assert len(reports) >= 4
    objectives = [report.objective for report in reports] + [result.objective]
    bounds = [report.bound for report in reports] + [result.bound]
    assert (np.diff(objectives) <= 0).all()
    assert (np.diff(bounds) >= 0).all()
    for quantity in ("work", "runtime"):
        assert (np.diff([getattr(report, quantity) for report in reports]) >= 0).all()
    assert all(bound <= objective for bound, objective in zip(bounds, objectives, strict=True))


def test_the_gap_leaves_waiting_costs_out_of_its_denominator() -> None:
    """(110 - 100) ÷ 40, of which the other 70 are waiting; infinite where nothing was chosen and something is open."""
    assert relative_gap(110, 100, 40) == 0.25
    assert relative_gap(110, 100, 0) == float("inf")
    assert relative_gap(100, 100, 0) == 0.0
