"""The assignment model beside its peers, in one run.

    python benchmarks/assignment.py              # every table, about 30 minutes on two cores
    python benchmarks/assignment.py bound first  # some of them
    python benchmarks/assignment.py --smoke      # every table at a tiny size

Queues come from `queues.py`: waiting costs from the policy, cases that nobody may take left out, fairness priced at nothing so
that every peer is given the same model; `objects` keeps the default policy. Times are medians of interleaved repeats, ratios
medians of the repeats' own ratios with their spread. Gap = (objective - own bound) / pair cost of the answer.
"""

import argparse
import resource
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

from machine import machine
from peers import Model, cp_sat, greedy, highs_lp, highs_mip, raw_flow, sparse_matching
from queues import Queue, make_queue

from caserouter.domain.settings import Settings
from caserouter.routing.build import build_problem
from caserouter.routing.clock import Clock
from caserouter.routing.problem import RoutingProblem
from caserouter.routing.result import RoutingResult
from caserouter.routing.roster import Roster
from caserouter.routing.solver import flow_bound, solve
from caserouter.routing.state import RoutingState


@dataclass(frozen=True)
class Size:
    """Size, density and load of a queue."""

    cases: int
    specialists: int
    density: float = 0.2
    load: float = 1.05

    def __str__(self) -> str:
        kind = "tight" if self.load > 1 else "slack"
        return f"{self.cases:,} × {self.specialists:,}, {self.density:.0%}, {kind}"


@dataclass(frozen=True)
class Plan:
    """What a run measures."""

    bound: Sequence[Size]
    first: Sequence[Size]
    budget: Sequence[tuple[Size, float]]
    proof: Sequence[Size]
    unit: Sequence[Size]
    objects: Sequence[Size]
    repeats: int
    seeds: int
    proof_seeds: int


MEDIUM, LARGE = Size(1_000, 200), Size(5_000, 500)
FULL = Plan(
    bound=[MEDIUM, replace(MEDIUM, load=0.8), replace(MEDIUM, density=0.05), LARGE, replace(LARGE, density=0.05)],
    first=[
        replace(size, density=density, load=load)
        for size in (Size(500, 100), MEDIUM, LARGE)
        for density in (0.2, 0.05)
        for load in (1.05, 0.8)
    ],
    budget=[
        *((Size(200, 50), seconds) for seconds in (10.0,)),
        *((replace(Size(500, 100), load=load), 10.0) for load in (1.05, 0.8)),
        *((replace(MEDIUM, load=load, density=density), 10.0) for load in (1.05, 0.8) for density in (0.2, 0.05)),
        (LARGE, 10.0),
        (MEDIUM, 60.0),
        (LARGE, 60.0),
    ],
    proof=[Size(50, 25), Size(100, 50), Size(100, 50, load=0.8)],
    unit=[LARGE],
    objects=[Size(10_000, 2_000, 0.05)],
    repeats=5,
    seeds=2,
    proof_seeds=10,
)
TINY = Size(60, 15, density=0.3)
SMOKE = Plan([TINY], [TINY], [(TINY, 1.0)], [TINY], [TINY], [TINY], repeats=2, seeds=1, proof_seeds=2)


def problem_of(size: Size, seed: int, *, unit_weights: bool = False) -> RoutingProblem:
    """A seeded queue as arrays, fairness priced at nothing."""
    queue = make_queue(size.cases, size.specialists, density=size.density, load=size.load, unit_weights=unit_weights, seed=seed)
    return build(replace(queue, settings=_without_fairness(queue.settings)))


def _without_fairness(settings: Settings) -> Settings:
    return settings.model_copy(update={"prices": settings.prices.model_copy(update={"fairness": 0.0})})


