"""Moments in files: ISO 8601 or stated formats, always with a time zone in the end."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from caserouter.files.problems import CellError

_EARLIEST, _LATEST = 1970, 2199
_HOW = "write it as 2026-03-01T09:30:00-05:00"


def parse_moment(text: str, zone: str | None = None, formats: Sequence[str] = ()) -> datetime:
    """The moment that `text` names, in UTC.

    Parameters
    ----------
    text
        ISO 8601, such as ``2026-03-01T09:30:00-05:00`` or ``2026-03-01 14:30Z``, or one of `formats`. A date alone is its
        midnight.
    zone
        IANA time zone of times that name none; without it such a time is an error, because guessing would move every
        due time by hours. A local time that the end of summer time repeats is the first of the two.
    formats
        `datetime.strptime` formats to try first.

    Raises
    ------
    CellError
        If it is no time, names no time zone where none is set, or lies outside 1970 to 2199.
    """
    moment = _parse(text.strip(), formats)
    if moment.tzinfo is None:
        if zone is None:
            remedy = "add an offset such as Z or -05:00, or set time_zone in the policy file or in the map"
            raise CellError("a time without a time zone", remedy)
        moment = moment.replace(tzinfo=_zone(zone))
    if not _EARLIEST <= moment.year <= _LATEST:
        raise CellError(f"a time outside the years {_EARLIEST} to {_LATEST}", _HOW)
    return moment.astimezone(UTC)


def _parse(text: str, formats: Sequence[str]) -> datetime:
    for style in formats:
        try:
            return datetime.strptime(text, style)  # noqa: DTZ007 - the caller sets or refuses the missing zone
        except ValueError:
            continue
    iso = f"{text[:-4]}+00:00" if text.endswith((" UTC", " GMT")) else text
    try:
        if len(iso) < len("2026-01-01"):
            raise ValueError
        return datetime.fromisoformat(iso)
    except ValueError as error:
        known = f" or as {' or '.join(formats)}" if formats else ", or name its format in a map's time_formats"
        raise CellError("not a time", f"{_HOW}{known}") from error


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
