"""Column names of a file: as people write them, matched with ours, and everything wrong with a header line."""

import re
from collections.abc import Mapping, Sequence

from caserouter.files.problems import Report, did_you_mean, listed
from caserouter.files.tables import T, Table

_GAPS = re.compile(r"[\s\-]+")


def normal(name: str) -> str:
    """A column name in lower case with underscores: ``Required Skills`` is ``required_skills``."""
    return _GAPS.sub("_", name.strip().lower())


def our_columns(header: Sequence[str], table: Table[T], report: Report) -> Mapping[str, str]:
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


def absent_columns(found: Mapping[str, str], table: Table[T]) -> frozenset[str]:
    """Required columns that no name of the header stands for."""
    return frozenset(table.required) - frozenset(found.values())
