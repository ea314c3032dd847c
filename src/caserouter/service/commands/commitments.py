"""Commitments: follow-ups that a customer was promised."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from caserouter.domain.errors import Conflict, NotFound
from caserouter.domain.lifecycle import Command
from caserouter.domain.service_policy import ServicePolicy
from caserouter.service.case_ids import new_id
from caserouter.service.commands.turn import Done, Turn, take_turn
from caserouter.service.findings import breach
from caserouter.service.targets import warn_at_commitment
from caserouter.service.unit import Unit
from caserouter.store.columns import moment_text
from caserouter.store.events import EventKind
from caserouter.store.lookups import commitment_of_case, commitments_open_at


def commit(unit: Unit, case_id: str, *, due: datetime, note: str = "", occurred_at: datetime | None = None) -> Done:
    """The customer was promised to hear from us by `due`; the note is kept where it can be erased.

    Raises
    ------
    InvalidInput
        If `due` is not after `occurred_at`.
    """
    turn = take_turn(unit, Command.COMMIT, case_id, occurred_at)
    if turn is None:
        return Done(case_id, applied=False)
    require_ahead(due, turn.happened_at)
    return Done(case_id, commitment=record_commitment(unit, case_id, due, note, dated=turn.dated))


def keep(unit: Unit, case_id: str, commitment_id: str, *, occurred_at: datetime | None = None) -> Done:
    """A commitment was kept, late or not.

    Raises
    ------
    NotFound
        If the case has no such commitment.
    Conflict
        If it was kept before.
    """
    turn = take_turn(unit, Command.KEEP, case_id, occurred_at)
    if turn is None:
        return Done(case_id, applied=False)
    row = commitment_of_case(unit.connection, case_id, commitment_id)
    if row is None:
        raise NotFound(f"{commitment_id}: {case_id} has no such commitment; check the id", ids=[case_id, commitment_id])
    if row["kept_at"] is not None:
        raise Conflict(
            f"{commitment_id}: was kept on {row['kept_at'].isoformat()} already; nothing is left to do",
            ids=[case_id, commitment_id],
        )
    unit.record(EventKind.COMMITMENT_KEPT, case_id=case_id, data={**turn.dated, "commitment": commitment_id})
    return Done(case_id, commitment=commitment_id)


def record_commitment(
    unit: Unit, case_id: str, due: datetime, note: str, *, key: str | None = None, dated: Mapping[str, Any] | None = None
) -> str:
    """Record a commitment that was made, under the id `key` or a new one; its id."""
    key = key or new_id("M-")
    unit.record(
        EventKind.COMMITMENT_MADE,
        case_id=case_id,
        data={**(dated or {}), **commitment_data(unit.board.document, key, due)},
        personal={"commitment": note} if note else None,
    )
    return key


def commitment_data(document: ServicePolicy, key: str, due: datetime) -> dict[str, Any]:
    """What the event of a new commitment states."""
    return {"commitment": key, "due": moment_text(due), "warn_at": moment_text(warn_at_commitment(document, due))}


def keep_due(unit: Unit, case_id: str, turn: Turn) -> None:
    """Record that a contact which faces the customer keeps every commitment that was made, and not overdue, when it began."""
    for key in commitments_open_at(unit.connection, case_id, turn.happened_at):
        unit.record(EventKind.COMMITMENT_KEPT, case_id=case_id, data={**turn.dated, "commitment": key})


def require_ahead(due: datetime | None, made: datetime, at: str = "due") -> None:
    """Refuse a commitment, stated under the name `at`, that was due by the time it was made."""
    if due is not None and due <= made:
        raise breach(at, due.isoformat(), f"is not after {made.isoformat()}, when it was made", "name a later moment")
