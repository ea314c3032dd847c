"""Every error as problem details (RFC 9457): one table of kinds, one form, and the handlers that lead there.

A kind's `type` is ``urn:caserouter:problem:<code>``. Beside the members of the RFC an answer has `code`, `request_id`, `ids` (of what is concerned)
and `findings`: everything that is wrong with the request, each with its place, value, rule and remedy.
"""

import json
import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from itertools import islice
from typing import Any, NamedTuple

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from caserouter.domain.errors import CaserouterError, Finding, InvalidInput
from caserouter.service.findings import refused
from caserouter.service.http.validation import parameter_findings
from caserouter.service.logging import request_id

MEDIA_TYPE = "application/problem+json"
MAX_FINDINGS = 1_000
"""Findings that an answer lists at most; the first ones of a file say what is wrong with it."""
_logger = logging.getLogger(__name__)


class Kind(NamedTuple):
    """A kind of problem.

    Parameters
    ----------
    status
        HTTP status.
    title
        What it is, the same for each occurrence.
    example
        A detail that such a problem could have, for the documentation.
    """

    status: int
    title: str
    example: str


KINDS: Mapping[str, Kind] = {
    "malformed_body": Kind(400, "The body is no JSON", "line 1 column 12: expected a value; send one JSON object"),
    "bad_request": Kind(400, "The request cannot be read", "There was an error parsing the request"),
    "unauthenticated": Kind(401, "No valid key", "no key; send the header Authorization: Bearer cr_…"),
    "forbidden": Kind(403, "The key lacks a scope", "this key has read; route is needed here; use a key with that scope"),
    "not_found": Kind(404, "There is no such thing", "C-06F2M8Q4T1ZJ9XKB: no such case; look it up by source and external id"),
    "method_not_allowed": Kind(405, "The method is not allowed here", "TRACE: not allowed here; use GET"),
    "slow_body": Kind(408, "The body took too long", "the body was not complete after 15 s; send it faster"),
    "conflict": Kind(409, "The request contradicts the present state", "C-06F2M8Q4T1ZJ9XKB is resolved: accept is not allowed"),
    "precondition_failed": Kind(412, "It has changed since you read it", '"3": the version is "4" by now; read it again'),
    "body_too_large": Kind(413, "The body is too large", "more than 1,000,000 bytes; send less"),
    "unsupported_media_type": Kind(415, "The body is of another type", "text/plain: not read here; send application/json"),
    "invalid_input": Kind(422, "The request breaks a rule", "weight, 13: above 12, the most allowed"),
    "idempotency_key_reused": Kind(
        422,
        "The Idempotency-Key stands for another request",
        "Idempotency-Key 7d2e6c1a: was used with another body before; take a new key",
    ),
    "precondition_required": Kind(428, "If-Match is missing", 'no If-Match; send the ETag that you read, such as "3"'),
    "too_many_requests": Kind(429, "The key's own limit is used up", "more than 60 requests a minute; repeat in 12 s"),
    "solver_error": Kind(500, "Internal error", "the error is in the log under this request id"),
    "error": Kind(500, "Internal error", "the error is in the log under this request id"),
    "store_error": Kind(503, "The database does not answer", "the database did not answer in time; repeat the request"),
    "not_ready": Kind(503, "Not ready", "the board is being loaded; try again in a moment"),
}
"""Kinds of problems by the code of the error that leads to them."""

_CODE_BY_STATUS = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large", 415: "unsupported_media_type"}


def problem(
    code: str,
    detail: str,
    *,
    ids: Iterable[str] = (),
    findings: Iterable[Finding] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer for a problem of the kind `code`."""
    body = problem_body(code, detail, ids=ids, findings=findings)
    return Response(json.dumps(body).encode(), body["status"], headers, MEDIA_TYPE)


def problem_body(code: str, detail: str, *, ids: Iterable[str] = (), findings: Iterable[Finding] = ()) -> dict[str, Any]:
    """Problem details as a mapping."""
    kind = KINDS[code]
    return {
        "type": f"urn:caserouter:problem:{code}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "code": code,
        "request_id": request_id.get(),
        "ids": list(ids),
        "findings": [finding_document(one) for one in islice(findings, MAX_FINDINGS)],
    }


def finding_document(finding: Finding) -> dict[str, Any]:
    """A finding as answers have it."""
    place = {"line": finding.line} if finding.line is not None else {}
    return {"at": finding.column or "", **place, "value": finding.value, "rule": finding.rule, "remedy": finding.remedy}


def handle_problems(app: FastAPI) -> None:
    """Let `app` answer every error as problem details."""
    app.add_exception_handler(CaserouterError, _ours)
    app.add_exception_handler(RequestValidationError, _parameters)
    app.add_exception_handler(HTTPException, _framework)


def of_error(error: CaserouterError) -> Response:
    """The answer for one of our errors: what went wrong on our side is logged, not told."""
    code = error.code if error.code in KINDS else "error"
    kind = KINDS[code]
    if kind.status >= HTTPStatus.INTERNAL_SERVER_ERROR and code != "not_ready":
        _logger.error("request failed", exc_info=error, extra={"code": code})
        return problem(code, kind.example, headers={"Retry-After": "1"} if getattr(error, "retryable", False) else None)
    findings = error.findings if isinstance(error, InvalidInput) else ()
    return problem(code, error.message, ids=error.ids, findings=findings, headers=_headers(error))


def _headers(error: CaserouterError) -> dict[str, str]:
    """What the answer for `error` says beside its body."""
    if error.code == "unauthenticated":
        return {"WWW-Authenticate": 'Bearer realm="caserouter"'}
    retry_after = getattr(error, "retry_after", None)
    return {} if retry_after is None else {"Retry-After": str(retry_after)}


def _ours(_request: Request, error: Exception) -> Response:
    assert isinstance(error, CaserouterError)
    return of_error(error)


def _parameters(_request: Request, error: Exception) -> Response:
    """Parameters of the path, the query or the headers break a rule."""
    assert isinstance(error, RequestValidationError)
    findings = parameter_findings(error.errors())
    return of_error(refused(findings))


def _framework(request: Request, error: Exception) -> Response:
    """What the framework itself refuses: unknown paths, wrong methods."""
    assert isinstance(error, HTTPException)
    code = _CODE_BY_STATUS.get(error.status_code, "bad_request" if error.status_code < 500 else "error")
    if code == "not_found":
        return problem(code, "no such path; the paths are listed at /docs")
    if code == "method_not_allowed":
        allowed = ", ".join(_methods_at(request))
        return problem(code, f"{request.method}: not allowed here; use {allowed}", headers={"Allow": allowed})
    return problem(code, str(error.detail))


def _methods_at(request: Request) -> list[str]:
    """Every method that is documented for the path of `request`; a path without parameters comes before one that has them."""
    found = [route for route in request.app.routes if route.matches(request.scope)[0] is not Match.NONE]
    named = [route for route in found if getattr(route, "path", None) == request.scope["path"]]
    return sorted(method for route in named or found for method in getattr(route, "methods", None) or ())
