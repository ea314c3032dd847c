"""The documented default policy file, written from the settings themselves so that the two cannot drift apart."""

import inspect
import re
import textwrap
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from pydantic import BaseModel

from caserouter.domain.settings import Settings
from caserouter.domain.specialist import Role

_WIDTH = 110
_EXAMPLES: Mapping[str, str] = {
    "time_zone": "America/New_York",
    "relaxations": "{skill: {after_hours: 24, price: 60}, language: {after_hours: 8, price: 30}}",
    "handling.minutes_by_type": "{billing_dispute: 45, claim_denial: 90}",
    "credentials": "{implies: {series_7: [series_6]}}",
    "team_caps": "{claims: 120}",
    "holidays": "[2026-12-25, 2027-01-01]",
    "skills": "[negotiation, claims]",
    "jurisdictions": "[EU, Ontario]",
    "mix": "{billing_dispute: 3.5, claim_denial: 0.8}",
}
"""Settings that are empty by default, or that mean more when written than when left out: shown as commented examples."""

_HEAD = """\
# Routing policy. Every key may be left out; what stands here are the defaults. Unknown keys are errors.
# Keys behind a # are examples: they are empty unless set. Setting time_zone allows times without an offset in the files.
"""


def default_settings_yaml() -> str:
    """The documented default policy file; reading it gives ``Settings()``."""
    return _HEAD + "\n" + "\n".join(_lines(Settings(), "", ""))


def _lines(model: BaseModel, indent: str, prefix: str) -> Iterator[str]:
    """Each field of a model with its documentation above it."""
    notes = parameter_notes(type(model))
    for name in type(model).model_fields:
        value = getattr(model, name)
        note = notes.get(name, "")
        if isinstance(value, BaseModel) and note.startswith("See their own"):
            note = (inspect.getdoc(type(value)) or "").split("\n", 1)[0]
        for line in textwrap.wrap(note, _WIDTH - len(indent)):
            yield f"{indent}# {line}"
        example = _EXAMPLES.get(prefix + name)
        if example is not None:
            yield f"{indent}# {name}: {example}"
        elif isinstance(value, BaseModel):
            yield f"{indent}{name}:"
            yield from _lines(value, f"{indent}  ", f"{prefix}{name}.")
        else:
            yield f"{indent}{name}: {_scalar(value)}"
        if not indent:
            yield ""


def parameter_notes(model: type[BaseModel]) -> dict[str, str]:
    """What the docstring of a model says of each parameter; parameters described together share the words."""
    notes: dict[str, str] = {}
    _, _, section = (inspect.getdoc(model) or "").partition("Parameters\n----------\n")
    names: list[str] = []
    for line in section.splitlines():
        if line and not line.startswith(" "):
            names = [name.strip() for name in line.split(",")]
        for name in names if line.startswith(" ") else ():
            notes[name] = f"{notes.get(name, '')} {line.strip()}".strip()
    return {name: re.sub(r"`+", "", note) for name, note in notes.items()}


def _scalar(value: Any) -> str:
    """A value in YAML's flow style."""
    if isinstance(value, Role):
        return value.label
    if isinstance(value, Enum):
        return str(value.value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key)}: {_scalar(item)}" for key, item in value.items()) + "}"
    if isinstance(value, tuple | frozenset):
        return "[" + ", ".join(sorted(map(_scalar, value)) if isinstance(value, frozenset) else map(_scalar, value)) + "]"
    return str(value)
