"""A small scenario, simulated once for all tests of this folder."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from caserouter import compare, simulate
from caserouter.reporting.manifest import ScenarioSource
from caserouter.reporting.results import Circumstances, manifest_of

DATA = Path(__file__).parents[1] / "cli" / "data"
STARTED = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def answer():
    return simulate(DATA / "desk.yaml", replications=4, jobs=1)


@pytest.fixture(scope="session")
def comparison():
    return compare(DATA / "desk.yaml", [DATA / "desk_three.yaml"], replications=4, jobs=1)


@pytest.fixture(scope="session")
def circumstances(answer):
    source = ScenarioSource.of(answer.scenario, DATA / "desk.yaml")
    return Circumstances((source,), "4 replications", STARTED, 1.5, ("simulate", "desk.yaml"))


@pytest.fixture(scope="session")
def compared(comparison):
    """What the comparison does not know of its run."""
    names = ("desk.yaml", "desk_three.yaml")
    sources = tuple(ScenarioSource.of(one.scenario, DATA / name) for one, name in zip(comparison.answers, names, strict=True))
    return Circumstances(sources, "4 replications", STARTED, 3.0)


@pytest.fixture(scope="session")
def manifest(answer, circumstances):
    return manifest_of(answer, circumstances)
