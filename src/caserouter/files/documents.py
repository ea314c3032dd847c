"""One YAML document as one model: policy files and maps."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from caserouter.domain.errors import Finding, InvalidInput
from caserouter.files.complaints import complaints
from caserouter.files.problems import Report, plural
from caserouter.files.records import Record
from caserouter.files.text import detect_encoding, require_file

M = TypeVar("M", bound=BaseModel)


def read_model(path: Path, model: type[M], report: Report) -> M | None:
    """The model that a YAML file holds; None, with the reasons in `report`, when it is not one.

    An empty file gives the model's defaults.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        If it is a directory or may not be read.
    """
    from caserouter.files.yaml_text import read_document  # the YAML parser loads only when a YAML file is read

    require_file(path)
    encoding = detect_encoding(path, report)
    document = read_document(path, encoding, report) if encoding else None
    if document is None:
        return None
    data = {} if document.data is None else document.data
    record = Record(1, data if isinstance(data, dict) else {}, document.lines)
    try:
        item = model.model_validate(data)
    except ValidationError as error:
        report.findings += complaints(error, model, record, report, {})
        return None
    return None if any(finding.severity == "error" for finding in report.findings) else item


def refuse(report: Report, what: str) -> InvalidInput:
    """The error that carries the findings of `report`."""
    return refusal(report.findings, f"{report.file}: not a {what}")


def refusal(findings: list[Finding], what: str) -> InvalidInput:
    """The error that carries `findings`, the errors among them counted and the first one quoted."""
    errors = [finding for finding in findings if finding.severity == "error"]
    return InvalidInput(f"{what}: {plural(len(errors), 'problem')}, first {errors[0]}", findings=findings)
