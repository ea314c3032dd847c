"""Authority: who may decide what a case asks for, alone or with an approver.

Authority binds the decision, not the holding of the case: whoever lacks it may still take the case where the policy lets
someone else on the roster approve the action. Without an action and an amount there is nothing to check.
"""

from collections.abc import Iterable

from caserouter.domain.case import Case
from caserouter.domain.money import Money
from caserouter.domain.rules import Exclusion, Rule, Situation
from caserouter.domain.settings import Settings
from caserouter.domain.specialist import Specialist


def authority(case: Case, specialist: Specialist, situation: Situation) -> Exclusion | None:
    """The specialist may decide the amount, or the policy lets someone else on the roster approve it."""
    if case.action is None or case.amount is None or decides_alone(case, specialist):
        return None
    allowed = may_be_approved(case.action, situation.settings)
    if allowed and any(person.id != specialist.id and may_approve(case, person) for person in situation.approvers):
        return None
    why = "nobody else on the roster may approve it" if allowed else f"the policy lets nobody approve a {case.action}"
    own = specialist.authority.get(case.action)
    has = f"{case.action} authority of {own}" if own is not None else f"no {case.action} authority"
    return Exclusion(
        Rule.AUTHORITY,
        f"{has}, {case.amount} asked, and {why}",
        f"eligible with {_shortfall(own, case.amount)} {case.action} authority",
    )


def decides_alone(case: Case, specialist: Specialist) -> bool:
    """Whether the specialist needs no approval: nothing is asked, or the own authority covers it."""
    if case.action is None or case.amount is None:
        return True
    own = specialist.authority.get(case.action)
    return case.amount.minor == 0 or own == "unlimited" or (isinstance(own, Money) and own.covers(case.amount))


def may_approve(case: Case, specialist: Specialist) -> bool:
    """Whether the specialist may approve what the case asks for when someone else holds it: enough authority, not excluded."""
    return specialist.id not in case.excluded_specialists and decides_alone(case, specialist)


def approvers_for(case: Case, roster: Iterable[Specialist]) -> tuple[Specialist, ...]:
    """Those on the roster who may approve what the case asks for."""
    return tuple(person for person in roster if may_approve(case, person))


def may_be_approved(action: str, settings: Settings) -> bool:
    """Whether the policy lets an approver decide `action` for another holder."""
    return settings.approval is not None and (settings.approval.actions == "all" or action in settings.approval.actions)


def _shortfall(own: Money | str | None, asked: Money) -> str:
    """What is lacking: ``500.00 USD more``, or all of it where there is nothing to add to."""
    if isinstance(own, Money) and own.currency == asked.currency:
        return f"{Money(minor=asked.minor - own.minor, currency=asked.currency)} more"
    return f"{asked} of"
