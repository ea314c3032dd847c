"""The speed of the simulation, beside SimPy as written by hand and Ciw; run it with ``python benchmarks/simulation.py``.

- *parts*: a whole case-management scenario under the production policy; where its time goes, and the ratio to the same run under a trivial
  policy, first eligible;
- *peers*: M/M/5 at ρ = 0.9 as an ordinary scenario with the ordinary router, records kept, against the same queue written by hand;
- *processes*: the same replications on one process and on two;
- *month* and *million*: a hundred replications of a month with 5,000 cases, and one replication of a million cases, once each.

Contenders take turns in every repeat, so that they meet the same noise; ratios are medians of the repeats' own ratios, with their range.
"""

import argparse
import gc
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from types import FrameType
from typing import Self

import numpy as np
from machine import machine
from simulation_peers import Peer, ciw_network, compiled_loop, simpy_callbacks, simpy_resource
from simulation_world import ARRIVAL_RATE, NUM_SERVERS, SERVICE_RATE, case_management, queue

from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.replication import run_replication
from caserouter.simulation.runner import ReplicationKey, Source, run

PEERS: Mapping[str, Peer] = {
    "SimPy, callbacks": simpy_callbacks,
    "SimPy, Resource": simpy_resource,
    "Ciw": ciw_network,
    "compiled recursion": compiled_loop,
}
SMALL: Mapping[str, float] = {"weeks": 0.5, "specialists": 8, "cases_per_week": 100.0}
PARTS = {
    "routing": ("caserouter.routing", "caserouter.domain", "numba"),
    "records": ("caserouter.simulation.engine.ledger", "caserouter.simulation.records", "caserouter.simulation.staff_hours"),
    "demand": (
        "caserouter.simulation.draws",
        "caserouter.simulation.trace",
        "caserouter.simulation.arrivals",
        "caserouter.simulation.mix",
    ),
    "events": ("caserouter.simulation", "simpy"),
}
"""Which modules each part of the time is spent in; the first that fits counts."""


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock time of one call, after a collection."""
    gc.collect()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def ratios(times: Mapping[str, list[float]], of: str, to: str) -> str:
    """Median of the repeats' ratios, and their range."""
    found = np.array(times[of]) / np.array(times[to])
    return f"{np.median(found):.2f} ({found.min():.2f}–{found.max():.2f})"


