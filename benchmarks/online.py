"""Latency of one online decision: `place` with state-dependent prices, and the state update after it.

Run it with ``python benchmarks/online.py``; it prints a Markdown table. Three ways of deciding take turns on the same stream, each on a roster
and books of its own, so that they meet the same noise:

- *priced*: `PricedPolicy.place` and `RoutingState.apply`, everything included from the case's profile to the updated books; *new requirements* are
  those decisions for which nothing was cached yet;
- *least loaded*: the usual rule of that name, through the same interface and under the same rules;
- *NumPy line*: ``argmin`` of static prices over a mask that is given for nothing, and one book updated: a floor, not a router.

Resolved cases leave the books off the clock, so that these stay about four fifths full; time goes on, so shifts begin and end. The collector is
frozen after the set-up, as a service does, and stays on. Wall-clock time includes what other processes take; CPU time does not.
"""

import argparse
import gc
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from machine import machine
from numpy.typing import NDArray
from online_world import START, World, make_world

from caserouter.routing.clock import Clock
from caserouter.routing.masks import eligible
from caserouter.routing.policy import RoutingPolicy
from caserouter.routing.priced import PricedPolicy
from caserouter.routing.profile import CaseProfile
from caserouter.routing.result import WAITING
from caserouter.routing.roster import Roster
from caserouter.routing.state import RoutingState
from caserouter.routing.usual import LeastLoaded

HOURS_PER_CASE = 0.001
FULL = 0.8
TARGET_MS = {1_000: 0.2, 10_000: 2.0}
Times = NDArray[np.float64]


class Contender(Protocol):
    """One way of deciding."""

    def prepare(self, profile: CaseProfile, state: RoutingState) -> None:
        """What it gets for nothing."""

    def decide(self, profile: CaseProfile, state: RoutingState) -> int:
        """Choose, and update the books; this is timed."""

    def settle(self, profile: CaseProfile, specialist: int, state: RoutingState) -> None:
        """What the timed part left out."""


class ByPolicy:
    """A policy, and the whole state update."""

    def __init__(self, policy: RoutingPolicy) -> None:
        self.policy = policy

    def prepare(self, profile: CaseProfile, state: RoutingState) -> None:
        pass

    def decide(self, profile: CaseProfile, state: RoutingState) -> int:
        specialist = self.policy.place(profile, state).specialist
        state.apply(profile, specialist)
        return specialist

    def settle(self, profile: CaseProfile, specialist: int, state: RoutingState) -> None:
        pass


class NumpyLine:
    """Static prices, a mask that costs nothing, one line."""

    def prepare(self, profile: CaseProfile, state: RoutingState) -> None:
        self.mask = eligible(profile, state.roster, state.now)

    def decide(self, profile: CaseProfile, state: RoutingState) -> int:
        price, load, room = state.roster.cost_per_hour, state.caseload, state.roster.capacity - profile.weight
        j = int(np.argmin(np.where(self.mask & (load <= room), price + load, np.inf)))
        load[j] += profile.weight
        return j

    def settle(self, profile: CaseProfile, specialist: int, state: RoutingState) -> None:
        state.caseload[specialist] -= profile.weight
        fits = self.mask[specialist] and state.free[specialist] >= profile.weight
        state.apply(profile, specialist if fits else WAITING)


@dataclass
class Runner:
    """A contender with a roster and books of its own."""

    contender: Contender
    roster: Roster
    state: RoutingState
    wall: list[int] = field(default_factory=list)
    cpu: list[int] = field(default_factory=list)
    is_new: list[bool] = field(default_factory=list)
    seen: set[object] = field(default_factory=set)
    held: deque[CaseProfile] = field(default_factory=deque)

    def step(self, profile: CaseProfile) -> None:
        """Decide on one case on the clock; off it, resolve the oldest cases while the books are too full."""
        key = (profile.signature, profile.case.type, profile.case.preferred_skills)
        self.is_new.append(key not in self.seen)
        self.seen.add(key)
        self.contender.prepare(profile, self.state)
        cpu, wall = time.thread_time_ns(), time.perf_counter_ns()
        specialist = self.contender.decide(profile, self.state)
        self.wall.append(time.perf_counter_ns() - wall)
        self.cpu.append(time.thread_time_ns() - cpu)
        self.contender.settle(profile, specialist, self.state)
        self.state.now += HOURS_PER_CASE
        if profile.id in self.state.ties.holder:
            self.held.append(profile)
        while self.held and self.state.caseload.sum() > FULL * self.roster.capacity.sum():
            self.state.release(self.held.popleft())


