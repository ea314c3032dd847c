"""Bodies of requests: read in time, of a known type, and straight from bytes into a model.

JSON goes to pydantic as bytes: one pass, and the strict reading of JSON's own types. It refuses lone surrogates, numbers beyond what a float or an
index holds, and nesting past 200 levels; NUL, which JSON can write and PostgreSQL cannot keep, is refused here for every text at once.
"""

import asyncio
import hashlib
import json
import re
from typing import Any, Generic, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from caserouter.domain.errors import Finding
from caserouter.service.findings import model_findings, refused
from caserouter.service.http.errors import MalformedBody, SlowBody, UnsupportedMediaType

JSON = "application/json"
Model = TypeVar("Model", bound=BaseModel)

_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_READ = "caserouter.body"
"""Key of the request's scope under which the raw body stays, for its fingerprint."""


async def read_body(request: Request, media_types: tuple[str, ...], *, may_be_empty: bool = False) -> bytes:
    """The whole body of a request; where it `may_be_empty`, an empty one is none, whatever type it says it is.

    Raises
    ------
    UnsupportedMediaType
        If it says that it is none of `media_types`; one that says nothing is taken for the first.
    SlowBody
        If it does not arrive in time.
    """
    if may_be_empty and request.headers.get("content-length") == "0":  # such as of curl -d '', which calls it a form
        request.scope[_READ] = b""
        return b""
    given = request.headers.get("content-type", media_types[0]).partition(";")[0].strip().lower()
    if given not in media_types and not (media_types[0] == JSON and given.startswith("application/") and given.endswith("+json")):
        raise UnsupportedMediaType(f"{given or 'an empty Content-Type'}: not read here; send {' or '.join(media_types)}")
    seconds: float = request.app.state.settings.body_seconds
    try:
        async with asyncio.timeout(seconds):
            body = await request.body()
    except TimeoutError as error:
        raise SlowBody(f"the body was not complete after {seconds:g} s; send it faster, or in parts") from error
    request.scope[_READ] = body
    return body


class JsonBody(Generic[Model]):
    """Reads the body of a request as `model`: a dependency of routes.

    Parameters
    ----------
    model
        What the body has to be.
    may_be_empty
        Whether no body at all stands for ``{}``.
    """

    def __init__(self, model: type[Model], *, may_be_empty: bool = False) -> None:
        self.model = model
        self.may_be_empty = may_be_empty

    async def __call__(self, request: Request) -> Model:
        """The body, validated."""
        raw = await read_body(request, (JSON,), may_be_empty=self.may_be_empty)
        return parse(self.model, b"{}" if self.may_be_empty and not raw else raw)


class CsvBody:
    """Reads the body of a request as the bytes of a CSV file: a dependency of routes."""

    async def __call__(self, request: Request) -> bytes:
        """The body as it is."""
        return await read_body(request, ("text/csv",))


def parse(model: type[Model], raw: bytes) -> Model:
    """JSON as `model`.

    Raises
    ------
    MalformedBody
        If it is no JSON.
    InvalidInput
        If it breaks a rule of the model; the findings are all that is wrong.
    """
    if b"\\u0000" in raw and _NUL.search(raw):
        raise refused([Finding("\\u0000", "a NUL character, which no text may hold", "remove it")])
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        if errors[0]["type"] == "json_invalid":
            reason = str(errors[0]["ctx"]["error"])
            raise MalformedBody(f"not JSON: {reason}; send one JSON object, in UTF-8") from error
        raise refused(model_findings(error, model)) from error


def fingerprint(request: Request) -> str:
    """Digest of the body in its canonical form: the order of keys and white space make no difference."""
    raw: bytes = request.scope.get(_READ, b"")
    return hashlib.sha256(_canonical(raw)).hexdigest()


def _canonical(raw: bytes) -> bytes:
    try:
        document: Any = json.loads(raw)
    except (ValueError, RecursionError):
        return raw  # no JSON, such as a CSV file
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode()
