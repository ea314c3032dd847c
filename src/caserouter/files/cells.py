"""What one cell may hold: text into skills, credentials, authority, times and money.

Lists inside a cell are separated by ``;``. JSON and YAML may use the same text, or lists and mappings of it. Each parser
takes the raw value and the context of the file, and raises CellError.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from caserouter.domain.calendar import parse_leave, parse_shifts
from caserouter.domain.credentials import CredentialNeed
from caserouter.domain.money import Money
from caserouter.files.problems import CellError
from caserouter.files.times import parse_moment

_HELD_CREDENTIAL = re.compile(
    r"^(?P<kind>[^@]+?)(?:@(?P<where>\S+))?(?:\s+(?P<start>\d{4}-\d\d-\d\d)?\s*\.\.\s*(?P<end>\d{4}-\d\d-\d\d)?)?$",
)
_DATED = re.compile(r"\d{4}-\d|\.\.")
"""What a kind looks like when its dates were not understood."""
_INTAKE = re.compile(r"^(?P<limit>\d+)\s*(?:/\s*(?P<hours>\d+(?:\.\d+)?)\s*h)?\s*(?:used\s+(?P<used>\d+))?$")
_BARE_NUMBER = re.compile(r"^[-+]?[\d.,]+$")


@dataclass(frozen=True, slots=True)
class Context:
    """What a file's cells take for granted.

    Parameters
    ----------
    currency
        The one currency of the queue; a bare number is an amount in it. None accepts any.
    time_zone
        Zone of times that name none; None refuses them.
    time_formats
        Formats of times to try before ISO 8601.
    """

    currency: str | None = "USD"
    time_zone: str | None = None
    time_formats: tuple[str, ...] = ()


Parser = Callable[[Any, Context], Any]


def moment(value: Any, context: Context) -> Any:
    """A moment: ``2026-03-01T09:30:00-05:00``."""
    if not isinstance(value, str):
        raise CellError("not a time", "write it as 2026-03-01T09:30:00-05:00")
    return parse_moment(value, context.time_zone, context.time_formats)


def money(value: Any, context: Context) -> Any:
    """An amount: ``150.00 USD``, ``USD 150.00``, or ``150.00`` in the currency of the queue."""
    if isinstance(value, str):
        text = value.strip()
        value = f"{text} {context.currency or 'USD'}" if _BARE_NUMBER.match(text) else text
    try:
        amount = Money.model_validate(value)
    except ValidationError as error:
        raise refusal(error, "write it as 150.00 USD") from error
    if context.currency and amount.currency != context.currency:
        rule = f"not in {context.currency}, the one currency of this queue"
        raise CellError(rule, "convert it, or set currency in the policy file", str(amount))
    return amount


def names(value: Any, _: Context) -> Any:
    """Names separated by ``;``: ``C-1; C-2``."""
    return _parts(value) if isinstance(value, str) else value


def skills_needed(value: Any, context: Context) -> Any:
    """Skills with the lowest proficiency: ``negotiation:3; claims``; without one, any proficiency (1) will do."""
    return _pairs(value, context, lambda text, _: text, default="1")


def skills_held(value: Any, context: Context) -> Any:
    """Skills with the proficiency, 1 to 5: ``negotiation:3; claims:4``."""
    return _pairs(value, context, lambda text, _: text, missing="write the proficiency, 1 to 5: negotiation:3")


def authority(value: Any, context: Context) -> Any:
    """The highest amount per action: ``refund:150.00 USD; credit:unlimited``."""
    return _pairs(value, context, _limit, missing="write the highest amount: refund:150.00 USD, or refund:unlimited")


def credentials_needed(value: Any, _: Context) -> Any:
    """An AND of any-of groups: ``series_6|series_7; hipaa; property_casualty@NY``."""
    if isinstance(value, str):
        value = _parts(value)
    return [_any_of(group) for group in value] if isinstance(value, list) else value


def credentials_held(value: Any, _: Context) -> Any:
    """Credentials: ``property_casualty@NY+NJ 2024-01-01..2026-12-31; hipaa@any``; open dates are left out."""
    return _each(value, _credential)


def held_cases(value: Any, _: Context) -> Any:
    """Cases with their weights: ``C-1:2; C-2``; without a weight it is 1."""
    return _each(value, _held)


def commitments(value: Any, context: Context) -> Any:
    """Due times, each with a note: ``2026-03-01T17:00Z call back; 2026-03-04T12:00Z``."""

    def one(item: Any) -> Any:
        due, _, note = item.strip().partition(" ") if isinstance(item, str) else (None, "", "")
        if due is not None:
            return {"due": moment(due, context), "note": note.strip()}
        if isinstance(item, Mapping) and "due" in item:
            return {**item, "due": moment(item["due"], context)}
        return item

    return _each(value, one)


def shifts(value: Any, _: Context) -> Any:
    """Weekly hours: ``Mon-Fri 09:00-12:00, 13:00-17:00; Sat 10:00-14:00``."""
    return _flat(value, parse_shifts, _day_numbers)


def leave(value: Any, _: Context) -> Any:
    """Whole days: ``2026-12-01..2026-12-05; 2026-12-24``."""
    return _flat(value, parse_leave)


def intake(value: Any, _: Context) -> Any:
    """New cases per window: ``3``, ``3/24h``, or ``3/24h used 1``."""
    if not isinstance(value, str):
        return value
    match = _INTAKE.match(value.strip())
    if match is None:
        raise CellError("not an intake limit", "write 3/24h, or 3/24h used 1")
    found = {"limit": match["limit"], "window_hours": match["hours"], "used": match["used"]}
    return {key: part for key, part in found.items() if part is not None}


def refusal(error: ValueError, remedy: str = "") -> CellError:
    """The error of a cell, from what a domain object says: the rule and, after a semicolon, the remedy."""
    message = str(error)
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        message = str(first.get("ctx", {}).get("error", first["msg"]))
    rule, _, own_remedy = message.partition("; ")
    return CellError(rule, own_remedy or remedy)


def _parts(text: str) -> list[str]:
    return [part for part in map(str.strip, text.split(";")) if part]


def _each(value: Any, parse: Callable[[Any], Any]) -> Any:
    """`parse` applied to the parts of a text, or to the members of a list."""
    if isinstance(value, str):
        value = _parts(value)
    return [parse(item) for item in value] if isinstance(value, list) else value


def _flat(value: Any, parse: Callable[[str], Any], other: Callable[[Any], Any] = lambda item: item) -> Any:
    """What `parse` makes of a text, or of each text in a list; `other` takes members that are no text."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        return value
    found: list[Any] = []
    for item in value:
        if isinstance(item, str):
            try:
                found.extend(parse(item))
            except ValueError as error:
                raise refusal(error) from error
        else:
            found.append(other(item))
    return found


