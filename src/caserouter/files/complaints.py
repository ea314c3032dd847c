"""What pydantic finds wrong, in the words of the files: value, rule, remedy, line and column."""

import re
import types
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from caserouter.domain.errors import Finding
from caserouter.files.problems import Report, did_you_mean, listed
from caserouter.files.records import Key, Record

NOT_GIVEN = "required, but not given"
"""Rule that an absent key breaks."""

_RULES: Mapping[str, str] = {
    "missing": NOT_GIVEN,
    "int_parsing": "not a whole number",
    "int_type": "not a whole number",
    "int_from_float": "not a whole number",
    "int_parsing_size": "too large a number",
    "float_parsing": "not a number",
    "float_type": "not a number",
    "finite_number": "not a finite number",
    "bool_parsing": "neither true nor false",
    "bool_type": "neither true nor false",
    "string_type": "not text",
    "string_unicode": "holds characters that are no text",
    "string_too_short": "empty",
    "greater_than_equal": "below {ge}, the least allowed",
    "greater_than": "not above {gt}",
    "less_than_equal": "above {le}, the most allowed",
    "string_too_long": "longer than {max_length} characters",
    "string_pattern_mismatch": "not of the form {pattern}",
    "enum": "not one of {expected}",
    "literal_error": "not one of {expected}",
    "dict_type": "not a mapping of names to values",
    "model_type": "not a mapping of keys to values",
    "model_attributes_type": "not a mapping of keys to values",
    "tuple_type": "not a list",
    "list_type": "not a list",
    "frozen_set_type": "not a list",
    "too_short": "too few values: at least {min_length}",
    "date_from_datetime_parsing": "not a day such as 2026-03-01",
    "date_parsing": "not a day such as 2026-03-01",
    "date_type": "not a day such as 2026-03-01",
    "time_parsing": "not a time of day such as 09:30",
    "timezone_aware": "a moment without a time zone",
}

_REMEDIES: Mapping[str, str] = {
    "missing": "fill it in",
    "int_from_float": "write a whole number",
    "greater_than": "write more than {gt}",
    "timezone_aware": "write it with one, as 2026-11-23T09:30:00Z",
}

_FRACTION = re.compile(r"-?\d*\.\d+")
_PERCENTAGE = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*%")


def complaints(
    error: ValidationError,
    model: type[BaseModel],
    record: Record,
    report: Report,
    labels: Mapping[str, str],
) -> list[Finding]:
    """A finding per error of a model.

    Parameters
    ----------
    model
        The model that refused the record.
    labels
        The file's own name of a column, where it differs.
    """
    return [_finding(details, model, record, report, labels) for details in error.errors(include_url=False)]


def _finding(
    details: ErrorDetails,
    model: type[BaseModel],
    record: Record,
    report: Report,
    labels: Mapping[str, str],
) -> Finding:
    path: Key = tuple(part for part in details["loc"] if part != "[key]")
    rule, remedy = rule_and_remedy(details, model, path)
    value: Any = "" if details["type"] == "missing" else details["input"]
    if details["type"] == "extra_forbidden":
        value = str(path[-1])
    elif isinstance(value, dict | list) and details["type"] == "value_error" and path:
        value = ""  # the validator's sentence names what is wrong inside
    elif not path:
        value = record.values.get("id", "")  # a rule across columns concerns the row
    elif isinstance(value, float) and isinstance(written := _written(record, path), str):
        value = written  # the model has read 0 h as 0.0
    found = report.finding(value, rule, remedy, record.line_of(path), _label(path, labels, record))
    return replace(found, file=record.file_of(path, report.file)) if record.files else found


def _label(path: Key, labels: Mapping[str, str], record: Record) -> str | None:
    """The name of a column, with the keys inside it: ``required_skills.negotiation``; positions only inside lists of the file."""
    if not path:
        return None
    first, *rest = path
    in_text = isinstance(record.values.get(str(first)), str)
    return ".".join(
        [labels.get(str(first), str(first)), *(str(part) for part in rest if not (in_text and isinstance(part, int)))]
    )


def rule_and_remedy(details: Mapping[str, Any] | ErrorDetails, model: type[BaseModel] | None, path: Key) -> tuple[str, str]:
    """What one error of pydantic's says, as a rule and a remedy; `model` is what has it at `path`, if known."""
    kind = details["type"]
    context = {key: f"{item:g}" if isinstance(item, float) else item for key, item in details.get("ctx", {}).items()}
    if kind == "extra_forbidden":
        known = keys_at(model, path[:-1]) if model else ()
        return "unknown key", did_you_mean(str(path[-1]), known, f"known are {listed(known)}" if known else "")
    if kind in {"enum", "literal_error"}:
        known = [word.strip().strip("'") for word in str(context.get("expected", "")).replace(" or ", ", ").split(", ")]
        given = details["input"]
        remedy = did_you_mean(given, known) if isinstance(given, str) else ""
        return f"not one of {listed(known)}", remedy
    if kind == "float_parsing" and (share := _PERCENTAGE.fullmatch(str(details["input"]).strip())):
        return _RULES[kind], f"write {float(share['number']) / 100:g}"
    if kind == "int_parsing" and _FRACTION.fullmatch(str(details["input"]).strip()):
        kind = "int_from_float"
    if kind in {"value_error", "assertion_error"}:
        rule, _, remedy = str(context.get("error", details["msg"])).partition("; ")
        return rule, remedy
    template = _RULES.get(kind)
    rule = template.format_map(context) if template else f"{details['msg'][:1].lower()}{details['msg'][1:]}"
    return rule, _REMEDIES.get(kind, "").format_map(context)


def _written(record: Record, path: Key) -> Any:
    """What the file has at `path`; None where the path leads into what a reader made of a text."""
    here: Any = record.values
    for part in path:
        if isinstance(here, Mapping):
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
        else:
            return None
    return here


def keys_at(model: type[BaseModel], path: Key) -> Collection[str]:
    """Keys that `model` knows at `path`; empty where it takes any."""
    here = _unwrap(annotation_at(model, path))
    return tuple(here.model_fields) if isinstance(here, type) and issubclass(here, BaseModel) else ()


def annotation_at(model: type[BaseModel], path: Key) -> Any:
    """What `model` takes at `path`, as its annotation says it; None where it knows no such key."""
    here: Any = model
    for part in path:
        here = _unwrap(here)
        if isinstance(here, type) and issubclass(here, BaseModel):
            field = here.model_fields.get(str(part))
            here = field.annotation if field else None
        else:
            members = get_args(here)
            is_mapping = get_origin(here) is Mapping
            here = members[1 if is_mapping else 0] if members else None
    return here


def _unwrap(annotation: Any) -> Any:
    """The model, or else the container, inside an optional or annotated type."""
    if get_origin(annotation) is Annotated:
        return _unwrap(get_args(annotation)[0])
    if get_origin(annotation) in {Union, types.UnionType}:
        options = [option for option in get_args(annotation) if option is not type(None)]
        return _unwrap(options[0]) if options else None
    return annotation
