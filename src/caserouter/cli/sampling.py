"""What `simulate` and `compare` share: the run that their options ask for, and what becomes of its answer."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

import click

from caserouter.domain.errors import InvalidInput
from caserouter.files.problems import plural
from caserouter.reporting.console import notices
from caserouter.reporting.manifest import Command, ScenarioSource, read_manifest
from caserouter.reporting.output import check_folder
from caserouter.reporting.results import Circumstances, document_of, notices_of, save_results
from caserouter.reporting.simulation_progress import SimulatingProgress
from caserouter.simulation.answer import SimulationAnswer
from caserouter.simulation.comparison import ComparisonAnswer
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.preflight import preflight
from caserouter.simulation.sampling import DEFAULT_REPLICATIONS

AnyAnswer = TypeVar("AnyAnswer", SimulationAnswer, ComparisonAnswer)


@dataclass(frozen=True, slots=True)
class Sampling:
    """How much to simulate, as the options say it; None where one is not given.

    Parameters
    ----------
    replications, half_width, max_replications, seed
        As of `simulate`.
    """

    replications: int | None = None
    half_width: float | None = None
    max_replications: int | None = None
    seed: int | None = None

    @property
    def is_default(self) -> bool:
        """Whether nothing was asked for."""
        return self == Sampling()

    @property
    def text(self) -> str:
        """What was asked for, in words."""
        if self.half_width is not None:
            return f"half-width {self.half_width:g}"
        return plural(self.replications or DEFAULT_REPLICATIONS, "replication")


@dataclass(frozen=True, slots=True)
class Task:
    """What to run.

    Parameters
    ----------
    command
        Name of the command.
    scenarios
        Files, or scenarios of a manifest.
    sources
        What to say of these in the manifest.
    sampling
        How much to simulate.
    asked
        The same in words.
    """

    command: Command
    scenarios: tuple[Path | Scenario, ...]
    sources: tuple[ScenarioSource, ...]
    sampling: Sampling
    asked: str


def task_of(command: Command, files: Sequence[Path], repeat: Path | None, sampling: Sampling) -> Task:
    """The run that the command line asks for.

    Raises
    ------
    InvalidInput, NotFound
        If a file is no scenario or no manifest, or a manifest stands beside what it fixes itself.
    """
    if repeat is None:
        from caserouter.simulation.loading import load_scenario

        if not files:
            raise InvalidInput(f"nothing to {command}; name a scenario file, or an earlier run's manifest with --repeat")
        sources = tuple(ScenarioSource.of(load_scenario(file), file) for file in files)
        return Task(command, tuple(files), sources, sampling, sampling.text)
    if files or not sampling.is_default:
        raise InvalidInput("--repeat fixes the scenarios, the seed and the replications; leave out what you named beside it")
    manifest = read_manifest(repeat, command)
    again = Sampling(replications=manifest.replications, seed=manifest.seed)
    scenarios = tuple(source.scenario for source in manifest.scenarios)
    return Task(command, scenarios, manifest.scenarios, again, manifest.asked)


def run(
    task: Task,
    simulated: Callable[..., AnyAnswer],
    show: Callable[[AnyAnswer], None],
    *,
    jobs: int | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Run a task, and write and print its answer.

    Parameters
    ----------
    simulated
        Runs the scenarios with the keywords of `simulate`.
    show
        Prints the answer as tables.
    jobs, out, as_json
        As the options.
    """
    if out is not None:
        check_folder(out)
    problems = _problems(task)
    stderr = notices()
    for problem in problems:
        stderr.print(f"warning: {problem}", soft_wrap=True)
    started, clock = datetime.now(UTC), monotonic()
    with SimulatingProgress(stderr) as progress:
        answer = simulated(**_keywords(task.sampling), jobs=jobs, progress=progress)
    known = Circumstances(task.sources, task.asked, started, round(monotonic() - clock, 3), tuple(sys.argv[1:]), problems)
    if out is not None:
        save_results(answer, out, known)
        stderr.print(f"wrote {out}; open {out / 'report.html'}", soft_wrap=True)
    if as_json:
        click.echo(json.dumps(document_of(answer, known), indent=2, ensure_ascii=False))
        return
    for notice in notices_of(answer):
        stderr.print(notice, soft_wrap=True)
    show(answer)


def _problems(task: Task) -> tuple[str, ...]:
    """What cannot be stable, one line each, behind the scenario's name where there are several."""
    found = []
    for scenario, source in zip(task.scenarios, task.sources, strict=True):
        folder = scenario.parent if isinstance(scenario, Path) else None
        name = f"{source.scenario.name}: " if len(task.sources) > 1 else ""
        found += [f"{name}{problem.sentence}" for problem in preflight(source.scenario, folder)]
    return tuple(found)


def _keywords(sampling: Sampling) -> dict[str, Any]:
    return {name: getattr(sampling, name) for name in ("replications", "half_width", "max_replications", "seed")}
