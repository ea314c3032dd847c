"""What every domain object is made of: a frozen pydantic model that refuses unknown keys, and the types its fields share.

A validator of one value states the rule and, after a semicolon, the remedy: pydantic and the findings of a file add the value. A
validator across fields states the values as well.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any, NoReturn, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, StringConstraints

MAX_HOURS = 87_600.0
"""Ten years: longer spans are mistakes, and would leave the range of dates."""

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Years in which moments lie: so far from the ends of the calendar that every time zone and every span stays inside."""
FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
"""The days of those years; other systems write days beyond them for what has no beginning or no end."""

_RESERVED = frozenset(";|\n\r")
Key = TypeVar("Key")
Value = TypeVar("Value")


class Model(BaseModel):
    """Immutable, validated once at the edge, strict about keys that it does not know, and free of infinities."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class FrozenDict(dict[Key, Value]):
    """A dictionary that refuses to change, so that a model that holds one is immutable and hashable."""

    def _refuse(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError("a field of a domain object does not change; make a new object with model_copy(update=…)")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self),)


FrozenMapping = Annotated[Mapping[Key, Value], AfterValidator(FrozenDict)]
"""A mapping that stays as it was validated."""


def _not_reserved(name: str) -> str:
    """Refuse characters that the files use as separators inside one cell."""
    if not _RESERVED.isdisjoint(name):
        raise ValueError("contains ';', '|' or a line break, which separate names in files; rename it")
    return name


def _to_utc(moment: datetime) -> datetime:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"outside the years {FIRST_YEAR} to {LAST_YEAR}; leave it out where there is no such moment")
    return moment.astimezone(UTC)


def _language_tag(name: str) -> str:
    return name.lower().replace("_", "-")


def _known_zone(name: str) -> str:
    """Refuse a time zone that the IANA data base does not list."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("not an IANA time zone; write it as America/New_York") from error
    return name


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_not_reserved)]
"""An id or a name: 1 to 200 characters, none of them a separator of the file formats."""

Language = Annotated[Name, AfterValidator(_language_tag)]
"""A language tag such as ``en`` or ``pt-br``, in lower case."""

Moment = Annotated[AwareDatetime, AfterValidator(_to_utc)]
"""A moment with a time zone, kept in UTC so that differences and comparisons are exact across changes of the clock."""

TimeZone = Annotated[str, AfterValidator(_known_zone)]
"""An IANA time zone."""
