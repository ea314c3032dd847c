"""Approval: what a case asks for beyond its holder's own authority is decided by somebody else before the case is done."""

from collections.abc import Mapping
from typing import Any

from caserouter.domain.authority_rule import decides_alone, may_be_approved
from caserouter.domain.case import Case
from caserouter.domain.errors import Conflict
from caserouter.domain.money import Money
from caserouter.service.board import OpenCase
from caserouter.service.unit import Unit


def require_approval(unit: Unit, open_case: OpenCase) -> None:
    """Refuse to go on with a held case whose amount is beyond its holder's authority, unless that has been decided.

    What was approved, or refused, covers the same action up to the same amount: a raised amount, or another action, asks again.

    Raises
    ------
    Conflict
        If nobody with the authority has decided it.
    """
    case, holder = open_case.case, open_case.holder
    if holder is None or case.action is None or _decided(open_case.approval, case):
        return
    person = unit.specialist(holder)
    if decides_alone(case, person):
        return
    own = person.authority.get(case.action)
    has = "authority, which is none," if own is None else f"authority of {own}"
    allowed = may_be_approved(case.action, unit.board.document.routing)
    remedy = (
        "have it approved first, or refused" if allowed else "nobody may approve it: reassign it to somebody with the authority"
    )
    raise Conflict(
        f"{open_case.id}: amount {case.amount} is beyond {holder}'s {has} for {case.action}: {remedy}", ids=[open_case.id, holder]
    )


def _decided(approval: Mapping[str, Any] | None, case: Case) -> bool:
    """Whether an approval that was given, or refused, covers what `case` asks for now."""
    if approval is None or case.amount is None or approval["action"] != case.action or approval["amount"] is None:
        return False
    return Money.model_validate(approval["amount"]).covers(case.amount)
