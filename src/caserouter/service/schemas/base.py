"""What bodies and views are made of: strict models, and the types that their fields share, each with its bounds and its form in the documentation.

A number is a JSON number and a moment is text with a time zone: nothing is guessed from another type.
"""

import re
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
_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]")
_AMOUNT_PATTERN = r"([0-9]{1,12}|[0-9]{1,3}(,[0-9]{3}){1,4})(\.[0-9]{1,3})? [A-Z]{3}"
_AMOUNT = re.compile(_AMOUNT_PATTERN)
_CURRENCY = re.compile("[A-Z]{3}")
Item = TypeVar("Item")


class Body(BaseModel):
    """The body of a request."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False, validate_default=False)


class View(BaseModel):
    """The body of an answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _written_amount(value: Any) -> Any:
    """Refuse what leaves the currency to be guessed, and what is of another type, before it is read as an amount."""
    if isinstance(value, dict):
        if type(value.get("minor", 0)) is not int:
            raise ValueError("minor is not a whole number; write the cents without a point or quotes")
        currency = value.get("currency", "USD")
        if not (isinstance(currency, str) and _CURRENCY.fullmatch(currency)):
            raise ValueError("no currency; write three capitals such as USD")
    elif not (isinstance(value, Money) or (isinstance(value, str) and _AMOUNT.fullmatch(value))):
        raise ValueError("not an amount with its currency; write it as 1,500.00 USD")
    return value


def _written_moment(value: Any) -> Any:
    """Refuse numbers, also as text, which would be read as seconds since 1970."""
    if isinstance(value, datetime) or (isinstance(value, str) and _DATED.match(value)):
        return value
    raise ValueError(f"not a date and a time of day with a time zone; write {_MOMENT_EXAMPLE}")


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

Moment = Annotated[model.Moment, BeforeValidator(_written_moment), Field(examples=[_MOMENT_EXAMPLE], strict=False)]
"""A moment with a time zone."""

Amount = Annotated[
    Money,
    BeforeValidator(_written_amount),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "maxLength": MAX_AMOUNT, "pattern": f"^{_AMOUNT_PATTERN}$"},
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
