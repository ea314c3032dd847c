"""One door to every format: by its suffix, a file becomes a source of records."""

from pathlib import Path

from caserouter.files.delimited import open_csv
from caserouter.files.json_text import read_json, read_json_lines
from caserouter.files.problems import Report
from caserouter.files.records import Progress, Source
from caserouter.files.text import detect_encoding, require_file

_CSV = frozenset({".csv", ".tsv", ".txt"})
_JSON_LINES = frozenset({".jsonl", ".ndjson"})
_YAML = frozenset({".yaml", ".yml"})
_EMPTY = Source(None, iter(()))


def open_source(path: Path, plural: str, report: Report, progress: Progress | None = None, *, footer: bool = False) -> Source:
    """The records of the file at `path`, whatever its format.

    Parameters
    ----------
    plural
        What it holds, such as ``cases``.
    footer
        Whether a CSV may end in a report's footer.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        If it is a directory or may not be read.
    """
    require_file(path)
    suffix = path.suffix.lower()
    if suffix not in _CSV | _JSON_LINES | _YAML | {".json"}:
        rule = f"unknown kind of file {suffix}" if suffix else "a file without a suffix"
        report.error("", rule, "use .csv, .json, .jsonl or .yaml")
        return _EMPTY
    if not path.stat().st_size and path.is_file():
        report.error("", "the file is empty", f"it should hold {plural}")
        return _EMPTY
    encoding = detect_encoding(path, report)
    if encoding is None:
        return _EMPTY
    if suffix in _CSV:
        return open_csv(path, encoding, report, progress, footer=footer)
    if suffix in _JSON_LINES:
        return Source(None, read_json_lines(path, encoding, report, progress))
    if suffix == ".json":
        return Source(None, read_json(path, encoding, report))
    from caserouter.files.yaml_text import read_yaml  # the YAML parser loads only when a YAML file is read

    return Source(None, read_yaml(path, encoding, report, plural))
