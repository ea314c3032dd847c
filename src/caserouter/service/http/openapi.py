"""The OpenAPI document: what the routes' signatures and their documentation say, put together once."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaWarningKind, models_json_schema

import caserouter
from caserouter.domain.specialist import Role
from caserouter.service.http.answers import REPLAYED
from caserouter.service.http.bodies import CsvBody, JsonBody
from caserouter.service.http.calls import IDEMPOTENCY_KEY, Needs
from caserouter.service.http.documentation import Documentation, documentation_of
from caserouter.service.http.links import add_links
from caserouter.service.http.problems import KINDS
from caserouter.service.http.responses import References, responses_of
from caserouter.service.schemas.examples import CSV_EXAMPLE, HEADER_EXAMPLES, example_of
from caserouter.service.schemas.problems import ProblemView

_TEMPLATE = "#/components/schemas/{model}"
_DESCRIPTION = """
Who takes a case, decided when it is created, kept, and explained.

Every request but those for `/health`, `/ready`, `/metrics` and this page shows a key: `Authorization: Bearer cr_…`. Errors are problem details
(RFC 9457). Lists come in pages: send `next` of one page as `cursor` of the next. A POST with an `Idempotency-Key` may be repeated safely. Changes of
a case, a specialist or an account name in `If-Match` the `ETag` that was read.
"""
_IDEMPOTENCY_KEY: Mapping[str, Any] = {
    "name": IDEMPOTENCY_KEY,
    "in": "header",
    "required": False,
    "description": "Makes the request safe to repeat: for 7 days the same key and body get the first answer again, byte for byte.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}
_BODY_PROBLEMS = ("malformed_body", "slow_body", "body_too_large", "unsupported_media_type", "invalid_input")
_KEY_PROBLEMS = ("unauthenticated", "forbidden", "too_many_requests")
_ALWAYS = ("error", "store_error")


def openapi_of(app: FastAPI) -> dict[str, Any]:
    """The document of `app`."""
    document = get_openapi(
        title="caserouter",
        version=caserouter.__version__,
        description=_DESCRIPTION,
        routes=app.routes,
        license_info={"name": "MIT", "identifier": "MIT"},
    )
    routes = list(documented_routes(app))
    references, definitions = _schemas(routes)
    document["components"] = {
        "schemas": definitions,
        "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "A key, `cr_…`."}},
    }
    for route, documentation in routes:
        for method in route.methods or ():
            operation = document["paths"][route.path_format][method.lower()]
            _complete(operation, route, documentation, references)
    add_links(document["paths"])
    return document


def documented_routes(app: FastAPI) -> Iterator[tuple[APIRoute, Documentation]]:
    """Routes that are in the document, with what was stated of them."""
    for route in app.routes:
        if isinstance(route, APIRoute) and route.include_in_schema:
            documentation = documentation_of(route.endpoint)
            assert documentation is not None, f"{route.path} says nothing of its answers; use @documented"
            yield route, documentation


def _schemas(routes: list[tuple[APIRoute, Documentation]]) -> tuple[References, dict[str, Any]]:
    """A reference for each model by its use, and the definitions that they lead to."""
    bodies = {body.model for route, _ in routes if isinstance(body := body_of(route), JsonBody)}
    views = {view for _, said in routes for view in said.answers.values()} | {ProblemView}
    uses: list[Any] = [(model, "validation") for model in sorted(bodies, key=_name)]
    uses += [(view, "serialization") for view in sorted(views, key=_name)]
    references, schema = models_json_schema(uses, ref_template=_TEMPLATE, schema_generator=_Quietly)
    definitions = schema["$defs"]
    definitions["Role"] = {"type": "string", "enum": [role.label for role in Role]}  # written by name, as in files
    return references, definitions


class _Quietly(GenerateJsonSchema):
    """Leaves out defaults that JSON cannot hold, and says nothing of it."""

    def emit_warning(self, kind: JsonSchemaWarningKind, detail: str) -> None:
        """Nothing: the document says what there is."""


def _name(model: type[BaseModel]) -> str:
    return model.__name__


def needs_of(route: APIRoute) -> Needs | None:
    """The scopes that a route needs; None if it takes anybody."""
    return next((call for call in _dependencies(route.dependant) if isinstance(call, Needs)), None)


def body_of(route: APIRoute) -> JsonBody[Any] | CsvBody | None:
    """How a route reads its body; None if it takes none."""
    return next((call for call in _dependencies(route.dependant) if isinstance(call, JsonBody | CsvBody)), None)


def _dependencies(dependant: Dependant) -> Iterator[Callable[..., Any] | None]:
    for one in dependant.dependencies:
        yield one.call
        yield from _dependencies(one)


def _complete(operation: dict[str, Any], route: APIRoute, documentation: Documentation, references: References) -> None:
    """Add to `operation` what the framework does not know."""
    summary, _, rest = (inspect.getdoc(route.endpoint) or "").partition("\n")
    operation["summary"] = summary.rstrip(".")
    needs, body = needs_of(route), body_of(route)
    operation["description"] = rest.strip()
    if needs is not None:
        operation["security"] = [{"key": []}]
        scopes = " or ".join(f"`{scope}`" for scope in needs.scopes)
        operation["description"] = f"{rest.strip()}\n\nNeeds the scope {scopes}.".strip()
    if body is not None:
        operation["requestBody"] = _body(body, references)
    if REPLAYED in documentation.headers:
        operation.setdefault("parameters", []).append(dict(_IDEMPOTENCY_KEY))
    for parameter in operation.get("parameters", ()):
        if (example := HEADER_EXAMPLES.get(parameter["name"])) is not None:
            parameter["example"] = example
    operation["responses"] = responses_of(documentation, problems_of(route, documentation), references)


def problems_of(route: APIRoute, documentation: Documentation) -> list[str]:
    """Codes of all problems that a route may answer: those that were stated, and those that follow from its signature."""
    codes = [*documentation.problems, *_ALWAYS]
    if needs_of(route) is not None:
        codes += _KEY_PROBLEMS
    if body_of(route) is not None:
        codes += _BODY_PROBLEMS
    dependant = route.dependant
    if dependant.path_params or dependant.query_params or dependant.header_params or REPLAYED in documentation.headers:
        codes.append("invalid_input")
    if REPLAYED in documentation.headers:
        codes.append("idempotency_key_reused")
    return sorted(set(codes), key=lambda code: (KINDS[code].status, code))


def _body(body: JsonBody[Any] | CsvBody, references: References) -> dict[str, Any]:
    if isinstance(body, CsvBody):
        return {"required": True, "content": {"text/csv": {"schema": {"type": "string"}, "example": CSV_EXAMPLE}}}
    content = {"schema": references[body.model, "validation"], "example": example_of(body.model)}
    return {"required": not body.may_be_empty, "content": {"application/json": content}}