def start(contender: Contender, world: World, seed: int) -> Runner:
    """A runner whose books are half to wholly full."""
    roster = Roster.compile(world.specialists, world.accounts, clock=Clock(START))
    state = RoutingState.start(roster)
    share = np.random.default_rng(seed).uniform(0.5, 1.0, roster.num_specialists)
    state.caseload[:] = (share * roster.capacity).astype(np.int64)
    state.ready_hours[:] = 0.4 * state.caseload
    return Runner(contender, roster, state)


def measure(num_specialists: int, warm_up: int, decisions: int, seed: int) -> dict[str, Times]:
    """Rows of the table: microseconds per decision after the warm-up."""
    world = make_world(num_specialists, warm_up + decisions, seed)
    contenders = {
        "priced": ByPolicy(PricedPolicy(world.cases[:warm_up])),
        "least loaded": ByPolicy(LeastLoaded()),
        "NumPy line": NumpyLine(),
    }
    runners = {name: start(contender, world, seed) for name, contender in contenders.items()}
    profiles = [[runner.roster.profile(case) for case in world.cases] for runner in runners.values()]
    gc.collect()
    gc.freeze()
    for number, each in enumerate(zip(*profiles, strict=True)):
        turn = number % len(runners)
        order = list(zip(runners.values(), each, strict=True))
        for runner, profile in order[turn:] + order[:turn]:
            runner.step(profile)
    gc.unfreeze()
    return _rows(runners, warm_up)


def _rows(runners: dict[str, Runner], warm_up: int) -> dict[str, Times]:
    rows = {}
    for name, runner in runners.items():
        rows[name] = np.array(runner.wall[warm_up:]) / 1e3
        rows[f"{name}, CPU"] = np.array(runner.cpu[warm_up:]) / 1e3
        if name == "priced":
            is_new = np.array(runner.is_new[warm_up:])
            rows[f"priced, new requirements ({is_new.mean():.0%})"] = rows[name][is_new]
    return rows


def print_table(num_specialists: int, repeats: list[dict[str, Times]]) -> None:
    """One table: the median of the repeats' percentiles, and the range of the 99th."""
    print(f"\n### {num_specialists:,} specialists, {len(repeats)} × {len(repeats[0]['priced']):,} decisions\n")
    print("| µs per decision | P50 | P99 | P99, lowest–highest repeat |\n|---|--:|--:|--:|")
    for at, name in enumerate(repeats[0]):
        p50, p99 = (np.array([np.percentile(list(one.values())[at], q) for one in repeats]) for q in (50, 99))
        print(f"| {name} | {np.median(p50):.0f} | {np.median(p99):.0f} | {p99.min():.0f}–{p99.max():.0f} |")
    if num_specialists in TARGET_MS:
        target = TARGET_MS[num_specialists]
        wall, cpu = (np.median([np.percentile(one[name], 99) for one in repeats]) / 1e3 for name in ("priced", "priced, CPU"))
        verdicts = (
            f"{clock} {p99:.3f} ms, {'met' if p99 < target else 'missed'}" for clock, p99 in (("wall", wall), ("CPU", cpu))
        )
        print(f"\nTarget: P99 of *priced* under {target} ms: {'; '.join(verdicts)}.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--specialists", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--decisions", type=int, default=4_000, help="timed decisions per repeat")
    parser.add_argument("--warm-up", type=int, default=2_000, help="decisions before the clock counts")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--smoke", action="store_true", help="one tiny run, to see that everything runs")
    asked = parser.parse_args()
    if asked.smoke:
        asked.specialists, asked.decisions, asked.warm_up, asked.repeats = [100], 200, 100, 1
    print(machine("numpy", "numba"))
    for size in asked.specialists:
        print_table(size, [measure(size, asked.warm_up, asked.decisions, asked.seed + k) for k in range(asked.repeats)])


if __name__ == "__main__":
    main()
