"""Domain objects as CSV cells, the inverse of `cells`: what is written here reads back as the same object."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from caserouter.domain.account import Account
from caserouter.domain.calendar import Leave, Shift
from caserouter.domain.case import Case, Commitment
from caserouter.domain.credentials import AnyOf, Credential
from caserouter.domain.model import Model
from caserouter.domain.shift_text import DAY_NAMES
from caserouter.domain.specialist import HeldCase, IntakeLimit, Role, Specialist

Row = dict[str, str]


def case_row(case: Case) -> Row:
    """The cells of a case by column; empty where the case asks nothing."""
    row = _plain(case)
    row["required_skills"] = _pairs(case.required_skills)
    row["required_credentials"] = _joined(map(_any_of, case.required_credentials))
    row["commitments"] = _joined(map(_commitment, case.commitments))
    return row


def specialist_row(specialist: Specialist) -> Row:
    """The cells of a specialist by column."""
    row = _plain(specialist)
    row["skills"] = _pairs(specialist.skills)
    row["credentials"] = _joined(map(_credential, specialist.credentials))
    row["authority"] = _pairs(specialist.authority)
    row["held_cases"] = _joined(map(_held, specialist.held_cases))
    row["shifts"] = _joined(map(_shift, specialist.shifts))
    row["blocks"] = _joined(map(_shift, specialist.blocks))
    row["leave"] = _joined(map(_leave, specialist.leave))
    row["intake"] = _intake(specialist.intake) if specialist.intake else ""
    return row


def account_row(account: Account) -> Row:
    """The cells of an account by column."""
    return _plain(account)


def _plain(item: Model) -> Row:
    """Cells of a model whose fields are single values or sets of names."""
    return {name: _cell(getattr(item, name)) for name in type(item).model_fields}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Role):
        return value.label
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, frozenset):
        return _joined(sorted(str(item) for item in value))
    return "" if isinstance(value, tuple | Mapping) else str(value)


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(parts)


def _pairs(pairs: Mapping[str, Any]) -> str:
    return _joined(f"{name}:{value}" for name, value in sorted(pairs.items()))


def _any_of(group: AnyOf) -> str:
    return "|".join(map(str, group))


def _commitment(commitment: Commitment) -> str:
    return f"{commitment.due.isoformat()} {commitment.note}".strip()


def _credential(credential: Credential) -> str:
    where = "+".join(sorted(credential.jurisdictions))
    dates = ""
    if credential.valid_from or credential.valid_until:
        dates = f" {credential.valid_from or ''}..{credential.valid_until or ''}"
    return f"{credential.kind}@{where}{dates}"


def _held(case: HeldCase) -> str:
    return f"{case.id}:{case.weight}"


def _shift(shift: Shift) -> str:
    days = [DAY_NAMES[day].capitalize() for day in sorted(shift.days)]
    in_a_row = len(days) > 2 and max(shift.days) - min(shift.days) == len(days) - 1
    named = f"{days[0]}-{days[-1]}" if in_a_row else ", ".join(days)
    return f"{named} {shift.start:%H:%M}-{shift.end:%H:%M}"


def _leave(leave: Leave) -> str:
    return str(leave.start) if leave.start == leave.end else f"{leave.start}..{leave.end}"


def _intake(intake: IntakeLimit) -> str:
    used = f" used {intake.used}" if intake.used else ""
    return f"{intake.limit}/{intake.window_hours:g}h{used}"
