"""Everybody's book and everything that waits, as a fold of the events."""

from datetime import datetime
from typing import Self

from caserouter.domain.errors import StoreError
from caserouter.domain.service_policy import ServicePolicy
from caserouter.routing.state import RoutingState
from caserouter.service.board.case_events import fold_case
from caserouter.service.board.checkpoint import from_bytes, to_bytes
from caserouter.service.board.digest import chained
from caserouter.service.board.open_case import OpenCase
from caserouter.service.board.person import Person
from caserouter.service.board.records import Records
from caserouter.service.board.roster_events import fold_account, fold_person, fold_policy, fold_prices
from caserouter.service.board.view import View
from caserouter.store.events import Event, EventKind

_POLICY = frozenset({EventKind.POLICY_ADDED, EventKind.POLICY_ACTIVATED})


class Board:
    """The state of the service in memory; a new one is the state before the first event.

    It is used by one thread at a time. Folding only notes what is touched; the arrays for routing follow when a decision is asked for.

    Attributes
    ----------
    seq
        Number of the last event folded, 0 before the first.
    digest
        SHA-256 of all events up to there, in hexadecimal.
    """

    def __init__(self) -> None:
        self.seq = 0
        self.digest = ""
        self._records = Records()
        self._view: View | None = None

    @property
    def document(self) -> ServicePolicy:
        """The active policy."""
        return self._records.document

    @property
    def policy_version(self) -> int:
        """Version of the active policy."""
        return self._records.policy_version

    @property
    def price_inputs(self) -> int:
        """Version of the price inputs, 0 before the first."""
        return self._records.price_inputs

    @property
    def cases(self) -> dict[str, OpenCase]:
        """Every case that is not closed or cancelled, by id."""
        return self._records.cases

    @property
    def people(self) -> dict[str, Person]:
        """Every specialist, retired ones as well, by id."""
        return self._records.people

    @property
    def records(self) -> Records:
        """Everything that the events have led to; only read it."""
        return self._records

    def fold(self, event: Event) -> None:
        """Take up the next event.

        Raises
        ------
        StoreError
            If it is not after all those folded before.
        """
        if event.seq <= self.seq:
            raise StoreError(f"event {event.seq}: folded after event {self.seq}; events are folded in order, load the board anew")
        records, kind = self._records, event.kind
        if event.case_id is not None:
            fold_case(records, event)
        elif kind is EventKind.ACCOUNT_PUT:
            fold_account(records, event)
        elif kind in _POLICY:
            fold_policy(records, event)
        elif kind is EventKind.PRICE_INPUTS_PUBLISHED:
            fold_prices(records, event)
        else:
            fold_person(records, event)
        self.seq = event.seq
        self.digest = chained(self.digest, event)

    def view(self, now: datetime) -> View:
        """What decisions at `now` are made on; it stays the board's, and holds until the next call."""
        if self._view is None or not self._view.serves(now):
            self._view = View(self._records, now, self._view)
        self._view.follow(now)
        return self._view

    def state(self, now: datetime) -> RoutingState:
        """Everybody's book at `now`, to read or to `scratch`; it stays the board's, and holds until the next call."""
        return self.view(now).state

    def checkpoint(self) -> bytes:
        """Everything that the events so far have led to, for `restore`."""
        return to_bytes(self.seq, self.digest, self._records)

    @classmethod
    def restore(cls, body: bytes) -> Self:
        """The board of a checkpoint.

        Raises
        ------
        StoreError
            If the checkpoint has another format.
        """
        board = cls()
        board.seq, board.digest, board._records = from_bytes(body)
        return board
