"""Reading one table of cases, specialists or accounts from CSV, JSON, JSON Lines or YAML.

Rows are read one at a time. A row with any error becomes no object and is kept as a BadRow; what concerns the file as a
whole, such as an unknown column, is in `Loaded.fatal`. Empty cells and rows are as if they were not there.
"""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic

from caserouter.domain.account import Account
from caserouter.domain.case import Case
from caserouter.domain.errors import Finding
from caserouter.domain.model import FrozenDict
from caserouter.domain.specialist import Specialist
from caserouter.files.cells import Context
from caserouter.files.convert import Converter, sketch_line
from caserouter.files.crm_map import CrmMap, load_map
from caserouter.files.header import absent_columns, our_columns
from caserouter.files.mapping import MappedRecords
from caserouter.files.problems import Report
from caserouter.files.records import Progress, Record
from caserouter.files.sources import open_source
from caserouter.files.tables import ACCOUNTS, CASES, SPECIALISTS, T, Table

_SAME: Mapping[str, str] = FrozenDict()


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
        Everything wrong or doubtful, in the order of lines; those of bad rows included.
    bad_rows
        Rows that became no object.
    fatal
        Those errors of `findings` that concern no single row, such as an unknown column.
    lines
        Line number by id of each item.
    labels
        The file's own name of a column, where a map renamed it.
    sketches
        What is sound of bad rows, so that their other cells are compared with the other tables as well.
    """

    file: str
    items: tuple[T, ...]
    findings: tuple[Finding, ...]
    bad_rows: tuple[BadRow, ...]
    fatal: tuple[Finding, ...]
    lines: Mapping[str, int]
    labels: Mapping[str, str] = _SAME
    sketches: tuple[T, ...] = ()

    @property
    def rows(self) -> Iterator[T]:
        """Items, then sketches: whatever names something."""
        yield from self.items
        yield from self.sketches

    def line_of(self, name: str) -> int | None:
        """Line number of one of `rows` by its id; None if there is none."""
        return sketch_line(name) or self.lines.get(name)


def read_cases(
    path: str | Path,
    *,
    crm_map: CrmMap | str | Path | None = None,
    currency: str | None = "USD",
    time_zone: str | None = None,
    progress: Progress | None = None,
) -> Loaded[Case]:
    """Cases of a file.

    In a CSV cell:

    ========================================================  ==================================================
    created, first_response_due, resolution_due               ``2026-03-01T09:30:00-05:00``
    required_skills                                           ``negotiation:3; claims`` (3 or better; any)
    preferred_skills, risk_flags                              ``spanish; claims``
    required_credentials                                      ``series_6|series_7; hipaa; property_casualty@NY``
    amount                                                    ``150.00 USD``, or ``150.00`` in `currency`
    commitments                                               ``2026-03-01T17:00Z call back; 2026-03-04T12:00Z``
    linked_cases, separated_cases                             ``C-2; C-3``
    excluded_specialists, preferred_specialists               ``S-1; S-2``
    ========================================================  ==================================================

    JSON and YAML hold the same text, or lists and mappings: ``required_skills: {negotiation: 3}``.

    Parameters
    ----------
    crm_map
        A map, its name, or its file, for the export of another system.
    currency
        The one currency of the queue; an amount in another one is an error. None accepts any.
    time_zone
        IANA zone of times that name none; without it, and without one in the map, such a time is an error.
    progress
        Called now and then with the rows read and the fraction of the file.

    Raises
    ------
    NotFound
        If the file or the map does not exist.
    InvalidInput
        If the file cannot be opened, or the map is wrong. Anything wrong in the file itself is in the findings.
    """
    chosen = crm_map if isinstance(crm_map, CrmMap) or crm_map is None else load_map(crm_map)
    context = Context(currency, time_zone)
    if chosen is not None:
        context = Context(currency, time_zone or chosen.time_zone, chosen.time_formats)
    return _read(Path(path), CASES, context, chosen, progress)


def read_specialists(path: str | Path, *, currency: str | None = "USD", progress: Progress | None = None) -> Loaded[Specialist]:
    """Specialists of a file.

    In a CSV cell:

    =====================  ===================================================================
    role                   ``specialist``, ``coordinator`` or ``manager``
    skills                 ``negotiation:3; claims:4``
    credentials            ``property_casualty@NY+NJ 2024-01-01..2026-12-31; hipaa@any``
    authority              ``refund:150.00 USD; credit:unlimited``
    languages              ``en; es``
    held_cases             ``C-1:2; C-2`` (weights; 1 where left out)
    shifts                 ``Mon-Fri 09:00-12:00, 13:00-17:00; Sat 10:00-14:00``
    blocks                 ``Wed 14:00-15:00``
    leave                  ``2026-12-01..2026-12-05; 2026-12-24``
    intake                 ``3``, ``3/24h`` or ``3/24h used 1`` (new cases per window)
    cost_per_hour          ``52.00 USD``, or ``52.00`` in `currency`
    =====================  ===================================================================

    Parameters and exceptions are those of `read_cases`.
    """
    return _read(Path(path), SPECIALISTS, Context(currency), None, progress)


def read_accounts(path: str | Path, *, progress: Progress | None = None) -> Loaded[Account]:
    """Accounts of a file; every cell is a single value, and ``at_risk`` is ``true`` or ``false``.

    Parameters and exceptions are those of `read_cases`.
    """
    return _read(Path(path), ACCOUNTS, Context(), None, progress)


def _read(path: Path, table: Table[T], context: Context, crm_map: CrmMap | None, progress: Progress | None) -> Loaded[T]:
    report = Report(str(path))
    source = open_source(path, table.plural, report, progress, footer=crm_map is not None and crm_map.footer)
    absent: frozenset[str] = frozenset()
    if crm_map is not None:
        mapped = MappedRecords(crm_map, source, report)
        return _gather(mapped, table, context, report, mapped.labels, mapped.absent)
    records = source.records
    if source.header is not None:
        found = our_columns(source.header, table, report)
        absent = absent_columns(found, table)
        records = _renamed(records, found)
    return _gather(records, table, context, report, _SAME, absent)


def _renamed(records: Iterator[Record], column_by_name: Mapping[str, str]) -> Iterator[Record]:
    """Records with our names of the columns; columns that are not ours were reported with the header."""
    for record in records:
        values = record.values
        ours = {column: values[name] for name, column in column_by_name.items() if name in values}
        yield Record(record.line, ours, record.lines, record.problems)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Pause the cyclic garbage collector: rows make many lasting objects and no cycles, and it would visit them over and over."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _gather(
    records: "Iterator[Record] | MappedRecords",
    table: Table[T],
    context: Context,
    report: Report,
    labels: Mapping[str, str],
    absent: frozenset[str],
) -> Loaded[T]:
    """Convert every record, setting aside what cannot be one, and refuse an id that was there before."""
    items: list[T] = []
    sketches: list[T] = []
    bad_rows: list[BadRow] = []
    lines: dict[str, int] = {}
    bad_lines: dict[str, int] = {}
    converter = Converter(table, context, report, labels, absent)
    with _collector_at_rest():
        for record in records:
            item, findings = converter.convert(record)
            name = item.id if item is not None else str(record.values.get("id", "")).strip()
            earlier = lines.get(name) or (bad_lines.get(name) if item is None else None)
            if earlier:
                rule = f"this id stands on line {earlier} already"
                column = labels.get("id", "id")
                findings.append(report.finding(name, rule, "give every row an id of its own", record.line, column))
            elif item is not None:
                items.append(item)
                lines[item.id] = record.line
            elif name:
                bad_lines[name] = record.line
            if findings:
                bad_rows.append(BadRow(report.file, record.line, record.values, tuple(findings)))
                if sketch := converter.sketch(record):
                    sketches.append(sketch)
    fatal = tuple(finding for finding in report.findings if finding.severity == "error")
    if not items and not bad_rows and not fatal:
        report.warn("", f"no {table.plural} in this file", "check that it is the right one")
    everything = [*report.findings, *(finding for row in bad_rows for finding in row.findings)]
    everything.sort(key=lambda finding: finding.line or 0)
    return Loaded(report.file, tuple(items), tuple(everything), tuple(bad_rows), fatal, lines, labels, tuple(sketches))
