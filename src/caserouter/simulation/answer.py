"""Simulate a scenario: from a file or a model to data frames in one call."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from caserouter.domain.errors import InvalidInput
from caserouter.simulation.estimates import estimate
from caserouter.simulation.frames import backlog_frame, replications_frame, summary_frame, waits_frame
from caserouter.simulation.jackknife import Estimate
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.loading import load_scenario, require_coherent
from caserouter.simulation.local_time import LocalTime
from caserouter.simulation.records import Labels, Records
from caserouter.simulation.replication import labels_of
from caserouter.simulation.rows import cases_frame, contacts_frame
from caserouter.simulation.runner import Source
from caserouter.simulation.sampling import Listener, Precision, sample
from caserouter.simulation.stopping import excess_of
from caserouter.simulation.targets import estimate_goals, targets_frame


@dataclass(frozen=True, eq=False, repr=False)
class SimulationAnswer:
    """What the replications of a scenario say. Frames are made when they are first asked for.

    Parameters
    ----------
    scenario
        What was simulated.
    labels
        Names of the numbers in the records.
    records
        One per replication.
    seed
        Of the draws.
    interrupted
        Whether fewer replications were run than asked for, because somebody stopped them.
    reached
        Whether the half-width was reached; None if none was asked for.
    """

    scenario: Scenario
    labels: Labels
    records: tuple[Records, ...]
    seed: int
    interrupted: bool = False
    reached: bool | None = None

    def __repr__(self) -> str:
        """One line: the records may hold a million numbers, and notebooks show whatever a cell ends with."""
        return f"<{type(self).__name__} {self.scenario.name!r}: {self.num_replications} replications, seed {self.seed}>"

    @property
    def num_replications(self) -> int:
        """Replications that were finished."""
        return len(self.records)

    @property
    def currency(self) -> str:
        """Unit of money."""
        return self.scenario.routing.settings.currency

    @property
    def local_time(self) -> LocalTime:
        """Turns hours into moments."""
        return LocalTime.of(self.scenario)

    @cached_property
    def estimates(self) -> list[Estimate]:
        """Every measure in every grouping."""
        return estimate(self.scenario, self.labels, self.records)

    @cached_property
    def summary(self) -> pd.DataFrame:
        """Every measure in every grouping, with its interval; see `frames.summary_frame`."""
        return summary_frame(self.estimates, self.currency)

    @cached_property
    def replications(self) -> pd.DataFrame:
        """Every measure in each replication; see `frames.replications_frame`."""
        return replications_frame(self.estimates, [one.replication for one in self.records])

    @cached_property
    def targets(self) -> pd.DataFrame:
        """The scenario's targets, and whether they are met; see `targets.targets_frame`."""
        goals = self.scenario.targets
        return targets_frame(goals, estimate_goals(self.scenario, self.labels, self.records, goals), self.currency)

    @cached_property
    def waits(self) -> pd.DataFrame:
        """What cases wait for; see `frames.waits_frame`."""
        return waits_frame(self.summary)

    @cached_property
    def backlog(self) -> pd.DataFrame:
        """Open cases through the window, by age; see `frames.backlog_frame`."""
        return backlog_frame(self.records, self.local_time)

    @cached_property
    def cases(self) -> pd.DataFrame:
        """One row per case; see `rows.cases_frame`."""
        return cases_frame(self.records, self.labels, self.local_time)

    @cached_property
    def contacts(self) -> pd.DataFrame:
        """One row per contact; see `rows.contacts_frame`."""
        return contacts_frame(self.records, self.labels, self.local_time)


def simulate(
    scenario: Scenario | str | Path,
    *,
    replications: int | None = None,
    half_width: float | None = None,
    max_replications: int | None = None,
    jobs: int | None = None,
    seed: int | None = None,
    progress: Listener | None = None,
) -> SimulationAnswer:
    """Simulate a scenario.

    Parameters
    ----------
    scenario
        A scenario, or the path of its file.
    replications
        How many, 1 or more; 20 if neither this nor a half-width is given. With one there are no intervals.
    half_width
        Instead: replicate until the interval of every target is at most so wide to either side, all of them holding at once with 95 %;
        absolute for proportions, a share of the estimate for everything else. Begins with 20 replications.
    max_replications
        Where that ends at the latest; 1000 if None.
    jobs
        Processes, 1 or more; one per core if None. The answer is the same for any number.
    seed
        Of the draws, 0 or more; the scenario's own if None.
    progress
        Called after each replication.

    Raises
    ------
    InvalidInput
        If the scenario or an option breaks a rule, or a half-width is asked for and the scenario has no targets.
    NotFound
        If there is no such file.
    KeyboardInterrupt
        If it is interrupted before the first replication is finished; afterwards the answer holds those that are.
    """
    precision = Precision.asked(replications, half_width, max_replications)
    source = source_of(scenario)
    scenario, labels = source.scenario, labels_of(source.scenario, source.folder)
    precision.check_targets(scenario.targets, scenario.name)
    chosen = checked_seed(scenario.seed if seed is None else seed)

    def look(records: Sequence[Sequence[Records]], half_width: float) -> float:
        found = estimate_goals(scenario, labels, records[0], scenario.targets)
        return excess_of(found, found, half_width)

    sampled = sample([source], precision, look, seed=chosen, jobs=jobs, progress=progress)
    return SimulationAnswer(scenario, labels, sampled.records[0], chosen, sampled.interrupted, sampled.reached)


def source_of(scenario: Scenario | str | Path) -> Source:
    """A scenario whose parts fit together, as it is or of a file.

    Raises
    ------
    InvalidInput, NotFound
        As of `load_scenario` and `require_coherent`.
    """
    if isinstance(scenario, Scenario):
        require_coherent(scenario)
        return Source(scenario)
    return Source(load_scenario(scenario), Path(scenario).parent)


def checked_seed(seed: int) -> int:
    """A seed as it is.

    Raises
    ------
    InvalidInput
        If it is negative.
    """
    if seed < 0:
        raise InvalidInput(f"seed {seed}: seeds are whole numbers from 0 on; give 0 or more")
    return seed
