"""Parameters of paths and queries that several routes take."""

from typing import Annotated

from fastapi import Path
from pydantic import Field, StringConstraints

MAX_SEQ = 2**53
"""Largest number of an event that a client may name: what every JSON reader holds exactly."""


_INSIDE = r"[^;|\x00-\x1f\x7f-\x9f]"
_END = r"[^\s;|\x00-\x1f\x7f-\x9f]"

Visible = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=f"^{_END}({_INSIDE}*{_END})?$")]
"""An id or a name as a parameter: no control characters, no separators of the files, no white space around it."""

Id = Annotated[Visible, Path(description="Its id.")]
"""An id in a path."""

Seq = Annotated[int, Field(ge=0, le=MAX_SEQ)]
"""The number of an event."""
