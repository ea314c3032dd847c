"""Creating a case in a unit of work: the case, the commitments made with it, and the decision on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from caserouter.domain.case import Case
from caserouter.domain.lifecycle import CaseStatus
from caserouter.domain.service_policy import ServicePolicy
from caserouter.service.board import Board, Outcome
from caserouter.service.case_bodies import read_case, stored_body
from caserouter.service.case_ids import new_case_id, new_id
from caserouter.service.commands.commitments import record_commitment, require_ahead
from caserouter.service.commands.strangers import LookUp, strangers, unknown_cases
from caserouter.service.commands.turn import dated, require_past
from caserouter.service.decisions import decide, undecided
from caserouter.service.due_times import warnings_of
from caserouter.service.findings import require_none
from caserouter.service.new_case import SOURCE, CreatedCase, NewCase
from caserouter.service.targets import with_targets
from caserouter.service.unit import Unit
from caserouter.store.events import EventKind
from caserouter.store.lookups import case_columns, case_columns_of_source, cases_there

_STANDING = ("body", "status", "holder", "offer_until", "version")


@dataclass(frozen=True, slots=True)
class Draft:
    """A new case that has been read, and has an id.

    Parameters
    ----------
    case
        The case, without the targets that the policy sets.
    new
        What the client gave.
    commitments
        Id, moment and words of each commitment.
    """

    case: Case
    new: NewCase
    commitments: tuple[tuple[str, datetime, str], ...]


def draft_of(new: NewCase, now: datetime) -> Draft:
    """Read a new case.

    Raises
    ------
    InvalidInput
        If a field is wrong, a commitment was due by the time it was made, or the case comes from the future.
    """
    require_past(new.occurred_at, now)
    for due, _ in new.commitments:
        require_ahead(due, min(new.occurred_at or now, now))
    case = read_case({"source": SOURCE, **new.fields, "id": new_case_id(now), "created": now})
    return Draft(case, new, tuple((new_id("M-"), due, note) for due, note in new.commitments))


def create_in_unit(unit: Unit, draft: Draft, failed: Exception | None = None) -> CreatedCase:
    """Create a case and decide on it, or say that the same source and external id have created it before.

    Parameters
    ----------
    unit
        The unit of work.
    draft
        The case.
    failed
        What went wrong when it was routed before: then it waits, undecided.

    Raises
    ------
    InvalidInput
        If it names somebody or something that nobody knows.
    """
    existing = find_existing(unit, draft)
    if existing is not None:
        return existing
    require_known(partial(cases_there, unit.connection), unit.board, draft.case)
    case = with_targets(unit.board.document, draft.case)
    if failed is None:
        outcome = decide(unit.board, case, unit.now, mode="arrival")
    else:
        outcome = undecided(unit.board, case, unit.now, mode="arrival", error=failed)
    unit.record(
        EventKind.CASE_CREATED,
        case_id=case.id,
        account_id=case.account,
        data=created_data(unit.board.document, case, draft.new),
        personal=draft.new.personal or None,
    )
    unit.settle(outcome, "arrival")
    for key, due, note in draft.commitments:
        record_commitment(unit, case.id, due, note, key=key, dated=dated(draft.new.occurred_at))
    if failed is not None or not unit.board.state(unit.now).ties.binds(case):
        return created_case(draft, case, outcome)
    unit.pull()
    return _standing(unit, draft, case, outcome)


def require_known(look_up: LookUp, board: Board, case: Case) -> None:
    """Refuse a new case that names somebody or something that nobody knows.

    Raises
    ------
    InvalidInput
        With a finding for every such name.
    """
    require_none(strangers(board, case) + unknown_cases(look_up, board, case))


def created_data(document: ServicePolicy, case: Case, new: NewCase) -> dict[str, Any]:
    """What the event of a creation states."""
    return {
        "case": stored_body(case),
        "external_id": new.external_id,
        "warn_at": warnings_of(document, case),
        **dated(new.occurred_at),
    }


def created_case(draft: Draft, case: Case, outcome: Outcome) -> CreatedCase:
    """What became of a case that was just created, by the decision alone."""
    taken = outcome.specialist is not None
    return CreatedCase(
        case=case,
        external_id=draft.new.external_id,
        status=CaseStatus(outcome.status) if taken else CaseStatus.QUEUED,
        holder=outcome.specialist,
        offer_until=outcome.offer_until if taken else None,
        outcome=outcome,
        version=2 + len(draft.commitments),
    )


def _standing(unit: Unit, draft: Draft, case: Case, outcome: Outcome) -> CreatedCase:
    """What became of a case by the end of its unit, in which others bound to it may have moved it on."""
    row = case_columns(unit.connection, case.id, *_STANDING)
    assert row is not None
    return _as_created(row, draft.new.external_id, case, outcome)


def find_existing(unit: Unit, draft: Draft) -> CreatedCase | None:
    """The case that the same source and external id have created before; None if there is none."""
    if draft.new.external_id is None:
        return None
    row = case_columns_of_source(unit.connection, draft.case.source, draft.new.external_id, *_STANDING)
    if row is None:
        return None
    return _as_created(row, draft.new.external_id, read_case(row["body"]), None)


def _as_created(row: Mapping[str, Any], external_id: str | None, case: Case, outcome: Outcome | None) -> CreatedCase:
    return CreatedCase(
        case=case,
        external_id=external_id,
        status=CaseStatus(row["status"]),
        holder=row["holder"],
        offer_until=row["offer_until"],
        outcome=outcome,
        version=row["version"],
        existed=outcome is None,
    )
