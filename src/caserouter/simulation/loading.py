"""Scenario files, read with every problem at once: file, line, key path, value, rule and remedy.

What the models refuse and what does not fit together come in one go: where a part of the file is wrong, the others are still checked
against each other, and names that a wrong part defines count as known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from caserouter.domain.errors import Finding
from caserouter.files.complaints import NOT_GIVEN, complaints
from caserouter.files.documents import refusal
from caserouter.files.problems import Report, shown, shown_path
from caserouter.files.records import Key
from caserouter.files.yaml_text import dotted
from caserouter.simulation.checks.draft import Draft
from caserouter.simulation.checks.everything import check_everything
from caserouter.simulation.checks.stages import unknown_followers
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.layers import Layers, read_layers


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
    try:
        draft = Draft.of(Scenario.model_validate(layers.data))
    except ValidationError as error:
        found = complaints(error, Scenario, layers.record, Report(shown_path(path)), {})
        layers.findings += [_with_near_name(finding, layers) for finding in found]
        layers.findings += unknown_followers(_unasked(error, layers.data), layers.finding)
        draft = Draft.salvaged(layers.data)
    layers.findings += check_everything(draft, layers.finding, Path(path).parent)
    findings = _in_order(layers)
    return None if _has_errors(findings) else draft.scenario, findings


def check_model(scenario: Scenario, folder: Path | None = None) -> list[Finding]:
    """Every error and warning of a scenario that was made in Python, each with its key path.

    Parameters
    ----------
    scenario
        What to check.
    folder
        Where recorded histories are; None for the current folder.
    """
    return check_everything(Draft.of(scenario), _at_key, folder or Path())


def require_coherent(scenario: Scenario, folder: Path | None = None) -> None:
    """Refuse a scenario whose parts do not fit together; parameters as for `check_model`.

    Raises
    ------
    InvalidInput
        If anything is wrong; its findings are every error and warning.
    """
    findings = check_model(scenario, folder)
    if _has_errors(findings):
        raise refusal(findings, f"scenario {scenario.name}")


def _at_key(key: Key, value: object, rule: str, remedy: str = "", *, warning: bool = False) -> Finding:
    return Finding(shown(value), rule, remedy, column=dotted(key), severity="warning" if warning else "error")


def _unasked(error: ValidationError, data: Mapping[str, Any]) -> dict[str, Any]:
    """The case types with a part so wrong that the rules across their parts were not looked at."""
    places = [details["loc"] for details in error.errors(include_url=False)]
    names = dict.fromkeys(str(place[1]) for place in places if len(place) > 2 and place[0] == "case_types")
    return {name: data["case_types"][name] for name in names if name in data["case_types"]}


def _with_near_name(finding: Finding, layers: Layers) -> Finding:
    """What an entry lacks may be there already, under the name that was meant."""
    if finding.rule != NOT_GIVEN:
        return finding
    near = next((near for key, near in layers.near.items() if (finding.column or "").startswith(f"{dotted(key)}.")), "")
    return replace(finding, remedy=f"{finding.remedy}, or {near}") if near else finding


def _in_order(layers: Layers) -> list[Finding]:
    """The findings of a file and of those underneath by line, the top file first; other files after them."""
    order = {shown_path(file): number for number, file in enumerate(layers.paths)}
    for finding in layers.findings:
        order.setdefault(finding.file or "", len(order))
    return sorted(layers.findings, key=lambda finding: (order[finding.file or ""], finding.line or 0))


def _has_errors(findings: Iterable[Finding]) -> bool:
    return any(finding.severity == "error" for finding in findings)
