"""The manifest of a run: what was simulated, with what, and everything from which it can be repeated.

It holds each scenario whole, as it stood after its files were laid over one another, so that a repetition needs none of them.
Recorded histories are the one thing that a scenario only names: `write_results` puts a copy beside the manifest.
"""

import hashlib
import os
import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError

from caserouter import __version__
from caserouter.domain.errors import InvalidInput
from caserouter.domain.model import FrozenDict, FrozenMapping, Model, Moment
from caserouter.files.problems import shown_path
from caserouter.files.text import require_file
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.layers import read_layers

FORMAT = "caserouter manifest 1"
PACKAGES = ("numpy", "scipy", "simpy", "pandas", "joblib", "numba", "ortools")
"""Packages whose versions can change a result, or its last digits."""

Command = Literal["simulate", "compare"]


class InputFile(Model):
    """A file that a run read.

    Parameters
    ----------
    path
        As it was named.
    sha256
        Of its bytes.
    """

    path: str
    sha256: str

    @classmethod
    def of(cls, path: Path) -> Self:
        """The file at `path` as it is now; raises NotFound or InvalidInput if it cannot be read."""
        require_file(path)
        return cls(path=path.as_posix(), sha256=hashlib.sha256(path.read_bytes()).hexdigest())


class ScenarioSource(Model):
    """A scenario and where it came from.

    Parameters
    ----------
    scenario
        As it was run.
    files
        The scenario file and what it extends; none for a scenario that was made in Python.
    traces
        Files of recorded histories, by stream.
    """

    scenario: Scenario
    files: tuple[InputFile, ...] = ()
    traces: FrozenMapping[str, InputFile] = FrozenDict()

    @classmethod
    def of(cls, scenario: Scenario, path: Path | None = None, folder: Path | None = None) -> Self:
        """The source of `scenario`, read from `path`; its recorded histories are named relative to `folder`."""
        base = folder or (path.parent if path else Path())
        traces = {name: InputFile.of(base / stream.trace) for name, stream in scenario.demand.items() if stream.trace is not None}
        files = tuple(InputFile.of(file) for file in read_layers(path).paths) if path else ()
        return cls(scenario=scenario, files=files, traces=FrozenDict(traces))

    def with_traces(self, trace_by_stream: Mapping[str, str]) -> Self:
        """The same with recorded histories under other names."""
        streams = {
            name: stream.model_copy(update={"trace": trace_by_stream.get(name, stream.trace)})
            for name, stream in self.scenario.demand.items()
        }
        return self.model_copy(update={"scenario": self.scenario.model_copy(update={"demand": FrozenDict(streams)})})


class Environment(Model):
    """What a run ran on.

    Parameters
    ----------
    python
        Version of the interpreter.
    system, machine
        Operating system with its release, and the kind of processor.
    processors
        How many the system reports.
    packages
        Versions by name.
    """

    python: str
    system: str
    machine: str
    processors: int
    packages: FrozenMapping[str, str]

    @classmethod
    def here(cls) -> Self:
        """What is running now."""
        return cls(
            python=platform.python_version(),
            system=f"{platform.system()} {platform.release()}",
            machine=platform.machine(),
            processors=os.cpu_count() or 1,
            packages=FrozenDict({"caserouter": __version__} | {name: version(name) for name in PACKAGES}),
        )


class Manifest(Model):
    """Everything from which a run can be repeated.

    Parameters
    ----------
    format
        Of this document.
    command
        What was run.
    arguments
        The command line's own words, empty for a run from Python.
    started
        When.
    seconds
        How long it took; None where nobody looked.
    seed
        Of the random draws.
    replications
        How many were run, of each scenario.
    asked
        What had been asked for, as ``half-width 0.02`` or ``30 replications``.
    interrupted
        Whether it was stopped before that was reached.
    scenarios
        One, or the base first and then the variants.
    environment
        What it ran on.
    """

    format: Literal["caserouter manifest 1"] = "caserouter manifest 1"
    command: Command
    arguments: tuple[str, ...] = ()
    started: Moment
    seconds: float | None = Field(default=None, ge=0)
    seed: int = Field(ge=0)
    replications: int = Field(ge=1)
    asked: str
    interrupted: bool = False
    scenarios: tuple[ScenarioSource, ...] = Field(min_length=1)
    environment: Environment

    def document(self) -> dict[str, Any]:
        """As JSON; the same manifest gives the same text."""
        found = _ordered(self.model_dump(), self.model_dump(mode="json"))
        assert isinstance(found, dict)
        return found


def _ordered(value: Any, as_json: Any) -> Any:
    """`as_json`, which stands for `value`, with the members of sets in order: sets have none from one process to the next."""
    if isinstance(value, set | frozenset):
        return sorted(as_json)
    if isinstance(value, Mapping):
        return {key: _ordered(item, found) for item, (key, found) in zip(value.values(), as_json.items(), strict=True)}
    if isinstance(value, list | tuple):
        return [_ordered(item, found) for item, found in zip(value, as_json, strict=True)]
    return as_json


def read_manifest(path: str | Path, command: Command) -> Manifest:
    """The manifest of an earlier run of `command`, with the paths of its recorded histories, which are still as they were.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        If it is no manifest, is of another command, or recorded histories have changed since.
    """
    path = Path(path)
    require_file(path)
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise InvalidInput(
            f"{shown_path(path)}: not a manifest ({where}: {first['msg']}); name the manifest.json of an earlier run"
        ) from error
    if manifest.command != command:
        raise InvalidInput(
            f"{shown_path(path)}: the manifest of a run of {manifest.command}; repeat it with caserouter {manifest.command}"
        )
    found = tuple(_with_traces(source, path.parent) for source in manifest.scenarios)
    return manifest.model_copy(update={"scenarios": found})


def _with_traces(source: ScenarioSource, folder: Path) -> ScenarioSource:
    """The source with the paths of its recorded histories, which have to be what the run had read."""
    path_by_stream = {stream: folder / (source.scenario.demand[stream].trace or "") for stream in source.traces}
    for stream, path in path_by_stream.items():
        if InputFile.of(path).sha256 != source.traces[stream].sha256:
            raise InvalidInput(
                f"{shown_path(path)}: has changed since the run; put the former file back, or simulate the new one", ids=[stream]
            )
    paths = {stream: path.as_posix() for stream, path in path_by_stream.items()}
    files = FrozenDict({stream: file.model_copy(update={"path": paths[stream]}) for stream, file in source.traces.items()})
    return source.with_traces(paths).model_copy(update={"traces": files})
