"""Column names of a file: as people write them, matched with ours, and everything wrong with a header line."""

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from caserouter.files.problems import Report, did_you_mean, listed

_GAPS = re.compile(r"[\s\-]+")


class Columns(Protocol):
    """What a header line is held to."""

    @property
    def singular(self) -> str:
        """What a row is called."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that there may be."""

    @property
    def required(self) -> tuple[str, ...]:
        """Those that there must be."""


def normal(name: str) -> str:
    """A column name in lower case with underscores: ``Required Skills`` is ``required_skills``."""
    return _GAPS.sub("_", name.strip().lower())


def our_columns(header: Sequence[str], table: Columns, report: Report) -> Mapping[str, str]:
    """Our column by the header's name; duplicate, unknown and missing columns go to `report`."""
    if not header:
        report.error("", "the file is empty", f"begin it with a header line such as {','.join(table.required)}")
        return {}
    found: dict[str, str] = {}
    for position, name in enumerate(header, 1):
        column = normal(name)
        if not column:
            report.error("", f"column {position} of the header has no name", "name it, or remove the column", 1)
        elif column in found.values():
            report.error(name, "this column stands twice in the header", "keep one of them", 1, name)
        elif column not in table.columns:
            report.error(
                name, "unknown column", did_you_mean(column, table.columns, f"known are {listed(table.columns)}"), 1, name
            )
        else:
            found[name] = column
    for column in absent_columns(found, table):
        remedy = f"add it; every {table.singular} needs {listed(table.required)}"
        report.error(column, "this column is missing from the header", remedy, 1, column)
    return found


def absent_columns(found: Mapping[str, str], table: Columns) -> frozenset[str]:
    """Required columns that no name of the header stands for."""
    return frozenset(table.required) - frozenset(found.values())
