"""Parameters of paths and queries that several routes take."""

import re
from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema

MAX_SEQ = 2**53
"""Largest number of an event that a client may name: what every JSON reader holds exactly."""

_INSIDE = r"[^;|\x00-\x1f\x7f-\x9f]"
_END = r"[^\s;|\x00-\x1f\x7f-\x9f]"
_FORM = f"^{_END}({_INSIDE}*{_END})?$"
_SCHEMA = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": _FORM}


def _visible(text: str) -> str:
    """Refuse what cannot be seen, and the separators of the files."""
    if not re.fullmatch(_FORM, text):
        raise ValueError("has a control character, ';' or '|' in it, or white space around it; write it as it was given")
    return text


def fits_into_a_path(name: str) -> bool:
    """Whether a path can name it, as `Id` has it: a slash would part it."""
    return "/" not in name and re.fullmatch(_FORM, name) is not None


Visible = Annotated[
    str, StringConstraints(min_length=1, max_length=200), AfterValidator(_visible), WithJsonSchema(_SCHEMA, mode="validation")
]
"""An id or a name as a parameter: no control characters, no separators of the files, no white space around it."""

Id = Annotated[Visible, Path(description="Its id.")]
"""An id in a path."""

Seq = Annotated[int, Field(ge=0, le=MAX_SEQ)]
"""The number of an event."""
