"""The JSON Schema of scenario files, for editors: what may stand where, with the words of the documentation.

It follows the written forms: a duration is text with its unit, a list of shifts one line of text. A file that extends another one may
leave out whatever the other one has, and write null to take it away; so every definition exists twice.
"""

import inspect
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, ClassVar, get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from caserouter.domain.specialist import Role, Specialist
from caserouter.files.settings_template import parameter_notes
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.language.staff import StaffGroup
from caserouter.simulation.layers import EXTENDS

Schema = dict[str, Any]

_RANDOM = "25 min, exponential(2 h), lognormal(25 min, cv=0.8), gamma(25 min, cv=0.5) or uniform(10 min, 20 min)"
_AS_TEXT: Mapping[str, Schema] = {
    "Timing": {"type": "string", "description": _RANDOM},
    "Amounts": {"type": "string", "description": "150 USD, lognormal(180 USD, cv=1.2) or uniform(20 USD, 400 USD)"},
    "Money": {"type": ["string", "number"], "description": "150.00 USD"},
    "Shift": {"type": "string", "description": "Mon-Fri 09:00-17:00"},
    "Leave": {"type": "string", "description": "2026-12-01..2026-12-05"},
    "Credential": {"type": "string", "description": "hipaa, or property_casualty@NY+NJ 2024-01-01..2026-12-31"},
    "CredentialNeed": {"type": "string", "description": "series_7, or property_casualty@NY"},
}
"""Models that may be written as text."""

_LISTS_AS_TEXT: Mapping[str, Schema] = {
    "Shift": {"type": "string", "description": "Mon-Fri 09:00-12:00, 13:00-17:00; Sat 10:00-14:00"},
    "Leave": {"type": "string", "description": "2026-12-01..2026-12-05; 2026-12-24"},
    "Credential": {"type": "string", "description": "property_casualty@NY+NJ 2024-01-01..2026-12-31; hipaa"},
    "CredentialNeed": {"type": "string", "description": "series_6|series_7"},
}
"""Models whose lists may be one line of text."""

_NAME: Schema = {"type": "string"}
_ALONE = (("Stream", "types"), ("Stream", "accounts"), ("Stage", "next"))
"""Mappings for which a single name will do."""

_MOMENT: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?$", "examples": ["2026-03-10T10:00"]}
_ROOT = "#/$defs/"
_DIFFERENCE = "Difference"


class _Generator(GenerateJsonSchema):
    """Pydantic's own, without a word on defaults that have no JSON."""

    ignored_warning_kinds: ClassVar[set[Any]] = {"skipped-choice", "non-serializable-default"}  # type: ignore[misc]


def scenario_schema() -> Schema:
    """The JSON Schema of a scenario file (draft 7)."""
    raw = Scenario.model_json_schema(schema_generator=_Generator)
    definitions: dict[str, Schema] = raw.pop("$defs")
    definitions["Scenario"] = raw
    models = {model.__name__: model for model in _models(Scenario)}
    definitions = {name: _described(_tidy(node), models.get(name)) for name, node in definitions.items()}
    _allow_written_forms(definitions)
    below = "The file that this one changes, relative to it. Mappings are merged, null takes away, anything else replaces."
    definitions["Scenario"]["properties"] = {EXTENDS: {**_NAME, "description": below}} | definitions["Scenario"]["properties"]
    differences = _differences(definitions, models)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A caserouter scenario",
        "if": {"required": [EXTENDS]},
        "then": {"$ref": f"{_ROOT}Scenario{_DIFFERENCE}"},
        "else": {"$ref": f"{_ROOT}Scenario"},
        "$defs": dict(sorted((definitions | differences).items())),
    }


def schema_text() -> str:
    """The schema as the file beside the scenarios holds it."""
    return json.dumps(scenario_schema(), indent=1, ensure_ascii=False) + "\n"


def _models(model: type[BaseModel]) -> set[type[BaseModel]]:
    """A model and every model in its fields, however deep."""
    found, todo = {model}, [model]
    while todo:
        parts = {part for field in todo.pop().model_fields.values() for part in _parts(field.annotation)}
        fresh = {part for part in parts if isinstance(part, type) and issubclass(part, BaseModel)} - found
        found |= fresh
        todo += fresh
    return found


def _parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)


def _everywhere(change: Callable[[Schema], Schema], node: Any) -> Any:
    """`node` with every mapping in it changed, the inner ones first."""
    if isinstance(node, dict):
        return change({key: _everywhere(change, value) for key, value in node.items()})
    return [_everywhere(change, value) for value in node] if isinstance(node, list) else node


