"""What a route may answer, as the OpenAPI document says it: every status with its type, its headers and an example."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from pydantic import BaseModel

from caserouter.service.http.answers import REPLAYED
from caserouter.service.http.documentation import Documentation
from caserouter.service.http.problems import KINDS, MEDIA_TYPE, problem_body
from caserouter.service.schemas.examples import example_of
from caserouter.service.schemas.problems import ProblemView

References = Mapping[Any, dict[str, Any]]
"""References to the definitions of models, by model and use."""

_REQUEST_ID = "4b1f0c2a9d3e8f70"
_HEADERS: Mapping[str, str] = {
    "X-Request-Id": "Id of the request, as in the log.",
    "ETag": "Version of what is answered, for If-Match.",
    REPLAYED: "`true` where the answer is that of an earlier request with the same Idempotency-Key.",
    "Location": "Where what was created is read.",
}


def responses_of(documentation: Documentation, codes: Iterable[str], references: References) -> dict[str, dict[str, Any]]:
    """The answers of a route, by status.

    Parameters
    ----------
    documentation
        What was stated of the route.
    codes
        Kinds of problems that it may answer, those of one status next to each other.
    references
        To the definitions of views.
    """
    answers = {str(status): _answer(documentation, status, references) for status in sorted(documentation.answers)}
    by_status = groupby(codes, key=lambda code: KINDS[code].status)
    return answers | {str(status): _problem(list(kinds), references) for status, kinds in by_status}


def _answer(documentation: Documentation, status: int, references: References) -> dict[str, Any]:
    view = documentation.answers[status]
    names = ("X-Request-Id", *documentation.headers)
    return {
        "description": _description(status, view),
        "content": {documentation.media_type: {"schema": references[view, "serialization"], "example": example_of(view)}},
        "headers": {name: {"description": _HEADERS[name], "schema": {"type": "string"}} for name in names},
    }


def _problem(codes: list[str], references: References) -> dict[str, Any]:
    titles = {code: KINDS[code].title for code in codes}
    examples = {code: {"summary": title, "value": _example(code)} for code, title in titles.items()}
    return {
        "description": "; ".join(dict.fromkeys(titles.values())),
        "content": {MEDIA_TYPE: {"schema": references[ProblemView, "serialization"], "examples": examples}},
    }


def _example(code: str) -> dict[str, Any]:
    return {**problem_body(code, KINDS[code].example), "request_id": _REQUEST_ID}


def _description(status: int, view: type[BaseModel]) -> str:
    text = (view.__doc__ or "").strip().partition("\n")[0]
    return {201: f"Created. {text}"}.get(status, text)