def build(queue: Queue) -> RoutingProblem:
    """From loaded objects to arrays: eligibility and costs included."""
    roster = Roster.compile(queue.specialists, queue.accounts, queue.settings, clock=Clock(queue.now))
    return build_problem(queue.cases, roster, RoutingState.start(roster)).problem


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that `call` took, and what it returned."""
    start = perf_counter()
    value = call()
    return perf_counter() - start, value


def ratio(times: Sequence[float], reference: Sequence[float]) -> str:
    """Median and range of times ÷ reference, repeat by repeat."""
    each = [a / b for a, b in zip(times, reference, strict=True)]
    return f"{statistics.median(each):.2g} ({min(each):.2g}–{max(each):.2g})"


def header(title: str, *columns: str) -> None:
    """The head of a Markdown table."""
    print(f"\n### {title}\n\n| {' | '.join(columns)} |\n|---|{'--:|' * (len(columns) - 1)}", flush=True)


def row(*cells: object) -> None:
    """A row of a Markdown table."""
    print(f"| {' | '.join(str(cell) for cell in cells)} |", flush=True)


def bound(plan: Plan) -> None:
    """The linear bound with its prices, against HiGHS's two LP codes."""
    header("Bound", "queue", "flow bound s", "HiGHS simplex s", "HiGHS interior point s", "fastest HiGHS ÷ ours", "same optimum")
    for size in plan.bound:
        problem = problem_of(size, 0)
        model = Model.of(problem)
        ours, simplex, interior = [], [], []
        repeats = 2 if size.cases > 1_000 else plan.repeats
        for repeat in range(repeats):
            seconds, found = timed(lambda problem=problem: flow_bound(problem))
            ours.append(seconds)
            seconds, value = timed(lambda model=model: highs_lp(model, "highs-ipm"))
            interior.append(seconds)
            if repeat == 0 or simplex[0] < interior[0]:  # the slower of the two is timed once
                simplex.append(timed(lambda model=model: highs_lp(model, "highs-ds"))[0])
        fastest = simplex if len(simplex) == repeats and statistics.median(simplex) < statistics.median(interior) else interior
        medians = (f"{statistics.median(times):.3g}" for times in (ours, simplex, interior))
        row(size, *medians, ratio(fastest, ours), "yes" if abs(found.bound - value) <= 1 + 1e-6 * value else "NO")


def first(plan: Plan) -> None:
    """The first complete answer, against the bare flow on the same arcs."""
    header("First complete answer", "queue", "bare flow s", "first answer s", "ratio", "gap %", "greedy by priority %")
    for size in plan.first:
        gaps, greedy_gaps, ours, raw = [], [], [], []
        for seed in range(plan.seeds):
            problem = problem_of(size, seed)
            for _ in range(plan.repeats):
                network = raw_flow(problem)
                raw.append(timed(network.solve)[0])
                seconds, answer = timed(lambda problem=problem: solve(problem, work_limit=0))
                ours.append(seconds)
            gaps.append(100 * answer.gap)
            greedy_gaps.append(100 * (greedy(problem) - answer.bound) / answer.pair_cost)
        row(
            size,
            f"{statistics.median(raw):.3g}",
            f"{statistics.median(ours):.3g}",
            ratio(ours, raw),
            _each(gaps),
            _each(greedy_gaps),
        )


def _each(values: Sequence[float]) -> str:
    return " / ".join(f"{value:.2f}" for value in values)


def budget(plan: Plan) -> None:
    """The gap after a fixed time, against both MIP peers given the same time."""
    header(
        "With a time budget", "queue", "seconds", "seed", "ours: gap %", "HiGHS MIP: gap %", "CP-SAT: gap %", "worse than a peer"
    )
    for size, seconds in plan.budget:
        for seed in range(plan.seeds):
            problem = problem_of(size, seed)
            answer = solve(problem, work_limit=1e9, time_limit=seconds, seed=seed)
            peers = [highs_mip(problem, seconds), cp_sat(problem, seconds)]
            worse = any(value is not None and value < answer.objective - 0.5 for value in peers)
            row(
                size,
                f"{seconds:g}",
                seed,
                f"{100 * answer.gap:.3f}",
                *(_peer_gap(value, answer) for value in peers),
                "YES" if worse else "no",
            )


