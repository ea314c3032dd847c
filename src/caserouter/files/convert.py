"""From a record to a domain object, or to everything that is wrong with the row."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from caserouter.domain.errors import Finding
from caserouter.files.cells import Context
from caserouter.files.complaints import complaints
from caserouter.files.problems import CellError, Report
from caserouter.files.records import Record
from caserouter.files.tables import T, Table


def convert(
    record: Record,
    table: Table[T],
    context: Context,
    report: Report,
    labels: Mapping[str, str],
    absent: frozenset[str] = frozenset(),
) -> tuple[T | None, list[Finding]]:
    """The object of a record and its findings; None for the object when any of them stands in the way.

    Parameters
    ----------
    labels
        The file's own name of a column, where it differs.
    absent
        Required columns that the header lacks, which is reported once and not for every row.
    """
    if record.problems:
        return None, list(record.problems)  # cells of a broken row may have slipped into the wrong columns
    values, findings = _parse(record, table, context, report, labels)
    try:
        item = table.model.model_validate(values)
    except ValidationError as error:
        blamed = absent | _blamed(findings)
        for finding, details in zip(
            complaints(error, table.model, record, report, labels),
            error.errors(include_url=False),
            strict=True,
        ):
            column = str(details["loc"][0]) if details["loc"] else ""
            if labels.get(column, column) not in blamed and column not in absent:
                findings.append(finding)
        return None, findings
    return (None if findings or absent else item), findings


def _parse(
    record: Record,
    table: Table[T],
    context: Context,
    report: Report,
    labels: Mapping[str, str],
) -> tuple[dict[str, Any], list[Finding]]:
    """Parsed values by column, without the empty ones, and a finding per cell that does not parse."""
    values: dict[str, Any] = {}
    findings: list[Finding] = []
    parsers = table.parsers
    for column, value in record.values.items():
        if value is None or (isinstance(value, str) and not (value := value.strip())):
            continue
        parser = parsers.get(column)
        try:
            if isinstance(value, bool) and column != "at_risk":
                raise CellError("a truth value where none is expected", "write text or a number")
            values[column] = parser(value, context) if parser else value
        except CellError as error:
            label = labels.get(column, column)
            shown = value if error.value is None else error.value
            findings.append(report.finding(shown, error.rule, error.remedy, record.line_of((column,)), label))
    return values, findings


def _blamed(findings: list[Finding]) -> set[str]:
    """Columns with a finding already: a cell that did not parse is not missing as well."""
    return {finding.column for finding in findings if finding.column}
