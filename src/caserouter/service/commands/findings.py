"""What is wrong with JSON that a command was given, in the words of the files: value, rule, remedy."""

from collections.abc import Sequence

from pydantic import BaseModel, ValidationError

from caserouter.domain.errors import Finding, InvalidInput
from caserouter.files.complaints import rule_and_remedy
from caserouter.files.problems import shown

MAX_QUOTED = 3
"""Findings that a message quotes at most."""


def model_findings(error: ValidationError, model: type[BaseModel]) -> list[Finding]:
    """A finding per error of `model`, with the path to the value as its column."""
    found = []
    for details in error.errors(include_url=False):
        path = tuple(part for part in details["loc"] if part != "[key]")
        rule, remedy = rule_and_remedy(details, model, path)
        has_value = details["type"] not in {"extra_forbidden", "missing"} and not isinstance(details["input"], dict | list)
        place = shown(".".join(str(part) for part in path))
        found.append(Finding(shown(details["input"]) if has_value else "", rule, remedy, column=place or None))
    return found


def refusal(error: ValidationError, model: type[BaseModel], what: str) -> InvalidInput:
    """The error that carries what is wrong, and quotes the first of it."""
    findings = model_findings(error, model)
    return InvalidInput(f"{what}: {findings[0]}", findings=findings)


def refused(findings: Sequence[Finding]) -> InvalidInput:
    """The error that carries what is wrong, and quotes the first of it."""
    quoted = "; ".join(str(one) for one in findings[:MAX_QUOTED])
    more = f"; and {len(findings) - MAX_QUOTED} more, see findings" if len(findings) > MAX_QUOTED else ""
    return InvalidInput(quoted + more, findings=findings)


def breach(at: str, value: str, rule: str, remedy: str) -> InvalidInput:
    """The error about one value that breaks a rule."""
    return InvalidInput(f"{at} {value}".rstrip() + f": {rule}; {remedy}", findings=[Finding(value, rule, remedy, column=at)])
