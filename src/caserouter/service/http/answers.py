"""Answers: JSON in bytes, which an engine may keep, and the response that sends them."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json
from starlette.responses import Response

from caserouter.service.reply import Reply

REPLAYED = "Idempotency-Replayed"
"""Header of an answer that was kept from an earlier request; a route that has it takes an idempotency key."""
_NO_STORE = {"Cache-Control": "no-store"}


def reply(document: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """An answer that an engine may keep."""
    return Reply(status, to_json(document), headers or {})


def respond(given: Reply) -> Response:
    """The response that sends a reply."""
    headers = {**_NO_STORE, **given.headers}
    if given.replayed:
        headers[REPLAYED] = "true"
    return Response(given.body, given.status, headers, "application/json")


def answer(document: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """The response that sends a document."""
    return respond(reply(document, status, headers))
