"""What is wrong with parameters of paths, queries and headers, as findings in the words that files use: place, value, rule and remedy."""

from collections.abc import Iterable, Mapping
from typing import Any

from caserouter.domain.errors import Finding
from caserouter.files.complaints import rule_and_remedy
from caserouter.files.problems import shown


def parameter_findings(errors: Iterable[Mapping[str, Any]]) -> list[Finding]:
    """A finding for each error that the framework found in parameters."""
    return [_finding(error) for error in errors]


def _finding(error: Mapping[str, Any]) -> Finding:
    place = tuple(error["loc"][1:])  # the first part says whether it is in the path, the query or a header
    rule, remedy = rule_and_remedy(error, None, place)
    if error["type"] == "extra_forbidden":
        rule, remedy = "unknown parameter", "leave it out; the parameters of this path are listed at /docs"
    has_value = error["type"] not in {"extra_forbidden", "missing"} and not isinstance(error["input"], dict | list)
    return Finding(shown(error["input"]) if has_value else "", rule, remedy, column=shown(".".join(map(str, place))) or None)
