"""From a record to a domain object, or to everything that is wrong with the row."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Generic

from pydantic import ValidationError

from caserouter.domain.errors import Finding
from caserouter.files.cells import Context, Parser
from caserouter.files.complaints import complaints
from caserouter.files.problems import CellError, Report
from caserouter.files.records import Record
from caserouter.files.tables import T, Table

_MAX_REMEMBERED = 20_000
_GUARDED = tuple(f"'{mark}" for mark in "=+-@")
"""What text begins with that `writers` kept from being run as a formula; the apostrophe is not part of it."""


_STAND_INS: Mapping[str, Any] = {"id": "unknown", "created": datetime(1970, 1, 1, tzinfo=UTC), "capacity": 0}
"""What a sketch has where a required cell is wrong or empty."""

_SKETCH = "\n"
"""What the id of a sketch begins with, and no name may hold; its line follows."""


def sketch_line(name: str) -> int | None:
    """Line of the sketch with this id; None if it is the id of a row."""
    return int(name.removeprefix(_SKETCH)) if name.startswith(_SKETCH) else None


class Converter(Generic[T]):
    """Turns the records of one file into objects of one table.

    Parameters
    ----------
    table, context, report
        What a row is, what its cells take for granted, and which file it stands in.
    labels
        The file's own name of a column, where it differs.
    absent
        Required columns that the header lacks, which is reported once and not for every row.
    """

    def __init__(
        self,
        table: Table[T],
        context: Context,
        report: Report,
        labels: Mapping[str, str],
        absent: frozenset[str],
    ) -> None:
        self._table: Table[T] = table
        self._context = context
        self._report = report
        self._labels = labels
        self._absent = absent
        self._remembered: dict[tuple[str, str], Any] = {}

    def convert(self, record: Record) -> tuple[T | None, list[Finding]]:
        """The object of a record and its findings; None for the object when any of them stands in the way."""
        if record.problems:
            return None, list(record.problems)  # cells of a broken row may have slipped into the wrong columns
        values, findings = self._parse(record)
        try:
            item = self._table.model.model_validate(values)
        except ValidationError as error:
            blamed = self._absent | (self._present(record) - values.keys())
            found = complaints(error, self._table.model, record, self._report, self._labels)
            columns = [str(details["loc"][0]) if details["loc"] else "" for details in error.errors(include_url=False)]
            findings += [finding for finding, column in zip(found, columns, strict=True) if column not in blamed]
            return None, findings
        return (None if findings or self._absent else item), findings

    def sketch(self, record: Record) -> T | None:
        """What is sound of a bad row, for the checks that compare tables: without its wrong cells, under an id that no row can have."""
        if record.problems:
            return None
        values, _ = self._parse(record)
        sound = {column: _STAND_INS[column] for column in self._table.required} | values
        try:
            item = self._table.model.model_validate(sound)
        except ValidationError as error:
            wrong = {details["loc"][0] for details in error.errors(include_url=False) if details["loc"]}
            kept = {column: value for column, value in sound.items() if column not in wrong}
            try:
                item = self._table.model.model_validate({column: _STAND_INS[column] for column in self._table.required} | kept)
            except ValidationError:
                return None  # its cells contradict each other
        return item.model_copy(update={"id": f"{_SKETCH}{record.line}"})

    def _parse(self, record: Record) -> tuple[dict[str, Any], list[Finding]]:
        """Parsed values by column, without the empty ones, and a finding per cell that does not parse."""
        values: dict[str, Any] = {}
        findings: list[Finding] = []
        parsers = self._table.parsers
        for column, cell in record.values.items():
            value = _unguarded(cell.strip()) if isinstance(cell, str) else cell
            if value is None or value == "":
                continue
            parser = parsers.get(column)
            try:
                if isinstance(value, bool) and column != "at_risk":
                    raise CellError("a truth value where none is expected", "write text or a number")
                values[column] = self._value(column, value, parser) if parser else value
            except CellError as error:
                label = self._labels.get(column, column)
                shown = value if error.value is None else error.value
                findings.append(self._report.finding(shown, error.rule, error.remedy, record.line_of((column,)), label))
        return values, findings

    def _value(self, column: str, value: Any, parser: Parser) -> Any:
        """What the parser makes of a cell; the same text means the same all through a column, so it is parsed once."""
        if not isinstance(value, str):
            return parser(value, self._context)
        key = (column, value)
        if key in self._remembered:
            return self._remembered[key]
        parsed = parser(value, self._context)
        if len(self._remembered) < _MAX_REMEMBERED:
            self._remembered[key] = parsed
        return parsed

    @staticmethod
    def _present(record: Record) -> set[str]:
        """Columns that hold something, so that a cell that did not parse does not count as missing."""
        return {column for column, value in record.values.items() if value is not None and str(value).strip()}


def _unguarded(text: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it."""
    return text[1:] if text.startswith(_GUARDED) else text
