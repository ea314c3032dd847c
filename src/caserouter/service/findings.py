"""What is wrong with what a client gave, in the words of the files: value, rule, remedy; and the one error that carries it."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from caserouter.domain.errors import Finding, InvalidInput
from caserouter.files.complaints import rule_and_remedy
from caserouter.files.problems import shown

MAX_QUOTED = 3
"""Findings that a message quotes at most."""

Read = TypeVar("Read", bound=BaseModel)


def read_fields(model: type[Read], fields: Mapping[str, Any], what: str = "") -> Read:
    """A model from values or JSON by name.

    Parameters
    ----------
    model, fields
        What it is to be, and from what.
    what
        What the message names first; empty for nothing.

    Raises
    ------
    InvalidInput
        With a finding for everything that is wrong.
    """
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        raise refused(model_findings(error, model), what) from None  # its own words repeat the values, personal ones among them


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


def require_none(findings: Sequence[Finding], what: str = "") -> None:
    """Refuse what has findings.

    Raises
    ------
    InvalidInput
        If there is one; see `refused`.
    """
    if findings:
        raise refused(findings, what)


def refused(findings: Sequence[Finding], what: str = "") -> InvalidInput:
    """The error that carries what is wrong, and quotes the first of it behind `what`, if given."""
    quoted = "; ".join(str(one) for one in findings[:MAX_QUOTED])
    more = f"; and {len(findings) - MAX_QUOTED} more, see findings" if len(findings) > MAX_QUOTED else ""
    return InvalidInput((f"{what}: " if what else "") + quoted + more, findings=findings)


def breach(at: str, value: str, rule: str, remedy: str) -> InvalidInput:
    """The error about one value that breaks a rule."""
    return InvalidInput(f"{at} {value}".rstrip() + f": {rule}; {remedy}", findings=[Finding(value, rule, remedy, column=at)])