def _peer_gap(value: float | None, answer: RoutingResult) -> str:
    return "nothing found" if value is None else f"{100 * (value - answer.bound) / answer.pair_cost:.3f}"


def proof(plan: Plan) -> None:
    """Time to a proved optimum on small queues, against HiGHS to its own proof."""
    header("Proved optimal", "queue", "queues", "proved", "median s", "slowest s", "HiGHS MIP median s")
    for size in plan.proof:
        ours, peer, proved = [], [], 0
        for seed in range(plan.proof_seeds):
            problem = problem_of(size, seed)
            seconds, answer = timed(lambda problem=problem: solve(problem, work_limit=60))
            ours.append(seconds)
            proved += answer.status == "optimal"
            peer.append(timed(lambda problem=problem: highs_mip(problem, 60.0))[0])
        row(size, len(ours), proved, f"{statistics.median(ours):.3f}", f"{max(ours):.3f}", f"{statistics.median(peer):.3f}")


def unit(plan: Plan) -> None:
    """Unit weights, exact, against SciPy's sparse matching."""
    header("Unit weights", "queue", "ours s", "SciPy sparse matching s", "SciPy ÷ ours", "status", "same optimum")
    for size in plan.unit:
        problem = problem_of(size, 0, unit_weights=True)
        ours, peer = [], []
        for _ in range(min(plan.repeats, 3)):
            seconds, answer = timed(lambda problem=problem: solve(problem, work_limit=0))
            ours.append(seconds)
            seconds, value = timed(lambda problem=problem: sparse_matching(problem))
            peer.append(seconds)
        same = "yes" if abs(value - answer.objective) < 0.5 else "NO"
        row(size, f"{statistics.median(ours):.3g}", f"{statistics.median(peer):.3g}", ratio(peer, ours), answer.status, same)


def objects(plan: Plan) -> None:
    """From loaded objects to a certified answer, default policy, against the bare flow."""
    header("From objects", "queue", "build s", "solve s", "bare flow s", "ratio", "gap %", "peak MB")
    for size in plan.objects:
        queue = make_queue(size.cases, size.specialists, density=size.density, load=size.load)
        built, solved, raw = [], [], []
        for _ in range(min(plan.repeats, 3)):
            seconds, problem = timed(lambda queue=queue: build(queue))
            built.append(seconds)
            seconds, answer = timed(lambda problem=problem: solve(problem, work_limit=0))
            solved.append(seconds)
            network = raw_flow(problem)
            raw.append(timed(network.solve)[0])
        whole = [a + b for a, b in zip(built, solved, strict=True)]
        medians = (f"{statistics.median(times):.3g}" for times in (built, solved, raw))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        row(size, *medians, ratio(whole, raw), f"{100 * answer.gap:.2f}", f"{peak:,}")


TABLES = {"bound": bound, "first": first, "unit": unit, "proof": proof, "objects": objects, "budget": budget}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=f"{', '.join(TABLES)}; all by default")
    parser.add_argument("--smoke", action="store_true", help="every table at a tiny size")
    parser.add_argument("--huge", action="store_true", help="`objects` at 50,000 × 5,000, about 3 GB")
    args = parser.parse_args()
    if unknown := set(args.tables) - set(TABLES):
        parser.error(f"{', '.join(sorted(unknown))}: not a table; choose from {', '.join(TABLES)}")
    plan = SMOKE if args.smoke else FULL
    if args.huge:
        plan = replace(plan, objects=[Size(50_000, 5_000, 0.05)], repeats=1)
    print(machine("ortools", "scipy", "numpy", "numba"))
    solve(problem_of(Size(500, 100), 0), work_limit=0.3)  # compiles the kernels
    for name in args.tables or TABLES:
        TABLES[name](plan)


if __name__ == "__main__":
    main()
