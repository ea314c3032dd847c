"""Tables to files: CSV, JSON, JSON Lines and Parquet, written whole or not at all."""

import csv
import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import BaseModel

from caserouter.domain.errors import InvalidInput
from caserouter.domain.money import Money
from caserouter.files.problems import listed, shown_path

Rows = Sequence[Mapping[str, Any]]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_table(path: str | Path, rows: Rows, columns: Sequence[str] | None = None) -> None:
    """Write `rows` in the format of the file's suffix: .csv, .tsv, .json, .jsonl or .parquet.

    The file appears under its name only when it is complete. In CSV, text that a spreadsheet would run as a formula
    (it begins with ``=``, ``+``, ``-`` or ``@`` and is no number) gets an apostrophe in front.

    Parameters
    ----------
    columns
        Their order; by default the order in which the rows first name them. Other keys of a row are left out.

    Raises
    ------
    InvalidInput
        If the suffix is unknown, or the path cannot be written.
    """
    path = Path(path)
    _check_suffix(path)
    write = _WRITERS[path.suffix.lower()]
    chosen = list(columns) if columns is not None else list(dict.fromkeys(key for row in rows for key in row))
    with replacing(path) as file:
        write(file, rows, chosen)


def check_writable(path: str | Path) -> None:
    """Find out before a long computation, not after it, that a table cannot be written; raises InvalidInput."""
    path = Path(path)
    _check_suffix(path)
    if path.is_file() or not path.exists():  # a pipe would be opened and closed
        part = _part(path.resolve())
        with _naming(path):
            part.touch(exist_ok=False)
            part.unlink()


def _check_suffix(path: Path) -> None:
    if path.suffix.lower() not in _WRITERS:
        raise InvalidInput(f"{shown_path(path)}: cannot write this kind of file; use {listed(tuple(_WRITERS))}")


def write_text(path: str | Path, text: str) -> None:
    """Write `text` as UTF-8, whole or not at all; raises InvalidInput if the path cannot be written."""
    with replacing(Path(path)) as file:
        file.write(text.encode())


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the name `path` once it is complete, and leaves no trace if it fails; pipes are written directly."""
    direct = path.exists() and not path.is_file()
    real = path if direct else path.resolve()
    target = real if direct else _part(real)
    try:
        with _naming(path):
            with target.open("wb" if direct else "xb") as file:
                yield file
            if not direct:
                target.replace(real)
    finally:
        if not direct:
            target.unlink(missing_ok=True)


def _part(real: Path) -> Path:
    """Name of the file that becomes `real`."""
    return real.with_name(f".{real.name[:100]}.{secrets.token_hex(4)}.part")


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Say of which path an operation failed."""
    try:
        yield
    except OSError as error:
        raise InvalidInput(f"{shown_path(path)}: cannot be written ({error.strerror or error}); choose another path") from error


def _write_csv(file: BinaryIO, rows: Rows, columns: Sequence[str], delimiter: str = ",") -> None:
    file.write(_csv_line(columns, delimiter))
    file.writelines(_csv_line([_cell(row.get(column)) for column in columns], delimiter) for row in rows)


def _write_tsv(file: BinaryIO, rows: Rows, columns: Sequence[str]) -> None:
    _write_csv(file, rows, columns, "\t")


def _write_json(file: BinaryIO, rows: Rows, columns: Sequence[str]) -> None:
    text = ",\n".join(_json(row, columns) for row in rows)
    file.write(f"[\n{text}\n]\n".encode())


def _write_json_lines(file: BinaryIO, rows: Rows, columns: Sequence[str]) -> None:
    file.writelines(f"{_json(row, columns)}\n".encode() for row in rows)


def _write_parquet(file: BinaryIO, rows: Rows, columns: Sequence[str]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    data = {column: _arrow([row.get(column) for row in rows]) for column in columns}
    pq.write_table(pa.table(data), file)


_WRITERS: Mapping[str, Callable[[BinaryIO, Rows, Sequence[str]], None]] = {
    ".csv": _write_csv,
    ".tsv": _write_tsv,
    ".json": _write_json,
    ".jsonl": _write_json_lines,
    ".parquet": _write_parquet,
}


class _Line(list[str]):
    """What csv.writer writes to."""

    write = list.append


def _csv_line(cells: Sequence[str], delimiter: str) -> bytes:
    line = _Line()
    csv.writer(line, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return "".join(line).encode(errors="replace")


def _cell(value: Any) -> str:
    """One CSV cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float) and not isinstance(value, Enum):
        return str(value)
    plain = jsonable(value)
    if isinstance(plain, list) and not any(isinstance(item, list | dict) for item in plain):
        text = "; ".join(str(item) for item in plain)
    else:
        text = plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)
    return spreadsheet_safe(text)


def spreadsheet_safe(text: str) -> str:
    """`text` with an apostrophe in front where a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def jsonable(value: Any) -> Any:
    """`value` as JSON can hold it: times in ISO 8601, money as text, sets sorted, infinite and undefined numbers as null."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    if isinstance(value, date):  # datetime is a date
        return value.isoformat()
    if isinstance(value, Money):
        return str(value)
    if isinstance(value, BaseModel):
        return {name: jsonable(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        return {str(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((jsonable(item) for item in value), key=str)
    if isinstance(value, list | tuple):
        return [jsonable(item) for item in value]
    return jsonable(value.item()) if hasattr(value, "item") else str(value)  # NumPy scalars


def _json(row: Mapping[str, Any], columns: Sequence[str]) -> str:
    return json.dumps({column: jsonable(row.get(column)) for column in columns}, ensure_ascii=False)


def _arrow(values: list[Any]) -> list[Any]:
    """Values of one Parquet column: scalars of one type as they are, anything else as text."""
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {int, float} or (len(kinds) == 1 and kinds <= {str, bool}) or all(issubclass(kind, date) for kind in kinds):
        return [float(value) if kinds == {int, float} and value is not None else value for value in values]
    plain = [jsonable(value) for value in values]
    return [item if item is None or isinstance(item, str) else json.dumps(item, ensure_ascii=False) for item in plain]
