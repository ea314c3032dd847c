"""Runs replications, in this process or on several, and hands their records on in order.

A replication's draws are keyed by its number, so it does not matter where it runs: on several processes the records are the same,
byte for byte, as on one.
"""

import pickle
import signal
import warnings
from collections.abc import Generator, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import joblib

from caserouter.domain.errors import InvalidInput
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.records import Records
from caserouter.simulation.replication import run_replication


@dataclass(frozen=True, slots=True)
class Source:
    """A scenario and where it lies.

    Parameters
    ----------
    scenario
        What to simulate.
    folder
        Of the scenario file, for the paths of recorded histories; None for the current folder.
    """

    scenario: Scenario
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class ReplicationKey:
    """One replication to run.

    Parameters
    ----------
    source
        Number of the scenario in the list that `run` is given.
    replication
        Number of the replication, from 0.
    """

    source: int
    replication: int


def run(
    sources: Iterable[Source], keys: Iterable[ReplicationKey], *, seed: int, jobs: int | None = None
) -> Generator[Records, None, None]:
    """Run `keys`, and yield the records of each, in their order, as soon as it and those before it are there.

    Closing the iterator early stops the processes.

    Parameters
    ----------
    sources
        The scenarios that the keys refer to.
    keys
        What to run.
    seed
        Seed of the draws, the same for all scenarios: they see the same cases.
    jobs
        Number of processes, 1 or more; 1 runs in this process, None takes one per core.

    Raises
    ------
    InvalidInput
        If `jobs` is less than 1, or a recorded history holds errors.
    NotFound
        If there is no such recorded history.
    """
    if jobs is not None and jobs < 1:
        raise InvalidInput(f"jobs {jobs}: somebody has to do the work; give 1 or more")
    sources, keys = tuple(sources), tuple(keys)
    num_processes = min(joblib.cpu_count() if jobs is None else jobs, len(keys))
    if num_processes <= 1:
        for one in keys:
            source = sources[one.source]
            yield run_replication(source.scenario, seed=seed, replication=one.replication, folder=source.folder)
        return
    # Processes are used again, and may have been started in another folder.
    packed = [pickle.dumps(replace(source, folder=(source.folder or Path()).absolute())) for source in sources]
    tasks = (joblib.delayed(_replicate)(packed[one.source], seed, one.replication) for one in keys)
    # Ctrl-C reaches every process of the terminal: the workers leave it to this one, which ends them.
    pool = joblib.Parallel(
        num_processes, backend="loky", return_as="generator", batch_size=1, initializer=_leave_interrupts_alone
    )
    results = pool(tasks)
    try:
        for records in results:  # noqa: UP028 (`yield from` would hand the closing on to `results` before `finally`)
            yield records
    finally:
        with warnings.catch_warnings():
            # Whoever stops early knows that replications under way are lost.
            warnings.filterwarnings("ignore", message=".*tasks which were still being processed", category=UserWarning)
            results.close()


def _replicate(packed: bytes, seed: int, replication: int) -> Records:
    source = _unpacked(packed)
    return run_replication(source.scenario, seed=seed, replication=replication, folder=source.folder)


@lru_cache(maxsize=16)
def _unpacked(packed: bytes) -> Source:
    """One object per scenario and process, so that what is compiled of it can be kept from one replication to the next."""
    source = pickle.loads(packed)  # noqa: S301 (made by `run`, a few lines above)
    assert isinstance(source, Source)
    return source


def _leave_interrupts_alone() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
