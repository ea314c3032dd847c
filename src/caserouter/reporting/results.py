"""What a run leaves behind, from its answer: the tables, the report and the manifest in a folder, or one JSON document."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from caserouter.domain.errors import InvalidInput
from caserouter.files.problems import plural
from caserouter.files.writers import jsonable
from caserouter.reporting.charts.canvas import Chart
from caserouter.reporting.comparison_charts import draw_comparison
from caserouter.reporting.comparison_page import render_comparison
from caserouter.reporting.manifest import Environment, Manifest, ScenarioSource
from caserouter.reporting.output import TRACES, write_results
from caserouter.reporting.simulation_charts import draw_simulation
from caserouter.reporting.simulation_page import render_simulation
from caserouter.simulation.answer import SimulationAnswer
from caserouter.simulation.comparison import ComparisonAnswer

Answer = SimulationAnswer | ComparisonAnswer
_PER_SCENARIO: Mapping[str, Callable[[SimulationAnswer], pd.DataFrame]] = {
    "summary": lambda answer: answer.summary,
    "replications": lambda answer: answer.replications,
    "cases": lambda answer: answer.cases,
    "contacts": lambda answer: answer.contacts,
    "backlog": lambda answer: answer.backlog,
    "waits": lambda answer: answer.waits,
    "targets": lambda answer: answer.targets,
}
_IN_DOCUMENT = ("targets", "summary", "waits")
"""Tables that are small enough for one JSON document."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What an answer does not know of the run that gave it.

    Parameters
    ----------
    sources
        Each scenario and where it came from.
    asked
        What was asked for, such as ``half-width 0.02``.
    started
        When the run began.
    seconds
        How long it took; None where nobody looked.
    arguments
        The command line's words.
    problems
        What the pre-flight check had found.
    """

    sources: tuple[ScenarioSource, ...]
    asked: str
    started: datetime
    seconds: float | None = None
    arguments: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def manifest_of(answer: Answer, run: Circumstances) -> Manifest:
    """The manifest of the run that gave `answer`."""
    first = answer if isinstance(answer, SimulationAnswer) else answer.base
    return Manifest(
        command="simulate" if isinstance(answer, SimulationAnswer) else "compare",
        arguments=run.arguments,
        started=run.started,
        seconds=run.seconds,
        seed=first.seed,
        replications=answer.num_replications,
        asked=run.asked,
        interrupted=answer.interrupted,
        scenarios=run.sources,
        environment=Environment.here(),
    )


def write_report(answer: Answer, folder: str | Path, *, files: Sequence[str | Path] = ()) -> None:
    """Write an answer's tables, its report with charts, and a manifest from which it can be repeated, into a folder.

    Parameters
    ----------
    answer
        Of `simulate` or `compare`.
    folder
        A new folder, or that of an earlier run, whose files are replaced.
    files
        The scenarios' files, in the order of the scenarios, for the manifest; none for scenarios made in Python.

    Raises
    ------
    InvalidInput
        If the folder holds what no run has written, or cannot be written, or there are not as many files as scenarios.
    NotFound
        If a file does not exist.
    """
    scenarios = [one.scenario for one in ([answer] if isinstance(answer, SimulationAnswer) else answer.answers)]
    if files and len(files) != len(scenarios):
        raise InvalidInput(f"{plural(len(files), 'file')} for {plural(len(scenarios), 'scenario')}; give one for each, or none")
    paths: list[Path | None] = [Path(file) for file in files] or [None] * len(scenarios)
    sources = tuple(ScenarioSource.of(scenario, path) for scenario, path in zip(scenarios, paths, strict=True))
    save_results(answer, folder, Circumstances(sources, plural(answer.num_replications, "replication"), datetime.now(UTC)))


def save_results(answer: Answer, folder: str | Path, run: Circumstances) -> None:
    """Write tables, charts, report and manifest into `folder`.

    Raises
    ------
    InvalidInput
        If the folder holds what no run has written, or cannot be written.
    """
    kept = {name: path for source in run.sources for name, path in _trace_files(source).items()}
    sources = tuple(
        source.with_traces({stream: _trace_name(source, stream) for stream in source.traces}) for source in run.sources
    )
    manifest = manifest_of(answer, run).model_copy(update={"scenarios": sources})
    charts, page = _report(answer, manifest, notices_of(answer, run.problems))
    write_results(folder, tables_of(answer), page=page, charts=charts, manifest=manifest, traces=kept)


def document_of(answer: Answer, run: Circumstances) -> dict[str, Any]:
    """The estimates as one JSON document, with the manifest; single cases and contacts are in files alone."""
    found = {"manifest": manifest_of(answer, run).document(), "notices": notices_of(answer, run.problems)}
    return found | {
        name: jsonable(table.astype(object).to_dict("records")) for name, table in tables_of(answer, _IN_DOCUMENT).items()
    }


def tables_of(answer: Answer, names: Sequence[str] = tuple(_PER_SCENARIO)) -> dict[str, pd.DataFrame]:
    """The tables by name; of several scenarios, their rows one after another, and the differences."""
    if isinstance(answer, SimulationAnswer):
        return {name: _PER_SCENARIO[name](answer) for name in names}
    return {"differences": answer.differences} | {name: _stacked(answer, _PER_SCENARIO[name]) for name in names}


def _stacked(answer: ComparisonAnswer, table_of: Callable[[SimulationAnswer], pd.DataFrame]) -> pd.DataFrame:
    parts = {name: table_of(one) for name, one in zip(answer.names, answer.answers, strict=True)}
    found = pd.concat(parts.values(), keys=parts, names=["scenario", None]).reset_index(level="scenario")
    return found.assign(scenario=pd.Categorical(found["scenario"], categories=list(parts)))


def notices_of(answer: Answer, problems: Sequence[str] = ()) -> list[str]:
    """What a reader has to know before the numbers."""
    found = [f"Before the run: {problem}." for problem in problems]
    if answer.interrupted:
        found.append(f"Interrupted: the numbers rest on the {plural(answer.num_replications, 'replication')} that had finished.")
    elif answer.reached is False:
        found.append(f"The half-width asked for was not reached within {plural(answer.num_replications, 'replication')}.")
    if answer.num_replications < 2:
        found.append("One replication gives no interval: nothing here says how much is chance. Run two or more.")
    return found


def _report(answer: Answer, manifest: Manifest, notices: Sequence[str]) -> tuple[list[Chart], str]:
    if isinstance(answer, SimulationAnswer):
        charts = draw_simulation(answer)
        return charts, render_simulation(answer, manifest, charts, notices)
    charts = draw_comparison(answer)
    return charts, render_comparison(answer, manifest, charts, notices)


def _trace_files(source: ScenarioSource) -> dict[str, Path]:
    """Files of recorded histories, by the name under which they are kept."""
    return {_trace_name(source, stream): Path(file.path) for stream, file in source.traces.items()}


def _trace_name(source: ScenarioSource, stream: str) -> str:
    """A name that tells files of the same name apart by their content."""
    file = source.traces[stream]
    return f"{TRACES}/{file.sha256[:12]}-{Path(file.path).name}"
