"""Pages and cursors: a cursor says where the next page begins, as text that means something to us alone."""

import base64
import binascii
import json
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from caserouter.domain.model import FIRST_YEAR, LAST_YEAR
from caserouter.service.findings import breach

Item = TypeVar("Item")
_FORM = "^[A-Za-z0-9_-]+$"


class Paging(BaseModel):
    """Which page of a list."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=500, description="Items on a page.")] = 100
    cursor: Annotated[
        str | None,
        Field(
            min_length=1,
            max_length=2_000,
            json_schema_extra={"pattern": _FORM},
            description="`next` of the page before; none for the first one.",
        ),
    ] = None

    def after(self, *kinds: type) -> tuple[Any, ...] | None:
        """Keys of the last item of the page before; None for the first page."""
        return read_cursor(self.cursor, *kinds)

    def cut(self, found: Sequence[Item], keys: Callable[[Item], Sequence[Any]]) -> tuple[list[Item], str | None]:
        """The items of a page and the cursor of the next one, of a list that was read one item further."""
        items = list(found[: self.limit])
        return items, make_cursor(*keys(items[-1])) if len(found) > self.limit else None


def make_cursor(*parts: Any) -> str:
    """A cursor that stands for `parts`."""
    plain = [part.isoformat() if isinstance(part, datetime) else part for part in parts]
    return base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":"), ensure_ascii=False).encode()).decode().rstrip("=")


def read_cursor(cursor: str | None, *kinds: type) -> tuple[Any, ...] | None:
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
        if not re.fullmatch(_FORM, cursor):
            raise ValueError("other letters")
        plain = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return tuple(_part(part, kind) for part, kind in zip(plain, kinds, strict=True))
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise breach("cursor", cursor[:40], "not one of ours", "send `next` of the page before, or none") from error


def _part(part: object, kind: type) -> str | int | datetime:
    if kind is datetime and isinstance(part, str):
        moment = datetime.fromisoformat(part)
        if moment.tzinfo is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValueError("no moment of ours")
        return moment
    if kind is int and isinstance(part, int) and not isinstance(part, bool) and abs(part) < 2**63:
        return part
    if kind is str and isinstance(part, str) and "\0" not in part:
        part.encode()  # refuses halves of characters, which no database takes
        return part
    raise ValueError("another kind of part")
