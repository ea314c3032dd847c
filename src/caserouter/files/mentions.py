"""Problems that only several rows together show: one finding per value, naming every row that holds it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from caserouter.domain.account import Account
from caserouter.domain.case import Case
from caserouter.domain.errors import Finding
from caserouter.domain.settings import Settings
from caserouter.domain.specialist import Specialist
from caserouter.files.problems import shown
from caserouter.files.readers import Loaded

_MAX_LINES = 6


class _WithId(Protocol):
    @property
    def id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of one job; None for those that were not given, about which nothing is said.

    Parameters
    ----------
    at
        The moment to judge by: what has lapsed, what lies in the future.
    """

    cases: Loaded[Case] | None
    specialists: Loaded[Specialist] | None
    accounts: Loaded[Account] | None
    settings: Settings
    at: datetime


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding across rows.

    Parameters
    ----------
    finding
        What is wrong, at the first row that shows it.
    table, ids
        The rows to set aside if it is an error and bad rows are skipped.
    """

    finding: Finding
    table: Loaded[Any]
    ids: tuple[str, ...]


def in_bad_rows(table: Loaded[Any], column: str) -> str:
    """What the bad rows of a table hold in a column, as one text: a name in it is known to the user, though not to us."""
    return "; ".join(str(row.values[column]) for row in table.bad_rows if row.values.get(column))


class Mentions:
    """Who mentions which value in one column of a table.

    Parameters
    ----------
    table, column
        Where.
    """

    def __init__(self, table: Loaded[Any], column: str) -> None:
        self.table = table
        self.column = column
        self._ids_by_value: dict[str, list[str]] = defaultdict(list)

    def add(self, item: _WithId, values: Iterable[Any]) -> None:
        """Note that a row mentions `values`."""
        for value in values:
            self._ids_by_value[str(value)].append(item.id)

    def values(self) -> Iterator[str]:
        """Every value mentioned, in the order of the file."""
        return iter(tuple(self._ids_by_value))

    def problem(self, value: str, rule: str, remedy: str = "", severity: Literal["error", "warning"] = "warning") -> Problem:
        """A finding about `value` for all rows that mention it."""
        return problem(self.table, self.column, value, self._ids_by_value[value], rule, remedy, severity)


def problem(
    table: Loaded[Any],
    column: str | None,
    value: str,
    ids: Iterable[str],
    rule: str,
    remedy: str = "",
    severity: Literal["error", "warning"] = "warning",
) -> Problem:
    """A finding about the rows `ids` of `table`, at the first of them."""
    ids = tuple(dict.fromkeys(ids))
    lines = sorted({line for name in ids if (line := table.line_of(name))})
    if len(lines) > 1:
        more = ", …" if len(lines) > _MAX_LINES else ""
        rule += f" ({len(lines):,} rows: lines {', '.join(map(str, lines[:_MAX_LINES]))}{more})"
    label = table.labels.get(column, column) if column else None
    finding = Finding(shown(value), rule, remedy, table.file, lines[0] if lines else None, label, severity)
    return Problem(finding, table, ids)