class Sampler:
    """Looks every millisecond which part of the program is at work."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def __enter__(self) -> Self:
        signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, 0.001, 0.001)
        return self

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0.0)

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        while frame is not None:
            module = frame.f_globals.get("__name__", "")
            for part, prefixes in PARTS.items():
                if module.startswith(prefixes):
                    self.counts[part] += 1
                    return
            frame = frame.f_back


def parts(repeats: int, *, smoke: bool) -> None:
    """The case-management scenario under the priced and under a trivial policy."""
    size = SMALL if smoke else {}
    scenarios = {policy: case_management(policy, **size) for policy in ("priced", "first_eligible")}
    times: dict[str, list[float]] = {policy: [] for policy in scenarios}
    contacts = {policy: len(run_replication(scenario).contacts) for policy, scenario in scenarios.items()}
    for repeat in range(repeats):
        for policy in list(scenarios)[:: 1 if repeat % 2 else -1]:
            times[policy].append(seconds(lambda scenario=scenarios[policy]: run_replication(scenario)))
    print("\n## A whole scenario: 40 specialists, 6 case types, shifts, books, waits, approvals\n")
    print("| policy | contacts | seconds | contacts a second |\n|---|--:|--:|--:|")
    for policy, taken in times.items():
        print(f"| {policy} | {contacts[policy]:,} | {np.median(taken):.2f} | {contacts[policy] / np.median(taken):,.0f} |")
    print(f"\nPriced ÷ first eligible: {ratios(times, 'priced', 'first_eligible')}; the target is at most 3.")
    with Sampler() as sampler:
        run_replication(scenarios["priced"])
    total = max(sum(sampler.counts.values()), 1)
    print(
        "Time of *priced* by part: "
        + ", ".join(f"{part} {count / total:.0%}" for part, count in sampler.counts.most_common())
        + "."
    )


def peers(repeats: int, *, smoke: bool) -> None:
    """M/M/5 against the same queue written by hand."""
    num_customers = 2_000 if smoke else 200_000
    scenario = queue(num_customers)
    work: dict[str, Callable[[], object]] = {"caserouter": lambda: run_replication(scenario)}
    for name, peer in PEERS.items():
        work[name] = lambda peer=peer: peer(ARRIVAL_RATE, SERVICE_RATE, NUM_SERVERS, num_customers, 1)
    run_replication(queue(500))
    compiled_loop(ARRIVAL_RATE, SERVICE_RATE, NUM_SERVERS, 100, 1)
    times: dict[str, list[float]] = {name: [] for name in work}
    for repeat in range(repeats):
        names = list(work)
        for name in names[repeat % len(names) :] + names[: repeat % len(names)]:
            times[name].append(seconds(work[name]))
    print(f"\n## M/M/5 at ρ = 0.9, {num_customers:,} customers\n")
    print("| simulator | customers a second | caserouter's speed ÷ its own |\n|---|--:|--:|")
    for name, taken in times.items():
        print(f"| {name} | {num_customers / np.median(taken):,.0f} | {ratios(times, name, 'caserouter')} |")
    with Sampler() as sampler:
        run_replication(scenario)
    total = max(sum(sampler.counts.values()), 1)
    print(
        "\nTime of caserouter by part: "
        + ", ".join(f"{part} {count / total:.0%}" for part, count in sampler.counts.most_common())
        + "."
    )


def processes(repeats: int, *, smoke: bool) -> None:
    """The same replications on one process and on two."""
    scenario = case_management("priced", **(SMALL if smoke else {"weeks": 2.0}))
    times: dict[str, list[float]] = {"one": [], "two": []}
    keys = [ReplicationKey(0, replication) for replication in range(2 if smoke else 8)]
    for _ in range(repeats):
        times["one"].append(seconds(lambda: _exhaust(scenario, keys, 1)))
        times["two"].append(seconds(lambda: _exhaust(scenario, keys, 2)))
    print(
        f"\n## Two processes\n\n{len(keys)} replications: {ratios(times, 'one', 'two')} times as fast as on one; the target is 1.7."
    )


def month(_repeats: int, *, smoke: bool) -> None:
    """A hundred replications of a month, once."""
    scenario = case_management("priced", **(SMALL if smoke else {}))
    keys = [ReplicationKey(0, replication) for replication in range(4 if smoke else 100)]
    taken = seconds(lambda: _exhaust(scenario, keys, 2))
    print(f"\n## A month\n\n{len(keys)} replications with some 5,000 cases in the month, two processes: {taken:.0f} s, ", end="")
    print(f"{_peak_memory():.2f} GB at most in a process.")


def million(_repeats: int, *, smoke: bool) -> None:
    """One replication of a million cases, in a process of its own so that its memory can be told."""
    run_it = [sys.executable, __file__, "--cases", "2000" if smoke else "1000000"]
    print("\n## A million cases\n")
    print(subprocess.run(run_it, check=True, capture_output=True, text=True).stdout.strip())


def _exhaust(scenario: Scenario, keys: list[ReplicationKey], jobs: int) -> None:
    for _ in run([Source(scenario)], keys, seed=0, jobs=jobs):
        pass


def _peak_memory() -> float:
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 2**20


def large(num_cases: int) -> None:
    """One replication of so many cases."""
    weeks = 48.0
    per_week = num_cases / (weeks + 1)
    scenario = case_management("priced", weeks=weeks, specialists=max(round(per_week / 31), 8), cases_per_week=per_week)
    started = time.perf_counter()
    records = run_replication(scenario)
    taken = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"One replication of {len(records.cases):,} cases, {len(records.contacts):,} contacts and {len(scenario.staff)} groups: "
        f"{taken:.0f} s, {len(records.contacts) / taken:,.0f} contacts a second, {peak:.2f} GB at most."
    )


def main() -> None:
    tables = {"parts": parts, "peers": peers, "processes": processes, "month": month, "million": million}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", nargs="*", choices=[*tables, []], help="tables to run; all of them when left out")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--cases", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--smoke", action="store_true", help="one tiny run, to see that everything runs")
    asked = parser.parse_args()
    if asked.cases:
        large(asked.cases)
        return
    print(machine("numpy", "numba", "simpy", "ciw", "joblib"))
    for name in asked.tables or tables:
        tables[name](1 if asked.smoke else asked.repeats, smoke=asked.smoke)


if __name__ == "__main__":
    main()
