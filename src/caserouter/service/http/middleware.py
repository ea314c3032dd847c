"""The outermost layers, as plain ASGI: a request's id, its line in the log, its count in the metrics, and the answer to what nobody foresaw."""

import logging
import re
import secrets
from time import perf_counter
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from caserouter.domain.errors import CaserouterError
from caserouter.service.failpoints import passing
from caserouter.service.http.metrics import observe_request
from caserouter.service.http.problems import KINDS, of_error, problem
from caserouter.service.logging import request_id

_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_UNMATCHED = "unmatched"
"""Route of requests for paths that do not exist, whose text is the client's and goes nowhere."""

access_log = logging.getLogger("caserouter.access")
_logger = logging.getLogger(__name__)


class RequestIds:
    """Gives every request an id: the client's ``X-Request-Id`` if it is one, else a new one; the answer repeats it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on under its id."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
        own = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8).encode()
        token = request_id.set(own.decode())

        async def with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-request-id", own), (b"x-content-type-options", b"nosniff")]
            await send(message)

        try:
            await self._app(scope, receive, with_id)
        finally:
            request_id.reset(token)


class Observation:
    """Counts every request and writes one line about it: the route and never the path, as ids of customers may be in there."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and say how it went."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 0
        start = perf_counter()

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
            passing("after_send")
        finally:
            seconds = perf_counter() - start
            method, route = scope["method"] if scope["method"] in _METHODS else "OTHER", _route(scope)
            observe_request(method, route, status, seconds)
            if access_log.isEnabledFor(logging.INFO):
                caller = scope.get("caserouter.caller")
                fields = {"method": method, "route": route, "status": status, "milliseconds": round(seconds * 1000, 2)}
                access_log.info("request", extra=fields | ({"key_id": caller.id} if caller else {}))


def _route(scope: Scope) -> str:
    """The route as it is declared, such as ``/v1/cases/{case_id}``."""
    route: Any = scope.get("route")
    return getattr(route, "path_format", None) or getattr(route, "path", None) or _UNMATCHED


class LastResort:
    """Answers whatever no handler answered with a problem of status 500, and logs it once; a client that left gets nothing."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and answer what it fails with."""
        started = False

        async def noticed(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noticed)
        except ClientDisconnect:
            access_log.info("client left")
        except CaserouterError as error:
            if started:
                raise
            await of_error(error)(scope, receive, send)
        except Exception:
            if scope["type"] != "http":
                raise
            _logger.exception("unforeseen")
            if not started:
                await problem("error", KINDS["error"].example)(scope, receive, send)
