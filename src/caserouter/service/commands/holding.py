"""Who holds a case: offers accepted and declined, and a supervisor's word."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from caserouter.domain.errors import Conflict
from caserouter.domain.lifecycle import CaseStatus, Command
from caserouter.domain.rules import Exclusion, Rule, listed
from caserouter.service.board import OpenCase, Outcome
from caserouter.service.board.evidence import stamp
from caserouter.service.board.fitting import fits
from caserouter.service.commands.coverage import require_credentials
from caserouter.service.commands.giving import hand_back, is_bound, pull_after, release
from caserouter.service.commands.turn import Done, take_turn
from caserouter.service.findings import breach
from caserouter.service.unit import Unit
from caserouter.store.events import EventKind

OVERRIDABLE = frozenset({Rule.SKILL, Rule.PROFICIENCY, Rule.ROLE_FLOOR, Rule.OFF_SHIFT, Rule.INTAKE_LIMIT})
"""Rules that a supervisor may pass over, with a reason: skills, role floor, shift and intake. Nobody passes over another one."""


def accept(unit: Unit, case_id: str, *, specialist: str | None = None, occurred_at: datetime | None = None) -> Done:
    """Take an offer.

    Raises
    ------
    Conflict
        If the case is not on offer, on offer to somebody other than `specialist`, or the offer or a credential for the case has ended.
    """
    turn = take_turn(unit, Command.ACCEPT, case_id, occurred_at)
    if turn is None:
        return Done(case_id, applied=False)
    _require_holder(turn.case, specialist)
    if turn.case.offer_until is not None and turn.case.offer_until <= unit.now:
        raise Conflict(
            f"{case_id}: the offer ended at {turn.case.offer_until.isoformat()}; it goes to somebody else", ids=[case_id]
        )
    require_credentials(unit, turn.case)
    unit.record(EventKind.CASE_ACCEPTED, case_id=case_id, specialist_id=turn.case.holder, data=turn.dated)
    return Done(case_id)


def decline(
    unit: Unit, case_id: str, *, specialist: str | None = None, reason: str = "", occurred_at: datetime | None = None
) -> Done:
    """Give a case back, to be left alone with it for the policy's `decline_hours`; it is routed anew at once.

    Raises
    ------
    Conflict
        If the case is not on offer or ready, or somebody other than `specialist` holds it.
    """
    turn = take_turn(unit, Command.DECLINE, case_id, occurred_at)
    if turn is None:
        return Done(case_id, applied=False)
    _require_holder(turn.case, specialist)
    hand_back(unit, case_id, reason="declined", until=_left_alone_until(unit), note=reason, dated=turn.dated)
    return Done(case_id)


def expire_offer(unit: Unit, case_id: str) -> Done:
    """Take back an offer that nobody answered in time; nothing if the case is not on offer any more, or still in time."""
    found = unit.board.cases.get(case_id)
    if found is None or found.status is not CaseStatus.OFFERED or found.offer_until is None or found.offer_until > unit.now:
        return Done(case_id, applied=False)
    hand_back(unit, case_id, reason="offer_expired", until=_left_alone_until(unit))
    return Done(case_id)


def reassign(
    unit: Unit,
    case_id: str,
    *,
    specialist: str | None,
    reason: str,
    override: bool = False,
    occurred_at: datetime | None = None,
) -> Done:
    """Give a case to somebody by hand, or, without a specialist, back to the queue.

    Parameters
    ----------
    unit, case_id
        The unit of work, and an open case.
    specialist
        Id of who is to hold it; None lets it be routed anew, its holder left alone with it for the policy's `decline_hours`.
    reason
        Why; kept where it can be erased.
    override
        Whether to pass over `OVERRIDABLE` rules.
    occurred_at
        When it happened, by the client's clock.

    Raises
    ------
    InvalidInput
        If an override has no reason.
    Conflict
        If the specialist may not take the case, or holds it already.
    NotFound
        If there is no such specialist.
    """
    if override and not reason.strip():
        raise breach("reason", "", "an override without a reason", "say why the rules are passed over")
    turn = take_turn(unit, Command.REASSIGN, case_id, occurred_at)
    if turn is None:
        return Done(case_id, applied=False)
    if specialist is None:
        if turn.case.holder is None:
            raise Conflict(f"{case_id} waits already: nobody holds it; name a specialist", ids=[case_id])
        hand_back(unit, case_id, reason="reassigned", until=_left_alone_until(unit), note=reason, dated=turn.dated)
        return Done(case_id)
    _give(unit, turn.case, specialist, reason, override=override, dated=turn.dated)
    return Done(case_id)


def _give(unit: Unit, open_case: OpenCase, specialist: str, reason: str, *, override: bool, dated: Mapping[str, Any]) -> None:
    """Move a case to `specialist`, if every rule that counts allows it."""
    case_id, holder = open_case.id, open_case.holder
    if holder == specialist:
        raise Conflict(f"{case_id}: {specialist} holds it already; name somebody else", ids=[case_id, specialist])
    broken = fits(unit.board, case_id, specialist, unit.now)
    _require_rules(open_case, specialist, broken, override=override)
    if holder is not None:
        release(unit, case_id, reason="reassigned", dated=dated)
    passed_over = sorted(exclusion.rule.value for exclusion in broken)
    evidence = {**stamp(unit.board, unit.now, "manual"), "chosen": specialist, "override": override, "passed_over": passed_over}
    outcome = Outcome(
        case_id=case_id,
        specialist=specialist,
        status="ready",
        offer_until=None,
        units=open_case.weight,
        cost=None,
        evidence=evidence,
        why=None,
        valid_until=unit.now,
        intake_limited=True,
        ties=False,
    )
    unit.assign(outcome, "manual", override=override, note=reason, dated=dated if holder is None else None)
    if holder is not None or is_bound(unit, open_case):
        pull_after(unit, open_case, holder)


def _require_rules(open_case: OpenCase, specialist: str, broken: Sequence[Exclusion], *, override: bool) -> None:
    """Refuse a specialist who breaks a rule that is not, or may not be, passed over."""
    refused = [exclusion for exclusion in broken if not override or exclusion.rule not in OVERRIDABLE]
    if not refused:
        return
    said = "; ".join(str(exclusion) for exclusion in refused)
    if all(exclusion.rule in OVERRIDABLE for exclusion in refused):
        remedy = "name somebody else, or override with a reason"
    else:
        hard = sorted({exclusion.rule.value for exclusion in refused} - OVERRIDABLE)
        remedy = f"nobody may override {listed(hard)}; name somebody else"
    raise Conflict(f"{specialist} may not take {open_case.id}: {said}; {remedy}", ids=[open_case.id, specialist])


def _require_holder(open_case: OpenCase, specialist: str | None) -> None:
    if specialist is not None and open_case.holder != specialist:
        raise Conflict(
            f"{open_case.id}: held by {open_case.holder}, not by {specialist}; name who holds it, or nobody",
            ids=[open_case.id, specialist],
        )


def _left_alone_until(unit: Unit) -> datetime:
    return unit.now + timedelta(hours=unit.board.document.decline_hours)
