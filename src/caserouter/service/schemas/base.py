"""What bodies and views are made of: strict models, and the types that their fields share, each with its bounds and its form in the documentation.

A number is a JSON number and a moment is text with a time zone: nothing is guessed from another type.
"""

from datetime import datetime
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic.functional_validators import AfterValidator

from caserouter.domain import jurisdictions, model
from caserouter.domain.money import Money

MAX_NAMES = 200
"""Names in one list at most."""
MAX_AMOUNT = 40
"""Characters of an amount at most."""
MAX_TEXT = 4_000
"""Characters of a note or a reason at most."""

_NAME_PATTERN = r"^[^;|\r\n\u0000]*[^;|\s\u0000][^;|\r\n\u0000]*$"
_MOMENT_EXAMPLE = "2026-11-23T09:30:00Z"
Item = TypeVar("Item")


class Body(BaseModel):
    """The body of a request."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False, validate_default=False)


class View(BaseModel):
    """The body of an answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _short(value: Any) -> Any:
    """Refuse what is too long for an amount before it is read as one."""
    if isinstance(value, str) and len(value) > MAX_AMOUNT:
        raise ValueError(f"longer than {MAX_AMOUNT} characters; write it as 1,500.00 USD")
    if isinstance(value, int | float) and not isinstance(value, bool) and not abs(value) < 10**15:
        raise ValueError("too large a number; amounts are below 10^15")
    return value


def _unique(values: list[Item]) -> list[Item]:
    """Take each value once, in its order."""
    return list(dict.fromkeys(values))


Name = Annotated[model.Name, Field(json_schema_extra={"pattern": _NAME_PATTERN})]
"""An id or a name, 1 to 200 characters."""

Language = Annotated[model.Language, Field(json_schema_extra={"pattern": _NAME_PATTERN})]
Jurisdiction = Annotated[jurisdictions.Jurisdiction, Field(json_schema_extra={"pattern": _NAME_PATTERN})]

Text = Annotated[str, Field(max_length=MAX_TEXT)]
"""Something for people to read."""

Names = Annotated[list[Name], Field(max_length=MAX_NAMES), AfterValidator(_unique)]
"""A list of names; one that is there twice counts once."""

Moment = Annotated[model.Moment, Field(examples=[_MOMENT_EXAMPLE])]
"""A moment with a time zone."""

Amount = Annotated[
    Money,
    BeforeValidator(_short),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "maxLength": 40, "pattern": r"^[0-9]{1,12}(\.[0-9]{1,2})? (USD|EUR|GBP)$"},
                {
                    "type": "object",
                    "properties": {
                        "minor": {"type": "integer", "minimum": 0, "maximum": 10**15},
                        "currency": {"type": "string", "pattern": "^[A-Z]{3}$", "default": "USD"},
                    },
                    "required": ["minor"],
                    "additionalProperties": False,
                },
            ],
            "description": "An amount: text such as `150.00 USD`, or whole minor units and a currency.",
        },
        mode="validation",
    ),
]
"""Money."""

Proficiency = Annotated[int, Field(ge=1, le=5)]
Skills = Annotated[dict[Name, Proficiency], Field(max_length=MAX_NAMES)]
Seen = datetime
"""A moment in an answer."""
