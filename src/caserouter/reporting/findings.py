"""What is wrong with the files, for people and for programs."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from caserouter.domain.errors import Finding
from caserouter.files.problems import plural
from caserouter.files.queue import LoadedQueue

STYLE = {"error": "bold red", "warning": "yellow"}


def print_findings(console: Console, findings: Sequence[Finding]) -> None:
    """One line per finding: severity, place, value, rule and remedy; never wrapped, so that it can be searched and clicked."""
    for finding in findings:
        line = Text(f"{finding.severity}: ", style=STYLE[finding.severity]).append(str(finding), style="default")
        console.print(line, soft_wrap=True)


def print_check(console: Console, queue: LoadedQueue) -> None:
    """Every finding, then what was read and how many rows are bad."""
    print_findings(console, queue.findings)
    read = {"case": queue.cases, "specialist": queue.specialists, "account": queue.accounts}
    found = {"error": queue.errors, "warning": queue.warnings, "bad row": queue.bad_rows}
    console.print(f"read {_counted(read)}: {_counted(found)}", soft_wrap=True)


def print_set_aside(console: Console, queue: LoadedQueue) -> None:
    """The rows that `--skip-bad` set aside, each with its reasons."""
    if not queue.bad_rows:
        return
    console.print(f"set aside {plural(len(queue.bad_rows), 'bad row')}:", soft_wrap=True)
    for row in queue.bad_rows:
        print_findings(console, row.findings)


def _counted(things: Mapping[str, Sequence[object]]) -> str:
    """How many there are of each, as `5 cases, 1 account`."""
    return ", ".join(plural(len(found), name) for name, found in things.items())


def finding_document(finding: Finding) -> dict[str, Any]:
    """A finding as JSON."""
    return {
        "severity": finding.severity,
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "value": finding.value,
        "rule": finding.rule,
        "remedy": finding.remedy,
    }


def check_document(queue: LoadedQueue) -> dict[str, Any]:
    """The result of a check as JSON."""
    return {
        "cases": len(queue.cases),
        "specialists": len(queue.specialists),
        "accounts": len(queue.accounts),
        "errors": len(queue.errors),
        "warnings": len(queue.warnings),
        "bad_rows": [{"file": row.file, "line": row.line} for row in queue.bad_rows],
        "findings": [finding_document(finding) for finding in queue.findings],
    }
