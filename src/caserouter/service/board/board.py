"""Everybody's book and everything that waits, as a fold of the events."""

from datetime import datetime
from typing import Self

from caserouter.domain.case import Case
from caserouter.domain.service_policy import ServicePolicy
from caserouter.routing.profile import CaseProfile
from caserouter.routing.state import RoutingState
from caserouter.routing.waiting_line import WaitingLine
from caserouter.service.board.open_case import OpenCase
from caserouter.store.events import Event


class Board:
    """The state of the service in memory; a new one is the state before the first event.

    Attributes
    ----------
    seq
        Number of the last event folded, 0 before the first.
    digest
        SHA-256 of all events up to there, in hexadecimal.
    document, policy_version
        The active policy, and its version.
    price_inputs
        Version of the price inputs, 0 before the first.
    cases
        Every case that is not closed or cancelled, by id.
    """

    def __init__(self) -> None:
        self.seq = 0
        self.digest = ""
        self.document = ServicePolicy()
        self.policy_version = 1
        self.price_inputs = 0
        self.cases: dict[str, OpenCase] = {}

    @property
    def line(self) -> WaitingLine:
        """What waits, as of the last `state`."""
        raise NotImplementedError

    def fold(self, event: Event) -> None:
        """Take up the next event."""
        raise NotImplementedError

    def state(self, now: datetime) -> RoutingState:
        """Everybody's book at `now`, to read or to `scratch`; it stays the board's."""
        raise NotImplementedError

    def profile(self, case: Case, now: datetime) -> CaseProfile:
        """Compile a case for the roster of `now`."""
        raise NotImplementedError

    def checkpoint(self) -> bytes:
        """Everything that the events so far have led to, for `restore`."""
        raise NotImplementedError

    @classmethod
    def restore(cls, body: bytes) -> Self:
        """The board of a checkpoint."""
        raise NotImplementedError
