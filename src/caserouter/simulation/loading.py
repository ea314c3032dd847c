"""Scenario files, read with every problem at once: file, line, key path, value, rule and remedy.

What the models refuse and what does not fit together come in one go: where a part of the file is wrong, the others are still checked
against each other, and names that a wrong part defines count as known.
"""

from pathlib import Path

from pydantic import ValidationError

from caserouter.domain.errors import Finding
from caserouter.files.complaints import complaints
from caserouter.files.documents import refusal
from caserouter.files.problems import Report, shown_path
from caserouter.simulation.checks.draft import Draft
from caserouter.simulation.checks.everything import check_everything
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.layers import read_layers


def load_scenario(path: str | Path) -> Scenario:
    """The scenario of a YAML file, laid over the files that it extends.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        If it is no scenario: its findings are every problem, each with file, line and key path.
    """
    scenario, findings = check_scenario(path)
    if scenario is None:
        raise refusal(findings, f"{shown_path(path)}: not a scenario")
    return scenario


def check_scenario(path: str | Path) -> tuple[Scenario | None, list[Finding]]:
    """The scenario of a YAML file, None if anything is wrong with it, and every error and warning, by file and line.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        If it is a directory or may not be read.
    """
    layers = read_layers(Path(path))
    if layers.data is None:
        return None, layers.findings
    report = Report(shown_path(path))
    try:
        draft = Draft.of(Scenario.model_validate(layers.data))
    except ValidationError as error:
        layers.findings += complaints(error, Scenario, layers.record, report, {})
        draft = Draft.salvaged(layers.data)
    layers.findings += check_everything(draft, layers.finding)
    order = {shown_path(file): number for number, file in enumerate(layers.paths)}
    findings = sorted(layers.findings, key=lambda one: (order.get(one.file or "", len(order)), one.line or 0))
    wrong = any(finding.severity == "error" for finding in findings)
    return None if wrong else draft.scenario, findings
