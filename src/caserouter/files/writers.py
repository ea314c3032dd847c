"""Tables to files: CSV, JSON, JSON Lines and Parquet, written whole or not at all."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def write_table(path: str | Path, rows: Sequence[Mapping[str, Any]], columns: Sequence[str] | None = None) -> None:
    """Write `rows` in the format of the file's suffix: .csv, .tsv, .json, .jsonl or .parquet."""
    raise NotImplementedError
