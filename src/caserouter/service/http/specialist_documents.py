"""A specialist as answers have it: hours and amounts as people write them."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from caserouter.domain.money import Money
from caserouter.domain.shift_text import DAYS

_COLUMNS = ("id", "version", "active", "name", "capacity", "load", "presence", "presence_until")
_PLAIN = ("team", "role", "skills", "time_zone", "backup")
_CREDENTIAL = ("id", "kind", "jurisdictions", "valid_from", "valid_until")


def specialist_document(row: Mapping[str, Any]) -> dict[str, Any]:
    """A specialist from the columns of its row and its body."""
    body = row["body"]
    document = {name: row[name] for name in _COLUMNS} | {name: body[name] for name in _PLAIN}
    intake, cost = body["intake"], body["cost_per_hour"]
    return document | {
        "languages": sorted(body["languages"]),
        "authority": {action: _limit(limit) for action, limit in body["authority"].items()},
        "shifts": hours_text(body["shifts"]),
        "blocks": hours_text(body["blocks"]),
        "leave": "; ".join(f"{leave['start']}..{leave['end']}" for leave in body["leave"]),
        "intake": None if intake is None else {"limit": intake["limit"], "window_hours": intake["window_hours"]},
        "cost_per_hour": None if cost is None else _limit(cost),
    }


def _limit(limit: Any) -> str:
    return limit if isinstance(limit, str) else str(Money.model_validate(limit))


def hours_text(shifts: Iterable[Mapping[str, Any]]) -> str:
    """Weekly hours as text that is read as the same hours: ``Mon-Fri 09:00-12:00, 13:00-17:00; Sat 10:00-14:00``."""
    written = [(_days(shift["days"]), f"{shift['start'][:5]}-{shift['end'][:5]}") for shift in shifts]
    parts = groupby(written, key=lambda one: one[0])
    return "; ".join(f"{days} {', '.join(hours for _, hours in group)}" for days, group in parts)


def _days(days: Iterable[int]) -> str:
    """Weekdays, those that follow on each other as a range."""
    runs = groupby(enumerate(sorted(days)), key=lambda one: one[1] - one[0])
    ranges = [[day for _, day in run] for _, run in runs]
    return ", ".join(DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}" for run in ranges)


def credential_document(row: Mapping[str, Any], *, with_evidence: bool) -> dict[str, Any]:
    """A credential from the columns of its row."""
    evidence = row["evidence"] if with_evidence else ""
    return {name: row[name] for name in _CREDENTIAL} | {"revoked": row["revoked_seq"] is not None, "evidence": evidence}
