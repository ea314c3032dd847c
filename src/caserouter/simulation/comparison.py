"""Compare variants with a base: the same demand for all, differences replication by replication."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from caserouter.domain.errors import InvalidInput
from caserouter.simulation.answer import SimulationAnswer, checked_seed, source_of
from caserouter.simulation.cohort import EVERYTHING
from caserouter.simulation.differences import OTHERS, TARGETS, Difference, differences_frame
from caserouter.simulation.estimates import estimate
from caserouter.simulation.jackknife import Estimate
from caserouter.simulation.language.scenario import Goal, Scenario
from caserouter.simulation.measures import HEADLINES
from caserouter.simulation.records import Records
from caserouter.simulation.replication import labels_of
from caserouter.simulation.sampling import Listener, Precision, sample
from caserouter.simulation.stopping import excess_of
from caserouter.simulation.targets import estimate_goals


@dataclass(frozen=True, eq=False, repr=False)
class ComparisonAnswer:
    """What the replications of several scenarios say of their differences.

    Parameters
    ----------
    names
        Of the base and of each variant; all different.
    answers
        Of the base and of each variant, over the same replications.
    goals
        Targets of any of them, without repetition; their bounds play no part.
    """

    names: tuple[str, ...]
    answers: tuple[SimulationAnswer, ...]
    goals: tuple[Goal, ...]

    def __repr__(self) -> str:
        """One line, as that of its answers."""
        base, *variants = map(repr, self.names)
        return f"<{type(self).__name__} {', '.join(variants)} against {base}: {self.num_replications} replications of each>"

    @property
    def base(self) -> SimulationAnswer:
        """What the variants are compared with."""
        return self.answers[0]

    @property
    def variants(self) -> tuple[SimulationAnswer, ...]:
        """The others."""
        return self.answers[1:]

    @property
    def num_replications(self) -> int:
        """Replications of each that were finished."""
        return self.base.num_replications

    @property
    def interrupted(self) -> bool:
        """Whether fewer replications were run than asked for, because somebody stopped them."""
        return self.base.interrupted

    @property
    def reached(self) -> bool | None:
        """Whether the half-width was reached; None if none was asked for."""
        return self.base.reached

    @cached_property
    def differences(self) -> pd.DataFrame:
        """The targets' measures, then the other headlines, of each variant against the base; see `differences.differences_frame`."""
        aimed = [estimate_goals(one.scenario, one.labels, one.records, self.goals) for one in self.answers]
        measured = {goal.measure for goal in self.goals if goal.case_type is None}
        others = [name for name in HEADLINES if name not in measured]
        context = [estimate(one.scenario, one.labels, one.records, others, (EVERYTHING,)) for one in self.answers]
        families = [(TARGETS, _paired(aimed)), (OTHERS, _paired(context))]
        return differences_frame(self.names[1:], families, self.base.currency)

    @cached_property
    def summaries(self) -> pd.DataFrame:
        """The summaries of all, with the name of each in the column ``scenario``."""
        parts = [one.summary.assign(scenario=name) for name, one in zip(self.names, self.answers, strict=True)]
        return pd.concat(parts, ignore_index=True)


def compare(
    base: Scenario | str | Path,
    variants: Sequence[Scenario | str | Path],
    *,
    replications: int | None = None,
    half_width: float | None = None,
    max_replications: int | None = None,
    jobs: int | None = None,
    seed: int | None = None,
    progress: Listener | None = None,
) -> ComparisonAnswer:
    """Simulate variants of a scenario on the demand of the base, and estimate what differs.

    Parameters
    ----------
    base, variants
        Scenarios, or paths of their files; at least one variant. All start at the same moment and are measured over the same window.
    replications, half_width, max_replications, jobs, progress
        As of `simulate`. A half-width is that of the targets' differences, a share of the base's value where it is no proportion.
    seed
        Of the draws of all of them; that of the base if None.

    Raises
    ------
    InvalidInput
        If a scenario or an option breaks a rule, there is no variant, the windows or currencies differ, or a half-width is asked for and
        none of them has targets.
    NotFound
        If there is no such file.
    KeyboardInterrupt
        If it is interrupted before each has a finished replication; afterwards the answer holds those that all of them have.
    """
    precision = Precision.asked(replications, half_width, max_replications)
    sources = [source_of(one) for one in (base, *variants)]
    scenarios = [one.scenario for one in sources]
    _check_comparable(scenarios)
    goals = _goals(scenarios)
    precision.check_targets(goals, scenarios[0].name)
    labels = [labels_of(one.scenario, one.folder) for one in sources]
    chosen = checked_seed(scenarios[0].seed if seed is None else seed)

    def look(records: Sequence[Sequence[Records]], half_width: float) -> float:
        found = [estimate_goals(*one, goals) for one in zip(scenarios, labels, records, strict=True)]
        pairs = [pair for by_variant in _paired(found) for pair in by_variant]
        return excess_of([pair.estimate for pair in pairs], [pair.base for pair in pairs], half_width)

    sampled = sample(sources, precision, look, seed=chosen, jobs=jobs, progress=progress)
    answers = [
        SimulationAnswer(*one, chosen, sampled.interrupted, sampled.reached)
        for one in zip(scenarios, labels, sampled.records, strict=True)
    ]
    return ComparisonAnswer(_names((base, *variants), scenarios), tuple(answers), goals)


def _paired(estimates: Sequence[Sequence[Estimate]]) -> list[list[Difference]]:
    """Differences of each variant's estimates from the base's, which come first."""
    base, *variants = estimates
    return [[Difference(*pair) for pair in zip(base, one, strict=True)] for one in variants]


def _goals(scenarios: Sequence[Scenario]) -> tuple[Goal, ...]:
    """One goal for each measure and case type that any of the scenarios has a target for."""
    found = {(goal.measure, goal.case_type): goal for one in reversed(scenarios) for goal in reversed(one.targets)}
    return tuple(reversed(found.values()))


def _check_comparable(scenarios: Sequence[Scenario]) -> None:
    """Refuse to compare what cannot be.

    Raises
    ------
    InvalidInput
        If there is no variant, or one is measured over another window, or in another currency, than the base.
    """
    base, *variants = scenarios
    if not variants:
        raise InvalidInput(f"{base.name}: nothing to compare it with; name at least one variant")
    for one in variants:
        for what in ("start", "time_zone", "window"):
            if getattr(one, what) != getattr(base, what):
                raise InvalidInput(f"{one.name}: its {what} is not that of {base.name}; give all of them the same one")
        if one.routing.settings.currency != base.routing.settings.currency:
            raise InvalidInput(f"{one.name}: its currency is not that of {base.name}; give all of them the same one")


def _names(written: Sequence[Scenario | str | Path], scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """The scenarios' own names; where one is taken, as by a variant that keeps the base's, that of its file, or with a number."""
    names: list[str] = []
    for source, scenario in zip(written, scenarios, strict=True):
        stem = () if isinstance(source, Scenario) else (Path(source).stem,)
        numbered = (f"{scenario.name} ({number})" for number in range(2, len(scenarios) + 1))
        names.append(next(name for name in (scenario.name, *stem, *numbered) if name not in names))
    return tuple(names)
