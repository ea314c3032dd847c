"""YAML 1.2: a document as plain data that remembers on which line each key stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from caserouter.files.problems import Report
from caserouter.files.records import Key, Record

_NULL = "tag:yaml.org,2002:null"
_MAX_NODES = 5_000_000
_CONTAINERS = (MappingNode, SequenceNode)


@dataclass(slots=True)
class Document:
    """Plain data with the line of each key; every scalar but null is the text that was written.

    Parameters
    ----------
    data
        Mappings, lists, text and None.
    lines
        1-based line by path of keys and positions.
    """

    data: Any
    lines: dict[Key, int] = field(default_factory=dict)


def read_document(path: Path, encoding: str, report: Report) -> Document | None:
    """The one document of a YAML file; None, with the reason in `report`, when it cannot be read."""
    text = path.read_text(encoding=encoding)
    try:
        root = YAML(pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        report.error("", f"not YAML: {_words(error)}", "correct it", mark.line + 1 if mark else None)
        return None
    except (YAMLError, ValueError, RecursionError, AttributeError, IndexError, TypeError, AssertionError) as error:
        # The parser itself trips over some malformed directives and escapes.
        reason = "nested too deeply" if isinstance(error, RecursionError) else " ".join(str(error).split())
        report.error("", f"not YAML: {reason}", "correct it")
        return None
    document = Document(None)
    if root is not None:
        try:
            document.data = _Builder(document.lines, report).plain(root, ())
        except (RecursionError, _TooLarge):
            report.error("", "nested too deeply, or too large once its aliases are followed", "write it out flat")
            return None
    return document


def read_yaml(path: Path, encoding: str, report: Report, plural: str) -> Iterator[Record]:
    """The records of a list, which may stand under the key `plural`, such as ``cases``."""
    document = read_document(path, encoding, report)
    if document is None or document.data is None:
        return
    rows: Any = document.data
    base: Key = ()
    if isinstance(rows, dict) and plural in rows:
        rows, base = rows[plural], (plural,)
    if not isinstance(rows, list):
        report.error("", "not a list", f"write a list of {plural}: lines that begin with '- id:'", document.lines.get(base, 1))
        return
    lines_by_row: dict[int | str, dict[Key, int]] = {}
    for key, line in document.lines.items():
        if len(key) > len(base) and key[: len(base)] == base:
            lines_by_row.setdefault(key[len(base)], {})[key[len(base) + 1 :]] = line
    for position, row in enumerate(rows):
        lines = lines_by_row.get(position, {})
        line = lines.get((), 1)
        if isinstance(row, dict):
            yield Record(line, row, lines)
        else:
            finding = report.finding(row, "not a mapping", "write 'key: value' lines", line)
            yield Record(line, {}, problems=(finding,))


class _TooLarge(Exception):
    """Aliases would blow the document up."""


class _Builder:
    """Turns nodes into plain data and notes their lines."""

    def __init__(self, lines: dict[Key, int], report: Report) -> None:
        self.lines = lines
        self.report = report
        self.num_nodes = 0

    def plain(self, node: Node, key: Key) -> Any:
        self.num_nodes += 1
        if self.num_nodes > _MAX_NODES:
            raise _TooLarge
        self.lines.setdefault(key, node.start_mark.line + 1)
        if isinstance(node, MappingNode):
            return self._mapping(node, key)
        if isinstance(node, SequenceNode):
            return [self.plain(child, (*key, position)) for position, child in enumerate(node.value)]
        return None if node.tag == _NULL else str(node.value)

    def _mapping(self, node: MappingNode, key: Key) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if isinstance(key_node, _CONTAINERS):
                self.report.error("", "a list or mapping as a key", "write a plain word", line)
                continue
            name = str(key_node.value)
            path = (*key, name)
            if name in found:
                first = self.lines[path]
                self.report.error(name, f"this key stood on line {first} already", "keep one", line, dotted(path))
                continue
            self.lines[path] = line
            found[name] = self.plain(value_node, path)
        return found


def dotted(path: Key) -> str:
    """A path of keys as text: ``prices.hour``."""
    return ".".join(str(part) for part in path)


def _words(error: MarkedYAMLError) -> str:
    """What the parser complains of, on one line."""
    return " ".join(str(part) for part in (error.context, error.problem) if part).replace("\n", " ")
