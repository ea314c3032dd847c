"""Cursors: where the next page begins, as text that means something to us alone."""

import base64
import binascii
import json
from datetime import datetime
from typing import Annotated

from fastapi import Query

from caserouter.domain.errors import InvalidInput

Part = str | int | None
Limit = Annotated[int, Query(ge=1, le=500, description="Items on a page.")]
Cursor = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=600,
        pattern=r"^[A-Za-z0-9_-]+$",
        description="`next` of the page before; none for the first one.",
    ),
]


def make_cursor(*parts: Part | datetime) -> str:
    """A cursor that stands for `parts`."""
    plain = [part.isoformat() if isinstance(part, datetime) else part for part in parts]
    return base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")


def read_cursor(cursor: str | None, *kinds: type) -> tuple[str | int | datetime, ...] | None:
    """What `make_cursor` was given; None for no cursor.

    Parameters
    ----------
    kinds
        What each part has to be: str, int or datetime.

    Raises
    ------
    InvalidInput
        If it is none of ours.
    """
    if cursor is None:
        return None
    try:
        plain = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return tuple(_part(part, kind) for part, kind in zip(plain, kinds, strict=True))
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise InvalidInput(f"cursor {cursor[:40]}: not one of ours; send `next` of the page before, or none") from error


def _part(part: object, kind: type) -> str | int | datetime:
    if kind is datetime and isinstance(part, str):
        moment = datetime.fromisoformat(part)
        if moment.tzinfo is None:
            raise ValueError("no time zone")
        return moment
    if kind is int and isinstance(part, int) and not isinstance(part, bool) and abs(part) < 2**63:
        return part
    if kind is str and isinstance(part, str) and part.isprintable():
        return part
    raise ValueError("another kind of part")
