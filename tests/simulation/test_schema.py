"""The JSON Schema of scenario files: what editors accept is what scenarios may say."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft7Validator, FormatChecker, ValidationError
from ruamel.yaml import YAML
from tests.simulation.written import BASE

from caserouter.simulation.schema import scenario_schema, schema_text

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@cache
def validator() -> Draft7Validator:
    return Draft7Validator(scenario_schema(), format_checker=FormatChecker())


def as_editors_read(value):
    """YAML as an editor has it: days and moments are text."""
    if isinstance(value, dict):
        return {str(key): as_editors_read(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_editors_read(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def complaints(text: str) -> set[str]:
    """Key paths of what an editor underlines."""
    data = as_editors_read(YAML(typ="safe", pure=True).load(text))
    return {".".join(map(str, error.absolute_path)) for first in validator().iter_errors(data) for error in leaves(first)}


def leaves(error: ValidationError) -> Iterator[ValidationError]:
    """An error, or, where several forms are allowed, why it is none of them."""
    yield error
    for inner in error.context or ():
        yield from leaves(inner)


def test_it_is_a_schema():
    Draft7Validator.check_schema(scenario_schema())
    assert json.loads(schema_text()) == scenario_schema()


def test_the_file_beside_the_scenarios_is_up_to_date():
    """To accept a change: caserouter scenario schema --out scenarios/scenario.schema.json."""
    assert (SCENARIOS / "scenario.schema.json").read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("path", sorted(SCENARIOS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_scenario_is_accepted_and_names_the_schema(path):
    text = path.read_text(encoding="utf-8")
    assert complaints(text) == set()
    assert text.startswith("# yaml-language-server: $schema=scenario.schema.json\n")


@pytest.mark.parametrize(
    "line",
    [
        "seed: 4",
        "window: {length: 1.5 weeks, warm_up: 90 min}",
        "business_hours: Mon-Fri 09:00-12:00, 13:00-17:00; Sat 10:00-14:00",
        "holidays: [2026-12-25]",
        "staff: {team: {leave: 2026-12-01..2026-12-05, authority: {refund: unlimited, credit: 50 USD}, role: manager}}",
        "staff: {team: {credentials: [hipaa, adjuster@NY ..2026-12-31, {kind: reg_e}]}}",
        "demand: {post: {types: {claim: 2}, rate: 3 per hour}}",
        "case_types: {claim: {credentials: [series_6|series_7, hipaa@any], stages: {read: {next: decide}}}}",
        "case_types: {claim: {amount: 150 USD, patience: {shape: gamma, mean: 2 h, cv: 0.5}}}",
        "demand: {post: null}",
        "case_types: {claim: {patience: null, skills: {claims: null}}}",
    ],
)
def test_the_written_forms_are_accepted(line):
    assert complaints(f"extends: base.yaml\n{line}\n") == set()


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("seeed: 4", ""),
        ("window: {length: 90}", "window.length"),
        ("window: {length: -3 h}", "window.length"),
        ("demand: {post: {rate: 3 per fortnight}}", "demand.post.rate"),
        ("staff: {team: {capcity: 3}}", "staff.team"),
        ("staff: {team: {role: boss}}", "staff.team.role"),
        ("routing: {policy: best}", "routing.policy"),
        ("case_types: {claim: {weight: 13}}", "case_types.claim.weight"),
    ],
)
def test_what_a_scenario_cannot_say_is_underlined(line, place):
    assert place in complaints(f"extends: base.yaml\n{line}\n")


def test_a_file_that_extends_nothing_has_to_be_whole():
    assert complaints(BASE) == set()
    assert complaints(BASE.replace("start: 2026-03-02T00:00\n", "")) == {""}
    assert "case_types.claim.stages.ask" in complaints(BASE.replace("by: customer, handle: exponential(1 d), ", ""))


def test_every_key_of_a_scenario_is_explained():
    unexplained = [
        f"{name}.{key}"
        for name, node in scenario_schema()["$defs"].items()
        for key, field in node.get("properties", {}).items()
        if "description" not in field and "$ref" not in json.dumps(field)
    ]
    assert unexplained == []
