"""Changes of what a case asks for; whoever may not hold it any more hands it on."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from caserouter.domain.case import Case
from caserouter.domain.errors import Finding
from caserouter.domain.lifecycle import CaseStatus, Command
from caserouter.domain.rules import Rule
from caserouter.domain.service_policy import ServicePolicy
from caserouter.service.board import OpenCase
from caserouter.service.board.fitting import fits
from caserouter.service.case_bodies import read_case, stored_body
from caserouter.service.commands.giving import hand_back, is_bound, pull_after, route
from caserouter.service.commands.strangers import strangers, unknown_cases
from caserouter.service.commands.turn import Done, take_turn
from caserouter.service.commands.waits import ELSEWHERE
from caserouter.service.due_times import warnings_of
from caserouter.service.findings import refused, require_none
from caserouter.service.targets import Targets, targets_for
from caserouter.service.unit import Unit
from caserouter.store.events import EventKind
from caserouter.store.lookups import cases_there

FIXED = ("id", "created", "source", "customer", "commitments")
"""What no update changes: who the customer is stands apart, commitments are made and kept, the rest is what the case is."""

_OF_THE_MOMENT = frozenset({Rule.CAPACITY, Rule.INTAKE_LIMIT, Rule.OFF_SHIFT})
"""Rules about taking a case on; they do not end the holding of one."""

_DECIDES_TARGETS = ("type", "priority", "risk_flags")


def update(
    unit: Unit,
    case_id: str,
    changes: Mapping[str, Any],
    *,
    personal: Mapping[str, str] | None = None,
    occurred_at: datetime | None = None,
) -> Done:
    """Change an open case.

    Due times that the policy set are set anew where what they follow from has changed. A case that waits is routed anew; whoever holds
    it keeps it, unless the change breaks a rule that was not broken before, or in another way: then it goes back to the queue and is routed
    at once.

    Parameters
    ----------
    unit, case_id
        The unit of work, and an open case.
    changes
        New values by field, as values or JSON; None takes the field's default.
    personal
        What may be erased later, by field.
    occurred_at
        When it happened, by the client's clock.

    Raises
    ------
    InvalidInput
        If a field does not exist or may not change, the case would break a rule of its own, or a change names somebody or something
        that nobody knows.
    Conflict
        If the case is not open.
    """
    if fixed := sorted(set(changes) & set(FIXED)):
        raise refused([Finding("", "cannot be changed", "create another case instead", column=name) for name in fixed])
    turn = take_turn(unit, Command.UPDATE, case_id, occurred_at)
    if turn is None:
        return Done(case_id, applied=False)
    open_case = turn.case
    before, was_bound = _broken(unit, open_case), is_bound(unit, open_case)
    case = _changed(unit.board.document, open_case.case, changes)
    look_up = partial(cases_there, unit.connection)
    require_none(strangers(unit.board, case, changes) + unknown_cases(look_up, unit.board, case, changes))
    data: dict[str, Any] = {**turn.dated, "case": stored_body(case), "warn_at": warnings_of(unit.board.document, case)}
    if open_case.holder is not None:
        data["units"] = unit.board.document.units_of(case.weight, parked=open_case.wait_on in ELSEWHERE)
    unit.record(EventKind.CASE_UPDATED, case_id=case_id, data=data, personal=personal)
    if open_case.status is CaseStatus.QUEUED:
        route(unit, case_id, "update")
    elif _broken(unit, open_case) - before:
        hand_back(unit, case_id, reason="requirements", mode="update")
    else:
        pull_after(unit, open_case)
    if was_bound:
        unit.pull()
    return Done(case_id)


def _broken(unit: Unit, open_case: OpenCase) -> frozenset[tuple[Rule, str]]:
    """Rules of holding the case that its holder breaks now, and by what; a supervisor may have passed over some of that, and of no more."""
    if open_case.holder is None:
        return frozenset()
    broken = fits(unit.board, open_case.id, open_case.holder, unit.now)
    return frozenset((one.rule, one.sentence) for one in broken if one.rule not in _OF_THE_MOMENT)


def _changed(document: ServicePolicy, case: Case, changes: Mapping[str, Any]) -> Case:
    """The case after the changes, with the due times that follow from them."""
    fields: dict[str, Any] = {**case.model_dump(mode="json"), **changes}
    given = {name: value for name, value in fields.items() if value is not None}
    new = read_case(given)
    cleared = {name for name in Targets._fields if name in changes and changes[name] is None}
    if any(getattr(new, name) != getattr(case, name) for name in _DECIDES_TARGETS):
        cleared |= _of_policy(document, case) - changes.keys()
    targets = targets_for(document, new.model_copy(update=dict.fromkeys(cleared)), case.created)._asdict()
    return new.model_copy(update={name: targets[name] for name in cleared})


def _of_policy(document: ServicePolicy, case: Case) -> set[str]:
    """The due times of a case that are as the policy sets them, none included."""
    bare = case.model_copy(update=dict.fromkeys(Targets._fields))
    return {name for name, due in targets_for(document, bare, case.created)._asdict().items() if getattr(case, name) == due}
