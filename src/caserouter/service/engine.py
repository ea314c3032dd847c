"""The engine: the one way to change the state, and to read it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection

from caserouter.service.actor import Actor
from caserouter.service.board import Board, Outcome
from caserouter.service.new_case import CreatedCase, NewCase
from caserouter.service.reply import IdempotencyScope, Reply
from caserouter.service.unit import Unit

if TYPE_CHECKING:
    from caserouter.service.clock import ServiceClock
    from caserouter.store.database import Database

Result = TypeVar("Result")


class Engine:
    """Runs commands against a database and the board of this process; safe to call from many threads.

    Parameters
    ----------
    database
        Where everything is kept.
    clock
        What time it is.
    """

    def __init__(self, database: "Database", clock: "ServiceClock") -> None:
        self.database = database
        self.clock = clock
        self._lock = threading.RLock()

    def start(self) -> None:
        """Load the board, and activate the default policy where there is none yet."""
        raise NotImplementedError

    @contextmanager
    def unit(self, actor: Actor) -> Iterator[Unit]:
        """A unit of work that alone changes the state; it commits at the end, and leaves no trace if it fails."""
        raise NotImplementedError
        yield

    def run(
        self,
        actor: Actor,
        command: Callable[[Unit], Result],
        render: Callable[[Result], Reply],
        idempotency: IdempotencyScope | None = None,
    ) -> Reply:
        """Run a command in a unit of its own, and keep the answer for whoever repeats the request.

        Raises
        ------
        InvalidInput
            If the idempotency key was used with another body.
        """
        raise NotImplementedError

    def create(
        self, actor: Actor, new: NewCase, render: Callable[[CreatedCase], Reply], idempotency: IdempotencyScope | None = None
    ) -> Reply:
        """Create a case and decide who takes it."""
        raise NotImplementedError

    def preview(self, new: NewCase) -> Outcome:
        """What would be decided now about a new case; nothing is kept."""
        raise NotImplementedError

    def board(self) -> AbstractContextManager[Board]:
        """The board, caught up and locked for as long as the context lasts: read quickly."""
        raise NotImplementedError

    def read(self) -> AbstractContextManager[Connection]:
        """A connection that sees one consistent state."""
        raise NotImplementedError
