"""Parameters of paths and queries that several routes take."""

from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator, Field, StringConstraints

MAX_SEQ = 2**53
"""Largest number of an event that a client may name: what every JSON reader holds exactly."""


def _printable(text: str) -> str:
    """Refuse characters that nobody sees, NUL among them: no id has them."""
    if not text.isprintable():
        raise ValueError("holds a character that cannot be seen; remove it")
    return text


Visible = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_printable)]
"""An id or a name as a parameter."""

Id = Annotated[Visible, Path(description="Its id.")]
"""An id in a path."""

Seq = Annotated[int, Field(ge=0, le=MAX_SEQ)]
"""The number of an event."""
