"""What is wrong with scenario files, for people and for programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console

from caserouter.domain.errors import Finding
from caserouter.files.problems import plural
from caserouter.reporting.findings import finding_document, print_findings
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.preflight import LoadProblem


@dataclass(frozen=True, slots=True)
class CheckedScenario:
    """A scenario file and what was found.

    Parameters
    ----------
    file
        Its name.
    scenario
        What it holds; None if anything is wrong with it.
    findings
        Errors and warnings.
    problems
        What cannot be stable.
    """

    file: str
    scenario: Scenario | None
    findings: Sequence[Finding]
    problems: Sequence[LoadProblem] = ()

    @property
    def everything(self) -> list[Finding]:
        """The findings, and a warning for each thing that cannot be stable."""
        return [*self.findings, *(Finding("", one.sentence, file=self.file, severity="warning") for one in self.problems)]

    def count(self, severity: str) -> int:
        """How many errors, or warnings."""
        return sum(finding.severity == severity for finding in self.everything)


def print_scenario_check(console: Console, checked: CheckedScenario) -> None:
    """Every finding of a file, then what was read."""
    print_findings(console, checked.everything)
    found = ", ".join(plural(checked.count(severity), severity) for severity in ("error", "warning"))
    console.print(f"{checked.file}: {_contents(checked.scenario)}{found}", soft_wrap=True)


def scenario_check_document(checked: Sequence[CheckedScenario]) -> dict[str, Any]:
    """The result of a check as JSON."""
    return {"scenarios": [_document(one) for one in checked]}


def _document(checked: CheckedScenario) -> dict[str, Any]:
    return {
        "file": checked.file,
        "name": checked.scenario.name if checked.scenario else None,
        "errors": checked.count("error"),
        "warnings": checked.count("warning"),
        "findings": [finding_document(finding) for finding in checked.findings],
        "overloads": [
            {
                "what": problem.what,
                "offered": problem.offered,
                "staffed": problem.staffed,
                "unit": problem.unit,
                "abandons": problem.abandons,
            }
            for problem in checked.problems
        ],
    }


def _contents(scenario: Scenario | None) -> str:
    """What a scenario holds, in words."""
    if scenario is None:
        return ""
    counts = {
        "case type": len(scenario.case_types),
        "demand stream": len(scenario.demand),
        "specialist": sum(group.count for group in scenario.staff.values()),
        "account": sum(group.count for group in scenario.accounts.values()),
        "department": len(scenario.departments),
    }
    return f"{scenario.name}, {', '.join(plural(count, name) for name, count in counts.items())}: "
