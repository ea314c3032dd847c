"""Reading one table of cases, specialists or accounts from CSV, JSON, JSON Lines or YAML."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from caserouter.domain.account import Account
from caserouter.domain.case import Case
from caserouter.domain.errors import Finding
from caserouter.domain.specialist import Specialist
from caserouter.files.crm_map import CrmMap

T = TypeVar("T")
Progress = Callable[[int, float], None]
"""Called now and then with the rows read so far and the fraction of the file, 0 to 1."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that became no object: where it stands, what it held and why."""

    file: str
    line: int
    values: Mapping[str, Any]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """What one file held.

    Parameters
    ----------
    file
        Name of the file, as findings show it.
    items
        The objects of all good rows, in the order of the file.
    findings
        Everything wrong or doubtful, in the order of the file; those of bad rows included.
    bad_rows
        Rows that became no object.
    lines
        Line number by id of each item.
    """

    file: str
    items: tuple[T, ...]
    findings: tuple[Finding, ...]
    bad_rows: tuple[BadRow, ...]
    lines: Mapping[str, int]


def read_cases(
    path: str | Path,
    *,
    crm_map: CrmMap | str | Path | None = None,
    currency: str = "USD",
    time_zone: str | None = None,
    progress: Progress | None = None,
) -> Loaded[Case]:
    """Cases of a file."""
    raise NotImplementedError


def read_specialists(path: str | Path, *, currency: str = "USD", progress: Progress | None = None) -> Loaded[Specialist]:
    """Specialists of a file."""
    raise NotImplementedError


def read_accounts(path: str | Path, *, progress: Progress | None = None) -> Loaded[Account]:
    """Accounts of a file."""
    raise NotImplementedError
