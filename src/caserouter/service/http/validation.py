"""What pydantic finds wrong with a request, as findings in the words that files use: place, value, rule and remedy."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from caserouter.domain.errors import Finding
from caserouter.files.complaints import rule_and_remedy
from caserouter.files.problems import shown

MAX_FINDINGS = 50
"""Findings that an answer lists at most."""

_PLACES = frozenset({"path", "query", "header", "body"})


def findings_of(errors: Iterable[Mapping[str, Any]], model: type[BaseModel] | None = None) -> list[Finding]:
    """A finding for each of pydantic's errors, the first `MAX_FINDINGS` of them."""
    return [_finding(error, model) for error, _ in zip(errors, range(MAX_FINDINGS), strict=False)]


def _finding(error: Mapping[str, Any], model: type[BaseModel] | None) -> Finding:
    place = [part for part in error["loc"] if part != "[key]"]
    if place and place[0] in _PLACES:
        place = place[1:]
    kind = error["type"]
    rule, remedy = rule_and_remedy(error, model, tuple(place))
    has_value = kind not in {"extra_forbidden", "missing"} and not isinstance(error["input"], dict | list)
    value = shown(error["input"]) if has_value else ""
    return Finding(value, rule, remedy, column=shown(".".join(str(part) for part in place)) or None)
