"""A unit of work: everything that one command changes, all of it or nothing."""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from caserouter.domain.errors import Conflict, NotFound
from caserouter.domain.specialist import Specialist
from caserouter.service.actor import Actor
from caserouter.service.board import Board, OpenCase, Outcome
from caserouter.service.board.deciding import pull as pull_from
from caserouter.store import due
from caserouter.store.columns import moment_text
from caserouter.store.connection import Connection
from caserouter.store.due import DueItem, DueKind
from caserouter.store.events import Event, EventKind
from caserouter.store.lookups import case_columns
from caserouter.store.transaction import Transaction

PULL_LIMIT = 25
"""Cases after which one command gives out no more; the keeper goes on with the rest."""

PULL_SECONDS = 0.05
"""For how long one command gives out cases at most."""

_logger = logging.getLogger(__name__)


class Unit:
    """Changes the state, while nobody else does.

    Parameters
    ----------
    transaction
        The transaction in which everything is written.
    board
        The board at the head of the events; what is recorded is folded at once.
    now
        The moment of everything in the unit.
    actor
        Who asked for it.
    """

    def __init__(self, transaction: Transaction, board: Board, now: datetime, actor: Actor) -> None:
        self.transaction = transaction
        self.board = board
        self.now = now
        self.actor = actor

    @property
    def connection(self) -> Connection:
        """The connection of the transaction, to read what is not on the board."""
        return self.transaction.connection

    def case(self, case_id: str) -> OpenCase:
        """A case that is not closed or cancelled.

        Raises
        ------
        NotFound
            If there is no such case.
        Conflict
            If it is closed or cancelled.
        """
        found = self.board.cases.get(case_id)
        if found is not None:
            return found
        row = case_columns(self.connection, case_id, "status")
        if row is None:
            raise NotFound(f"{case_id}: there is no such case; check the id", ids=[case_id])
        raise Conflict(f"{case_id} is {row['status']}: nothing can be done to it any more; create a new case", ids=[case_id])

    def specialist(self, specialist_id: str) -> Specialist:
        """Somebody who takes cases.

        Raises
        ------
        NotFound
            If there is nobody of that id, or they have retired.
        """
        roster = self.board.state(self.now).roster
        index = roster.index_by_id.get(specialist_id)
        if index is None:
            raise NotFound(f"{specialist_id}: no specialist of that id takes cases; check the id", ids=[specialist_id])
        return roster.specialists[index]

    def is_active(self, specialist_id: str) -> bool:
        """Whether somebody of that id takes cases."""
        return specialist_id in self.board.state(self.now).roster.index_by_id

    def record(
        self,
        kind: EventKind,
        *,
        case_id: str | None = None,
        specialist_id: str | None = None,
        account_id: str | None = None,
        data: Mapping[str, Any] | None = None,
        evidence: Mapping[str, Any] | None = None,
        changes_rules: bool = False,
        personal: Mapping[str, str] | None = None,
    ) -> Event:
        """Write an event, with everything that follows from it, and fold it.

        Parameters
        ----------
        kind, case_id, specialist_id, account_id, data, evidence
            The event; its moment and actor are the unit's.
        changes_rules
            Whether decisions made without having seen it are to be made again, where that does not follow from `kind`.
        personal
            What may be erased, by field: kept apart from the event.
        """
        event = self.transaction.append(
            kind,
            at=self.now,
            data=data or {},
            case_id=case_id,
            specialist_id=specialist_id,
            account_id=account_id,
            actor=self.actor.id,
            request_id=self.actor.request_id,
            evidence=evidence,
            changes_rules=changes_rules,
            personal=personal,
        )
        self.board.fold(event)
        return event

    def assign(
        self,
        outcome: Outcome,
        mode: str,
        *,
        override: bool = False,
        note: str = "",
        dated: Mapping[str, Any] | None = None,
    ) -> Event:
        """Record that somebody takes a case.

        Parameters
        ----------
        outcome
            The decision.
        mode
            On what occasion: arrival, pull, batch, manual, reopen or update.
        override
            Whether a supervisor passed over rules.
        note
            Why, in somebody's words: kept where it can be erased.
        dated
            When that happened, as `Turn.dated`.
        """
        return self.record(
            EventKind.CASE_ASSIGNED,
            case_id=outcome.case_id,
            specialist_id=outcome.specialist,
            data={**(dated or {}), **assigned_data(outcome, mode, override=override)},
            evidence=outcome.evidence,
            changes_rules=outcome.intake_limited,
            personal={"reason": note} if note else None,
        )

    def queue(self, outcome: Outcome, mode: str) -> Event:
        """Record that a case waits, and why."""
        return self.record(
            EventKind.CASE_QUEUED,
            case_id=outcome.case_id,
            data={"mode": mode, "why": outcome.why},
            evidence=outcome.evidence,
        )

    def settle(self, outcome: Outcome, mode: str) -> Event:
        """Record a decision, whichever it is."""
        return self.queue(outcome, mode) if outcome.specialist is None else self.assign(outcome, mode)

    def pull(self, specialists: Sequence[str] | None = None) -> list[Event]:
        """Give waiting cases to those who have room; what takes too long is left to the keeper.

        Parameters
        ----------
        specialists
            Ids of those who may be given one; None for everybody. Ids of nobody who takes cases are passed over.

        Returns
        -------
        list of Event
            The assignments.
        """
        among = None if specialists is None else [one for one in specialists if self.is_active(one)]
        if among == []:
            return []
        given: list[Event] = []
        until = time.monotonic() + PULL_SECONDS
        for together in self._decided(among):
            given += [self.assign(outcome, "pull") for outcome in together]
            if len(given) >= PULL_LIMIT or time.monotonic() > until:
                self.leave_pull(among)
                break
        return given

    def leave_pull(self, specialists: Sequence[str] | None = None) -> None:
        """Let the keeper give out the rest, as soon as it comes to it."""
        due.add(self.connection, [DueItem(self.now, DueKind.PULL, "", one) for one in specialists or [""]])

    def _decided(self, specialists: Sequence[str] | None) -> Iterator[list[Outcome]]:
        """What `pull` gives out; a failure of ours ends it, and leaves the rest to the keeper."""
        outcomes = pull_from(self.board, specialists, self.now, PULL_LIMIT)
        while True:
            try:
                together = next(outcomes, None)
            except Exception:
                _logger.exception("giving out waiting cases failed; the keeper tries again")
                self.leave_pull(specialists)
                return
            if together is None:
                return
            yield together


def assigned_data(outcome: Outcome, mode: str, *, override: bool = False) -> dict[str, Any]:
    """What the event of an assignment states."""
    return {
        "units": outcome.units,
        "status": outcome.status,
        "offer_until": None if outcome.offer_until is None else moment_text(outcome.offer_until),
        "mode": mode,
        "override": override,
    }
