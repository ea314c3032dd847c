"""The base of every domain object: a frozen pydantic model that refuses unknown keys."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints


def _not_reserved(name: str) -> str:
    """Refuse characters that the files use as separators inside one cell."""
    if any(mark in name for mark in ";|\n\r"):
        raise ValueError("ids and names may not contain ';', '|' or a line break")
    return name


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_not_reserved)]
"""An id or a name: 1 to 200 characters, none of them a separator of the file formats."""


class Model(BaseModel):
    """Immutable, validated once at the edge, and strict about keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