def _tidy(node: Schema) -> Schema:
    return _everywhere(_tidied, node)  # type: ignore[no-any-return]


def _tidied(node: Schema) -> Schema:
    """A schema in the words of draft 7, local times allowed, without titles and without bounds and defaults of another type."""
    if node.get("format") == "date-time":
        return dict(_MOMENT)
    if "oneOf" in node:
        node["anyOf"] = node.pop("oneOf")
    if "prefixItems" in node:
        node["items"] = node.pop("prefixItems")
    unwanted = {"ge", "gt", "le"} | ({"title"} if isinstance(node.get("title"), str) else set())
    if "minLength" in node and node.get("type") != "string" and "type" in node:
        unwanted |= {"minLength", "maxLength"}
    if not isinstance(node.get("default"), bool | int | float | str) or "pattern" in node or "$ref" in node:
        unwanted.add("default")
    return {key: value for key, value in node.items() if key not in unwanted}


def _described(node: Schema, model: type[BaseModel] | None) -> Schema:
    """A definition with the words of the model's documentation."""
    if model is None:
        return node
    node["description"] = _plain((inspect.getdoc(model) or "").split("\n\n", 1)[0])
    notes = parameter_notes(model)
    if model is StaffGroup:
        shared = parameter_notes(Specialist)
        notes = {name: shared.get(name, note) if note.startswith("As of a specialist") else note for name, note in notes.items()}
    for name, field in node["properties"].items():
        if name in notes and not notes[name].startswith("See their own"):
            field["description"] = notes[name]
    return node


def _plain(text: str) -> str:
    return " ".join(text.replace("`", "").split())


def _allow_written_forms(definitions: dict[str, Schema]) -> None:
    """Add the text that may stand for a model, for a list of models, or for a mapping."""
    for name, node in definitions.items():
        definitions[name] = _everywhere(_list_or_text, node)
    for name, key in _ALONE:
        properties = definitions[name]["properties"]
        properties[key] = _either(_NAME, properties[key])
    rate = definitions["Stream"]["properties"]["rate"]
    definitions["Stream"]["properties"]["rate"] = _either(rate["additionalProperties"], rate)
    definitions["Shift"]["properties"]["days"] = {}
    definitions["Role"] = {"enum": [role.label for role in Role], "description": definitions["Role"]["description"]}
    for name, text in _AS_TEXT.items():
        definitions[name] = _either(text, definitions[name])


def _list_or_text(node: Schema) -> Schema:
    items = node.get("items")
    name = items.get("$ref", "").removeprefix(_ROOT) if isinstance(items, dict) else ""
    return _either(_LISTS_AS_TEXT[name], node) if name in _LISTS_AS_TEXT else node


def _either(text: Schema, node: Schema) -> Schema:
    """Text or the other form; the description stays outside, where editors look for it."""
    outside = {"description": node["description"]} if "description" in node else {}
    return outside | {"anyOf": [text, {key: value for key, value in node.items() if key != "description"}]}


def _differences(definitions: Mapping[str, Schema], models: Collection[str]) -> dict[str, Schema]:
    """The definitions of a file that extends another one, as far as its scenario reaches them."""
    found: dict[str, Schema] = {}
    todo = ["Scenario"]
    while todo:
        name = todo.pop()
        if name not in found:
            found[name] = _difference(definitions[name], models, todo)
    return {name + _DIFFERENCE: node for name, node in found.items()}


def _difference(node: Any, models: Collection[str], mentioned: list[str]) -> Any:
    """A definition of which nothing is required and whose parts null takes away; lists are as in any file, since they are replaced."""
    if isinstance(node, list):
        return [_difference(part, models, mentioned) for part in node]
    if not isinstance(node, dict):
        return node
    node = {key: value if key == "items" else _difference(value, models, mentioned) for key, value in node.items()}
    node.pop("required", None)
    name = str(node.get("$ref", "")).removeprefix(_ROOT)
    if name in models:
        mentioned.append(name)
        node["$ref"] += _DIFFERENCE
    if isinstance(node.get("properties"), dict):
        node["properties"] = {key: _or_null(value) for key, value in node["properties"].items()}
    if isinstance(node.get("additionalProperties"), dict):
        node["additionalProperties"] = _or_null(node["additionalProperties"])
    return node


def _or_null(node: Schema) -> Schema:
    null = {"type": "null"}
    return node if null in node.get("anyOf", ()) else _either(null, node)