def _day_numbers(item: Any) -> Any:
    """A shift whose days are numbers, which JSON and YAML hand over as text."""
    if isinstance(item, Mapping) and isinstance(item.get("days"), list):
        return {**item, "days": [int(day) if isinstance(day, str) and day.isdecimal() else day for day in item["days"]]}
    return item


def _pairs(
    value: Any,
    context: Context,
    parse: Callable[[Any, Context], Any],
    *,
    default: str | None = None,
    missing: str = "",
) -> Any:
    """A mapping from text such as ``a:1; b:2``, or from a list of such text; the same name twice is an error."""
    if isinstance(value, Mapping):
        return {name: parse(item, context) for name, item in value.items()}
    items = _parts(value) if isinstance(value, str) else value
    if not isinstance(items, list):
        return value
    found: dict[str, Any] = {}
    for item in items:
        if not isinstance(item, str):
            raise CellError("not text", missing, str(item))
        name, colon, text = (part.strip() for part in item.rpartition(":"))
        if not colon:
            if default is None:
                raise CellError("no value after the name", missing, item)
            name, text = text, default
        elif default is None and ("," in name or ":" in name):
            raise CellError("more than one name before the value", "separate one from the next by ;", item)
        if name in found:
            raise CellError("named twice in one cell", "keep one", name)
        found[name] = parse(text, context)
    return found


def _limit(value: Any, context: Context) -> Any:
    if isinstance(value, str) and value.strip().lower() == "unlimited":
        return "unlimited"
    try:
        return money(value, context)
    except CellError as error:
        raise CellError(error.rule, error.remedy, error.value or (value if isinstance(value, str) else None)) from error


def _any_of(group: Any) -> Any:
    if isinstance(group, str):
        group = [part for part in map(str.strip, group.split("|")) if part]
        if not group:
            raise CellError("a group without a credential", "write series_6|series_7")
    if isinstance(group, Mapping):
        return [group]
    return [_need(item) for item in group] if isinstance(group, list) else group


def _need(item: Any) -> Any:
    if not isinstance(item, str):
        return item
    if item.rstrip().endswith("@"):
        raise CellError("no jurisdiction after the @", "write kind@NY, or leave the @ out", item)
    try:
        return CredentialNeed.model_validate(item)
    except ValidationError as error:
        raise refusal(error, "write kind, or kind@NY") from error


def _credential(item: Any) -> Any:
    if not isinstance(item, str):
        where = item.get("jurisdictions") if isinstance(item, Mapping) else None
        return {**item, "jurisdictions": _codes(where)} if isinstance(where, str) else item
    match = _HELD_CREDENTIAL.match(item)
    if match is None or _DATED.search(match["kind"]):
        raise CellError("not a credential", "write property_casualty@NY+NJ 2024-01-01..2026-12-31", item)
    found: dict[str, Any] = {"kind": match["kind"], "valid_from": match["start"], "valid_until": match["end"]}
    if match["where"]:
        found["jurisdictions"] = _codes(match["where"])
    return found


def _codes(text: str) -> list[str]:
    return [code for code in map(str.strip, re.split(r"[+;]", text)) if code]


def _held(item: Any) -> Any:
    if not isinstance(item, str):
        return item
    name, colon, weight = item.rpartition(":")
    return {"id": name, "weight": weight} if colon and weight.strip().isdigit() else {"id": item}
