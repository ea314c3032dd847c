"""A scenario file and the files that it extends, laid over one another.

``extends: base.yaml`` makes a file the difference from another one: mappings are merged key by key, anything else replaces what was
there, and ``null`` takes away an entry, or sets a setting back to none (to its default where none is no value). Each key remembers
the file and line that wrote it last.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import NoneType
from typing import Any, get_args

from caserouter.domain.errors import Finding, InvalidInput, NotFound
from caserouter.files.complaints import annotation_at, keys_at
from caserouter.files.problems import Report, did_you_mean, listed, shown, shown_path
from caserouter.files.records import Key, Record
from caserouter.files.text import detect_encoding, require_file
from caserouter.files.yaml_text import Document, dotted, read_document
from caserouter.simulation.language.scenario import Scenario

EXTENDS = "extends"
"""Key that names the file underneath."""

MAX_DEPTH = 20
"""Files that may lie over one another."""


@dataclass(slots=True)
class Layers:
    """Plain data that several files make up.

    Parameters
    ----------
    path
        The file on top.
    data
        What they say together; None where one of them cannot be read.
    lines, files
        Where each key was written last.
    findings
        What is wrong with the files as such.
    paths
        Every file, the top one first.
    near
        By each entry that a file adds under a name much like one underneath: ``did you mean florida?``.
    """

    path: Path
    data: dict[str, Any] | None = None
    lines: dict[Key, int] = field(default_factory=dict)
    files: dict[Key, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    near: dict[Key, str] = field(default_factory=dict)

    @property
    def record(self) -> Record:
        """The data with their places, as one record."""
        return Record(1, self.data or {}, self.lines, files=self.files)

    def finding(self, key: Key, value: object, rule: str, remedy: str = "", *, warning: bool = False) -> Finding:
        """What is wrong, or doubtful, at a key."""
        record = self.record
        file = record.file_of(key, shown_path(self.path))
        found = Finding(shown(value), rule, remedy, file, record.line_of(key), shown(dotted(key)))
        return replace(found, severity="warning") if warning else found


def read_layers(path: Path) -> Layers:
    """A scenario file over the files that it extends.

    Raises
    ------
    NotFound
        If the top file does not exist.
    InvalidInput
        If it is a directory or may not be read.
    """
    require_file(path)
    layers = Layers(path)
    found = list(_chain(layers))
    if not any(finding.severity == "error" for finding in layers.findings):
        for file, document in reversed(found):
            _overlay(layers, file, document)
    return layers


def _chain(layers: Layers) -> Iterator[tuple[Path, Document]]:
    """The documents from the top one down."""
    path: Path | None = layers.path
    while path is not None:
        layers.paths.append(path)
        report = Report(shown_path(path))
        document = _read(path, report)
        layers.findings += report.findings
        if document is None:
            return
        underneath = document.data.pop(EXTENDS, None)
        yield path, document
        path = _underneath(layers, path, underneath, document.lines.get((EXTENDS,), 1))


def _read(path: Path, report: Report) -> Document | None:
    """One file as a document that holds a mapping; None, with the reason in `report`, if it holds none."""
    encoding = detect_encoding(path, report)
    document = read_document(path, encoding, report) if encoding else None
    if document is not None and not isinstance(document.data, dict):
        report.error("", "not a mapping of keys to values", "write 'key: value' lines, beginning with name:", 1)
        return None
    return document


def _underneath(layers: Layers, path: Path, name: Any, line: int) -> Path | None:
    """The file that `path` extends; None if it extends none, or, with a finding, if it cannot."""
    if name is None:
        return None
    report = Report(shown_path(path), layers.findings)
    if not isinstance(name, str):
        report.error("", "not the name of a file", "write extends: base.yaml", line, EXTENDS)
        return None
    below = Path(os.path.normpath(path.parent / name))
    if below.resolve() in {other.resolve() for other in layers.paths} or len(layers.paths) >= MAX_DEPTH:
        chain = " → ".join(shown_path(other) for other in [*layers.paths, below])
        report.error(name, f"extends itself in the end ({chain})", "let one of them stand on its own", line, EXTENDS)
        return None
    try:
        require_file(below)
    except NotFound:
        report.error(name, f"no such file as {shown_path(below)}", "the name is relative to this file", line, EXTENDS)
        return None
    except InvalidInput:
        report.error(name, f"{shown_path(below)} is no file that can be read", "name a scenario file", line, EXTENDS)
        return None
    return below


def _overlay(layers: Layers, file: Path, document: Document) -> None:
    """Lay a document over what is there."""
    _follow_traces(document.data, file, layers.path)
    if layers.data is None:
        layers.data = document.data
    else:
        gone = set(_merge(layers, layers.data, document, (), file))
        layers.lines = {key: line for key, line in layers.lines.items() if not any(key[:k] in gone for k in range(1, len(key)))}
    layers.lines |= document.lines
    layers.files |= dict.fromkeys(document.lines, shown_path(file))


def _merge(layers: Layers, below: dict[str, Any], document: Document, inside: Key, file: Path) -> Iterator[Key]:
    """Merge the mapping that `document` has at `inside` into the one `below`; yields the keys whose old content is gone."""
    for name, value in _at(document.data, inside).items():
        key = (*inside, name)
        if isinstance(value, dict) and isinstance(below.get(name), dict):
            yield from _merge(layers, below[name], document, key, file)
            continue
        if isinstance(value, dict) and name not in below and (near := did_you_mean(name, below)):
            layers.near[key] = near
        if value is not None or _may_be_none(key):
            below[name] = value
        elif name in below:
            del below[name]
        elif not keys_at(Scenario, inside):
            remedy = did_you_mean(name, below, f"there are {listed(below)}" if below else "")
            report = Report(shown_path(file), layers.findings)
            report.error(
                name, "null takes away what is underneath, but there is no such entry", remedy, document.lines[key], dotted(key)
            )
        yield key


def _may_be_none(key: Key) -> bool:
    """Whether null is a value of its own there; unknown keys keep it, so that they are complained of."""
    annotation = annotation_at(Scenario, key)
    known = keys_at(Scenario, key[:-1])
    return NoneType in get_args(annotation) or bool(known and key[-1] not in known)


def _follow_traces(data: Any, file: Path, top: Path) -> None:
    """Name the traces of a file underneath as seen from the top file, for its folder may be another one."""
    streams = data.get("demand")
    for stream in streams.values() if isinstance(streams, dict) else ():
        if isinstance(stream, dict) and isinstance(trace := stream.get("trace"), str) and file.parent != top.parent:
            stream["trace"] = os.path.relpath(file.parent / trace, top.parent)


def _at(data: Any, key: Key) -> Any:
    for part in key:
        data = data[part]
    return data
