"""Run one replication of a scenario."""

from functools import lru_cache
from pathlib import Path

from caserouter.routing.policy import RoutingPolicy
from caserouter.simulation.engine.journal import Entry
from caserouter.simulation.engine.simulator import Simulator
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.records import Labels, Records
from caserouter.simulation.trace import build_trace
from caserouter.simulation.world import World


def run_replication(
    scenario: Scenario,
    *,
    seed: int | None = None,
    replication: int = 0,
    folder: Path | None = None,
    policy: RoutingPolicy | None = None,
    journal: list[Entry] | None = None,
) -> Records:
    """Simulate a scenario once.

    Parameters
    ----------
    scenario
        What to simulate.
    seed
        Seed of the draws; the scenario's own if None.
    replication
        Number of the replication, 0 or more: the same number meets the same demand under any staffing and policy.
    folder
        Where the scenario file lies, for the paths of recorded histories.
    policy
        A routing policy of the caller's own, in place of the scenario's.
    journal
        List that every event is noted in.

    Raises
    ------
    InvalidInput
        If a recorded history holds errors.
    NotFound
        If there is no such recorded history.
    """
    world = compiled(scenario, folder)
    trace = build_trace(scenario, scenario.seed if seed is None else seed, replication, world.horizon, folder=folder)
    return Simulator(world, trace, policy, journal).run()


def labels_of(scenario: Scenario, folder: Path | None = None) -> Labels:
    """Names of the numbers in the records of a scenario."""
    return compiled(scenario, folder).labels


def compiled(scenario: Scenario, folder: Path | None = None) -> World:
    """The compiled scenario, kept for the next replication."""
    return _compiled(_Same(scenario), folder)


class _Same:
    """A scenario that is equal to itself alone, which is quick to tell."""

    __slots__ = ("scenario",)

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    def __hash__(self) -> int:
        return id(self.scenario)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.scenario is self.scenario


@lru_cache(maxsize=16)
def _compiled(key: _Same, folder: Path | None) -> World:
    return World(key.scenario, folder)
