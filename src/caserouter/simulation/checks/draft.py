"""What a check reads and what it answers through: a scenario as far as its parts are right, and the place of a finding.

What is right can be checked although something else is wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Protocol, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from caserouter.domain.errors import Finding
from caserouter.files.records import Key
from caserouter.simulation.language.scenario import Scenario

PARTS = ("case_types", "demand", "accounts", "staff", "departments")
"""Mappings of a scenario whose entries are named by others."""


class Place(Protocol):
    """Makes the finding about a key, as an error or a warning: of a file with file and line, of a scenario made in Python without."""

    def __call__(self, key: Key, value: object, rule: str, remedy: str = "", *, warning: bool = False) -> Finding:
        """The finding: value, rule and remedy."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A scenario that may lack parts.

    Parameters
    ----------
    scenario
        Every part that is right; entries and fields that are wrong are left out.
    names
        By part, the names of its entries, those of wrong entries included.
    right
        Fields all of which is right.
    """

    scenario: Scenario
    names: Mapping[str, tuple[str, ...]]
    right: frozenset[str]

    @classmethod
    def of(cls, scenario: Scenario) -> "Draft":
        """A scenario that lacks nothing."""
        return cls(scenario, {part: tuple(getattr(scenario, part)) for part in PARTS}, frozenset(Scenario.model_fields))

    @classmethod
    def salvaged(cls, data: Mapping[str, Any]) -> "Draft":
        """What is right in plain data that are no scenario."""
        values: dict[str, Any] = {}
        names: dict[str, tuple[str, ...]] = {}
        right = set()
        for key, field in Scenario.model_fields.items():
            value = data.get(key)
            if key in PARTS:
                entries = value if isinstance(value, dict) else {}
                names[key] = tuple(entries)
                values[key] = _right_entries(entries, field)
                whole = len(values[key]) == len(entries) and isinstance(value, dict | None)
            else:
                whole = _fill(values, key, field, data)
            if whole:
                right.add(key)
        return cls(Scenario.model_construct(**values), names, frozenset(right))


def _right_entries(entries: Mapping[str, Any], field: FieldInfo) -> dict[str, Any]:
    adapter = TypeAdapter(get_args(field.annotation)[1])
    found = {}
    for name, value in entries.items():
        try:
            found[name] = adapter.validate_python(value)
        except ValidationError:
            continue
    return found


def _fill(values: dict[str, Any], key: str, field: FieldInfo, data: Mapping[str, Any]) -> bool:
    """Set a field from plain data, or to its default; whether that was right."""
    if key not in data:
        if not field.is_required():
            values[key] = field.get_default()
        return not field.is_required()
    try:
        annotation: Any = Annotated[field.annotation, field]
        values[key] = TypeAdapter(annotation).validate_python(data[key])
    except ValidationError:
        return False
    return True
