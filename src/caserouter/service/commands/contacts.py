"""Touches of a case: contacts with or about the customer, reviews, and approvals."""

from collections.abc import Iterable
from datetime import datetime

from caserouter.domain.authority_rule import may_approve, may_be_approved
from caserouter.domain.case import RiskFlag
from caserouter.domain.errors import Conflict
from caserouter.domain.lifecycle import CaseStatus, Command
from caserouter.service.board import OpenCase
from caserouter.service.commands.commitments import keep_due, record_commitment, require_ahead
from caserouter.service.commands.coverage import require_credentials
from caserouter.service.commands.turn import Done, take_turn
from caserouter.service.commands.wait_ends import end_wait
from caserouter.service.findings import breach
from caserouter.service.unit import Unit
from caserouter.store.events import EventKind


def contact(
    unit: Unit,
    case_id: str,
    *,
    customer_facing: bool,
    commitment: datetime | None = None,
    note: str = "",
    occurred_at: datetime | None = None,
) -> Done:
    """A contact was made.

    One that faces the customer is the first response if there was none before, keeps the commitments that are not overdue, and ends a wait
    on the customer. A case that waits for somebody else goes on waiting.

    Parameters
    ----------
    unit, case_id
        The unit of work, and a case that somebody holds and has accepted.
    customer_facing
        Whether the customer took part.
    commitment
        When the customer is to hear from us next; None for no commitment.
    note
        What was promised; kept where it can be erased.
    occurred_at
        When it happened, by the client's clock.

    Raises
    ------
    Conflict
        If a risk flag demands a review before the first response and none has passed, or the holder's credential for the case was not
        valid when the contact began.
    InvalidInput
        If the commitment was due by the time of the contact.
    """
    turn = take_turn(unit, Command.CONTACT, case_id, occurred_at)
    if turn is None:
        return Done(case_id, applied=False)
    require_ahead(commitment, turn.happened_at, at="commitment")
    require_credentials(unit, turn.case, turn.happened_at)
    first = customer_facing and turn.case.first_response_at is None
    if first:
        _require_reviews(unit, turn.case)
    unit.record(
        EventKind.CONTACT_MADE,
        case_id=case_id,
        specialist_id=turn.case.holder,
        data={**turn.dated, "customer_facing": customer_facing, "first": first},
    )
    if customer_facing:
        keep_due(unit, case_id, turn)
        if turn.case.status is CaseStatus.WAITING_CUSTOMER:
            end_wait(unit, turn.case)
    made = None if commitment is None else record_commitment(unit, case_id, commitment, note, dated=turn.dated)
    return Done(case_id, commitment=made)


def review(unit: Unit, case_id: str, *, flags: Iterable[RiskFlag] | None = None, occurred_at: datetime | None = None) -> Done:
    """Legal or compliance has passed the case, for `flags`, or for all that demand it; a case that waited for just that is ready.

    Raises
    ------
    InvalidInput
        If the case does not carry one of `flags`.
    """
    turn = take_turn(unit, Command.REVIEW, case_id, occurred_at)
    if turn is None:
        return Done(case_id, applied=False)
    case = turn.case.case
    passed = frozenset(case.risk_flags if flags is None else flags)
    if strange := sorted(passed - case.risk_flags):
        has = ", ".join(sorted(case.risk_flags)) or "none"
        raise breach("flags", ", ".join(strange), f"{case_id} does not carry them", f"its flags are {has}")
    unit.record(EventKind.REVIEW_PASSED, case_id=case_id, data={**turn.dated, "flags": sorted(passed | set(turn.case.reviewed))})
    if not _reviews_left(unit, turn.case):
        _end_wait_for(unit, turn.case, CaseStatus.WAITING_REVIEW)
    return Done(case_id)


def approve(unit: Unit, case_id: str, *, approver: str, approved: bool, occurred_at: datetime | None = None) -> Done:
    """Somebody with the authority has decided what the case asks for; it is ready again, approved or not.

    Raises
    ------
    Conflict
        If the case does not wait for an approval, or `approver` may not give it.
    NotFound
        If there is no such specialist.
    """
    turn = take_turn(unit, Command.APPROVE, case_id, occurred_at)
    if turn is None:
        return Done(case_id, applied=False)
    _require_authority(unit, turn.case, approver)
    unit.record(
        EventKind.APPROVAL_DECIDED,
        case_id=case_id,
        specialist_id=approver,
        data={**turn.dated, "approver": approver, "approved": approved},
    )
    _end_wait_for(unit, turn.case, CaseStatus.WAITING_APPROVAL)
    return Done(case_id)


def _end_wait_for(unit: Unit, open_case: OpenCase, status: CaseStatus) -> None:
    if open_case.status is status:
        end_wait(unit, open_case)


def _require_authority(unit: Unit, open_case: OpenCase, approver: str) -> None:
    """Refuse whoever may not decide on the case: hard, under every policy."""
    case, ids = open_case.case, [open_case.id, approver]
    person = unit.specialist(approver)
    if case.action is None or case.amount is None:
        raise Conflict(f"{case.id} asks for no amount: nothing is to be approved; resume it", ids=ids)
    if approver == open_case.holder:
        raise Conflict(f"{approver} holds {case.id}: nobody approves a case of their own; ask somebody else", ids=ids)
    if approver in case.excluded_specialists:
        raise Conflict(f"{approver}: named on {case.id} as one who may not take it, nor approve it; ask somebody else", ids=ids)
    if not may_be_approved(case.action, unit.board.document.routing):
        raise Conflict(
            f"{case.id}: the policy lets nobody approve a {case.action}; reassign it to somebody with the authority", ids=ids
        )
    if not may_approve(case, person):
        own = person.authority.get(case.action)
        has = f"{case.action} authority of {own}" if own is not None else f"no {case.action} authority"
        raise Conflict(f"{approver}: {has}, below the {case.amount} that {case.id} asks for; ask somebody with more", ids=ids)


def _require_reviews(unit: Unit, open_case: OpenCase) -> None:
    if left := _reviews_left(unit, open_case):
        raise Conflict(
            f"{open_case.id}: the first response needs a review first, for {', '.join(left)}; "
            "report the review, or a contact that does not face the customer",
            ids=[open_case.id],
        )


def _reviews_left(unit: Unit, open_case: OpenCase) -> list[str]:
    """Risk flags of the case that demand a review which has not passed."""
    demanded = unit.board.document.routing.reviews_of(open_case.case.risk_flags)
    return [flag for flag in demanded if flag not in open_case.reviewed]
