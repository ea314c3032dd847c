"""The OpenAPI document says everything that a route takes and answers, and its page works without a network."""

import json
import re

import jsonschema
import pytest

from caserouter.service.http import create_app
from caserouter.service.http.bodies import JsonBody, parse
from caserouter.service.http.openapi import body_of, documented_routes, needs_of, openapi_of
from caserouter.service.http.problems import KINDS, MEDIA_TYPE
from caserouter.service.schemas.base import Body, View
from caserouter.service.schemas.examples import EXAMPLES
from caserouter.service.settings import ServiceSettings

APP = create_app(None, ServiceSettings())  # type: ignore[arg-type]
DOCUMENT = openapi_of(APP)
ROUTES = [pytest.param(route, said, id=f"{min(route.methods)} {route.path}") for route, said in documented_routes(APP)]
OPERATIONS = [
    pytest.param(operation, id=f"{method.upper()} {path}")
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]
MODELS = {body.model for route, _ in documented_routes(APP) if isinstance(body := body_of(route), JsonBody)}
"""What requests hold."""
OPEN = {"/health", "/ready", "/metrics"}


@pytest.mark.parametrize(("route", "said"), ROUTES)
def test_every_route_needs_a_scope_but_those_for_operation(route, said):
    assert (needs_of(route) is None) == (route.path in OPEN)
    assert route.path in OPEN or route.path.startswith("/v1/")


@pytest.mark.parametrize(("route", "said"), ROUTES)
def test_a_route_documents_the_problems_that_follow_from_its_signature(route, said):
    operation = DOCUMENT["paths"][route.path][min(route.methods).lower()]
    documented = set(operation["responses"])
    assert documented >= {"500", "503"}
    if needs_of(route) is not None:
        assert documented >= {"401", "403", "429"}
        assert operation["security"] == [{"key": []}]
        assert "Needs the scope" in operation["description"]
    if body_of(route) is not None:
        assert documented >= {"400", "408", "413", "415", "422"}
    if "{" in route.path:
        assert "422" in documented
    if "If-Match" in {parameter["name"] for parameter in operation.get("parameters", ())}:
        assert "412" in documented


def resolved(schema):
    """A schema that carries the definitions that it refers to."""
    return {**schema, "components": DOCUMENT["components"]}


def is_valid(instance, schema):
    jsonschema.Draft202012Validator(resolved(schema)).validate(instance)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_body_and_every_status_has_an_example_that_fits(operation):
    for content in operation.get("requestBody", {}).get("content", {}).values():
        is_valid(content["example"], content["schema"])
    for status, answer in operation["responses"].items():
        for media_type, content in answer["content"].items():
            examples = [content["example"]] if "example" in content else [one["value"] for one in content["examples"].values()]
            for example in examples:
                is_valid(example, content["schema"])
                assert media_type != MEDIA_TYPE or str(example["status"]) == status


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_has_a_summary_and_its_parameters_are_described(operation):
    assert operation["summary"]
    assert not operation["summary"].endswith(".")
    assert [parameter["name"] for parameter in operation.get("parameters", ()) if not parameter.get("description")] == []


@pytest.mark.parametrize("model", [model for model in EXAMPLES if not issubclass(model, View)], ids=lambda model: model.__name__)
def test_the_example_of_a_body_is_accepted(model):
    assert isinstance(parse(model, json.dumps(EXAMPLES[model]).encode()), model)


def test_there_are_no_examples_for_nothing():
    used = {view for _, said in documented_routes(APP) for view in said.answers.values()}
    assert set(EXAMPLES) == used | MODELS


@pytest.mark.parametrize("name", sorted({model.__name__ for model in MODELS if issubclass(model, Body)}))
def test_a_body_refuses_what_it_does_not_know_and_bounds_its_texts_and_lists(name):
    schema = DOCUMENT["components"]["schemas"][name]
    assert schema["additionalProperties"] is False
    for field, stated in schema["properties"].items():
        for one in [stated, *stated.get("anyOf", ())]:
            if one.get("type") == "array":
                assert "maxItems" in one, field
            if one.get("type") == "string" and "format" not in one and "enum" not in one and "const" not in one:
                assert "maxLength" in one, field
            if one.get("type") == "object" and "additionalProperties" in one:
                assert one["additionalProperties"] is False or "maxProperties" in one, field


def test_every_kind_of_problem_that_a_route_names_exists():
    for _, said in documented_routes(APP):
        assert set(said.problems) <= set(KINDS)


def test_every_link_leads_to_an_operation():
    ids = {operation["operationId"] for methods in DOCUMENT["paths"].values() for operation in methods.values()}
    links = [
        link
        for methods in DOCUMENT["paths"].values()
        for operation in methods.values()
        for answer in operation["responses"].values()
        for link in answer.get("links", {}).values()
    ]
    assert len(links) > 20
    assert {link["operationId"] for link in links} <= ids


def test_the_page_loads_nothing_from_elsewhere(service):
    client = service.bare()
    page = client.get("/docs")
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert "//" not in page.text.replace("<!DOCTYPE html>", "")
    paths = re.findall(r'(?:src|href)="(docs/[^"]+)"', page.text)
    assert {path.rpartition(".")[2] for path in paths} >= {"css", "js"}
    for path in paths:
        asset = client.get(f"/{path}")
        assert asset.status_code == 200
        assert len(asset.content) > 100
    assert client.get("/openapi.json").json() == json.loads(json.dumps(DOCUMENT))


def test_the_page_may_be_left_out():
    paths = [getattr(route, "path", "") for route in create_app(None, ServiceSettings(docs=False)).routes]  # type: ignore[arg-type]
    assert not {"/docs", "/openapi.json"} & set(paths)
