"""Where settings come from: options before the environment, the environment before a file, and defaults for the rest.

An unknown name is an error in each of them, and every problem says where it stands.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from caserouter.domain.errors import Finding
from caserouter.files.complaints import complaints
from caserouter.files.documents import refusal
from caserouter.files.problems import Report, did_you_mean, listed
from caserouter.files.records import Record
from caserouter.files.text import detect_encoding, require_file
from caserouter.service.clock import TEST_CLOCK
from caserouter.service.failpoints import FAILPOINT
from caserouter.service.settings import PREFIX, ServiceSettings

_OTHER_VARIABLES = frozenset({TEST_CLOCK, FAILPOINT})
_UNSHOWN = "database_url"
"""A setting whose value may hold a password, and is shown nowhere."""


@dataclass(frozen=True, slots=True)
class _Given:
    """A setting as somewhere gave it.

    Parameters
    ----------
    value
        Text, or what TOML made of it.
    column
        Its name there.
    file, line
        Where that is.
    """

    value: Any
    column: str
    file: str | None = None
    line: int | None = None


def read_service_settings(
    options: Mapping[str, Any], environment: Mapping[str, str], config: Path | None = None
) -> ServiceSettings:
    """The settings of one deployment.

    Parameters
    ----------
    options
        By setting; None where the option was left out.
    environment
        Variables; those that begin with ``CASEROUTER_`` are settings.
    config
        A file, TOML if its name ends so, YAML otherwise.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        If any of it is wrong: every unknown name and every wrong value, with the place where it stands.
    """
    findings: list[Finding] = []
    given = _from_file(config, findings) if config else {}
    given |= _from_environment(environment, findings)
    given |= {name: _Given(value, f"--{name.replace('_', '-')}") for name, value in options.items() if value is not None}
    known = {name: one.value for name, one in given.items() if name in ServiceSettings.model_fields}
    settings: ServiceSettings | None = None
    try:
        settings = ServiceSettings.model_validate(known)
    except ValidationError as error:
        findings += [_placed(finding, given) for finding in complaints(error, ServiceSettings, Record(1, known), Report(""), {})]
    if settings is None or findings:
        raise refusal(findings, "settings")
    return settings


def _from_environment(environment: Mapping[str, str], findings: list[Finding]) -> dict[str, _Given]:
    """Settings among the variables of the environment."""
    given = {}
    for variable in sorted(environment):
        if not variable.startswith(PREFIX) or variable in _OTHER_VARIABLES:
            continue
        name = variable.removeprefix(PREFIX).lower()
        if name in ServiceSettings.model_fields:
            given[name] = _Given(environment[variable], variable, "environment")
        else:
            known = [PREFIX + field.upper() for field in ServiceSettings.model_fields]
            findings.append(Finding(variable, "no such setting", did_you_mean(variable, known, "unset it"), "environment"))
    return given


def _from_file(path: Path, findings: list[Finding]) -> dict[str, _Given]:
    """Settings of a file."""
    require_file(path)
    report = Report(str(path))
    values, lines = _toml(path, report) if path.suffix == ".toml" else _yaml(path, report)
    for name in values:
        if name not in ServiceSettings.model_fields:
            known = ServiceSettings.model_fields
            report.error(name, "no such setting", did_you_mean(name, known, f"known are {listed(known)}"), lines.get(name))
    findings += [finding for finding in report.findings if finding.severity == "error"]
    return {name: _Given(value, name, str(path), lines.get(name)) for name, value in values.items()}


def _toml(path: Path, report: Report) -> tuple[dict[str, Any], dict[str, int]]:
    """What a TOML file holds; its reader knows no lines."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        report.error("", "not UTF-8, which TOML has to be", "save it as UTF-8")
    except tomllib.TOMLDecodeError as error:
        report.error("", f"not TOML: {error}", "correct it")
    except RecursionError:
        report.error("", "not TOML: nested too deeply", "write it out flat")
    else:
        return {name: _as_text(value) for name, value in values.items()}, {}
    return {}, {}


def _as_text(value: Any) -> Any:
    """A value of TOML as YAML and the environment give it: as text, lest true be taken for the number 1."""
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, dict | list) else str(value)


def _yaml(path: Path, report: Report) -> tuple[dict[str, Any], dict[str, int]]:
    """What a YAML file holds, and the line of each key."""
    from caserouter.files.yaml_text import read_document

    encoding = detect_encoding(path, report)
    document = read_document(path, encoding, report) if encoding else None
    if document is None or document.data is None:
        return {}, {}
    if not isinstance(document.data, dict):
        report.error("", "not a mapping of settings to values", "write lines such as 'port: 8000'", 1)
        return {}, {}
    return document.data, {str(key[0]): line for key, line in document.lines.items() if len(key) == 1}


def _placed(finding: Finding, given: Mapping[str, _Given]) -> Finding:
    """`finding` with the place that its value came from, and without a value that may hold a password."""
    name = (finding.column or "").partition(".")[0]
    value = "" if name == _UNSHOWN else finding.value
    if name not in given:
        return replace(finding, value=value, file=None, line=None)
    source = given[name]
    return replace(finding, value=value, file=source.file, line=source.line, column=source.column)
