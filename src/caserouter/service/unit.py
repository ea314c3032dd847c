"""A unit of work: everything that one command changes, all of it or nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from caserouter.service.actor import Actor
from caserouter.service.board import Board, OpenCase, Outcome
from caserouter.store.events import Event, EventKind

if TYPE_CHECKING:
    from caserouter.store.transaction import Transaction

PULL_LIMIT = 25
"""Cases that one command gives out at most; the keeper goes on with the rest."""


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

    def __init__(self, transaction: "Transaction", board: Board, now: datetime, actor: Actor) -> None:
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
        raise NotImplementedError

    def record(
        self,
        kind: EventKind,
        *,
        case_id: str | None = None,
        specialist_id: str | None = None,
        account_id: str | None = None,
        data: Mapping[str, Any] | None = None,
        evidence: dict[str, Any] | None = None,
        personal: Mapping[str, str] | None = None,
    ) -> Event:
        """Write an event, with everything that follows from it, and fold it."""
        raise NotImplementedError

    def assign(self, outcome: Outcome, mode: str, *, override: bool = False) -> Event:
        """Record that somebody takes the case."""
        raise NotImplementedError

    def queue(self, outcome: Outcome, mode: str) -> Event:
        """Record that the case waits, and why."""
        raise NotImplementedError

    def settle(self, outcome: Outcome, mode: str) -> Event:
        """Record the decision, whichever it is."""
        raise NotImplementedError

    def pull(self, specialists: Sequence[str] | None = None) -> list[Event]:
        """Give waiting cases to `specialists` (ids; None for everybody) who have room; what takes too long is left to the keeper."""
        raise NotImplementedError
