"""A folder of results: tables as Parquet and CSV, the report, its charts, and the manifest.

All of it is written beside what was there and then takes its place, so that the folder never holds halves of two runs. A folder
with anything in it that no run has written is refused before the run begins.
"""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from pyarrow import compute as pc
from pyarrow import csv
from pyarrow import parquet as pq

from caserouter.domain.errors import InvalidInput
from caserouter.files.problems import listed, shown_path
from caserouter.files.writers import spreadsheet_safe
from caserouter.reporting.charts.canvas import Chart
from caserouter.reporting.manifest import FORMAT, Manifest

REPORT, MANIFEST, CHARTS, TRACES = "report.html", "manifest.json", "charts", "traces"
TABLES = ("summary", "replications", "cases", "contacts", "backlog", "waits", "targets", "differences")
"""Tables that a run may write, each as .csv and .parquet; `differences` where scenarios are compared."""

_PART = ".caserouter.part"
_OURS = frozenset(
    {REPORT, MANIFEST, CHARTS, TRACES, _PART, *(f"{name}.{suffix}" for name in TABLES for suffix in ("csv", "parquet"))}
)


def check_folder(folder: str | Path) -> None:
    """Find out before a long run, not after it, that its results cannot be written there.

    Raises
    ------
    InvalidInput
        If the folder holds files of somebody else, is a file, or cannot be written.
    """
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise InvalidInput(f"{shown_path(folder)}: a file; name a folder for the results")
    found = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    foreign = found if not _is_ours(folder) else [name for name in found if name not in _OURS]
    if foreign and found != [_PART]:
        raise InvalidInput(
            f"{shown_path(folder)}: holds {listed(foreign, 5)}, which no run has written; name a new folder, or move what is there"
        )
    with _part_of(folder):
        pass


def write_results(
    folder: str | Path,
    tables: Mapping[str, pd.DataFrame],
    *,
    page: str,
    charts: Sequence[Chart],
    manifest: Manifest,
    traces: Mapping[str, Path],
) -> None:
    """Write everything into `folder`, in the place of what an earlier run has written there.

    Parameters
    ----------
    tables
        By name, of `TABLES`.
    page
        The report.
    charts
        Its charts.
    manifest
        Of the run.
    traces
        Files of recorded histories to keep with it, by the name that the manifest gives them.

    Raises
    ------
    InvalidInput
        As `check_folder`.
    """
    folder = Path(folder)
    check_folder(folder)
    with _part_of(folder) as part:
        for name, table in tables.items():
            _write_table(part, name, table)
        (part / REPORT).write_text(page, encoding="utf-8")
        (part / CHARTS).mkdir()
        for chart in charts:
            (part / CHARTS / f"{chart.name}.svg").write_text(chart.svg, encoding="utf-8")
        for name, source in traces.items():
            (part / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(source, part / name)
        (part / MANIFEST).write_text(_json(manifest.document()), encoding="utf-8")
        _take_place(part, folder)


def _is_ours(folder: Path) -> bool:
    """Whether an earlier run wrote the folder: its manifest says so."""
    with suppress(OSError, ValueError):
        document = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return isinstance(document, dict) and document.get("format") == FORMAT
    return False


@contextmanager
def _part_of(folder: Path) -> Iterator[Path]:
    """A folder within `folder` for what is not complete; it is gone afterwards, and so is `folder` if nothing came of it."""
    is_new = not folder.exists()
    part = folder / _PART
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        yield part
    except OSError as error:
        raise InvalidInput(
            f"{shown_path(folder)}: cannot be written ({error.strerror or error}); choose another folder"
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
        if is_new:
            with suppress(OSError):
                folder.rmdir()


def _take_place(part: Path, folder: Path) -> None:
    """Move what is complete to where it belongs; the manifest, which says that the folder is ours, last."""
    for name in sorted(_OURS - {_PART, MANIFEST}):
        old = folder / name
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink(missing_ok=True)
        if (part / name).exists():
            (part / name).replace(old)
    (part / MANIFEST).replace(folder / MANIFEST)


def _write_table(folder: Path, name: str, table: pd.DataFrame) -> None:
    """A table in both formats; the Parquet file keeps text as it is, the CSV file is safe to open in a spreadsheet."""
    arrow = pa.Table.from_pandas(table, preserve_index=False)
    pq.write_table(arrow, folder / f"{name}.parquet")
    csv.write_csv(_safe(arrow), folder / f"{name}.csv", csv.WriteOptions(quoting_style="needed"))


def _safe(table: pa.Table) -> pa.Table:
    """The same for CSV: local times in ISO 8601, and text that a spreadsheet would run as a formula made harmless."""
    columns = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        if pa.types.is_timestamp(column.type):
            seconds = column.cast(pa.timestamp("s", column.type.tz), safe=False)
            columns[name] = pc.strftime(seconds, format="%Y-%m-%dT%H:%M:%S%z")
        elif pa.types.is_dictionary(column.type) or pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            columns[name] = _harmless(column)
        else:
            columns[name] = column
    return pa.table(columns)


def _harmless(column: pa.ChunkedArray) -> pa.Array:
    """Text, each distinct value looked at once."""
    whole = column.combine_chunks()
    encoded = whole if pa.types.is_dictionary(column.type) else whole.dictionary_encode()
    names = [spreadsheet_safe(str(name)) for name in encoded.dictionary.to_pylist()]
    return pa.array(names, pa.string()).take(encoded.indices)


def _json(document: Mapping[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
