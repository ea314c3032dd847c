"""The engine: the one way to change the state, and to read it.

Threads share one board. Whoever reads or changes it holds the engine's lock, and takes the database's lock, if at all, after that: never the
other way round. The events of other processes are read without the lock, and folded under it.
"""

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

from caserouter.domain.errors import InvalidInput, NotFound, StoreError
from caserouter.service.actor import KEEPER, Actor
from caserouter.service.board import Board, Outcome
from caserouter.service.board.loading import load_board
from caserouter.service.clock import ServiceClock
from caserouter.service.creation import create_in_unit, draft_of, require_known
from caserouter.service.creation_at_once import try_at_once
from caserouter.service.decisions import decide
from caserouter.service.failpoints import passing
from caserouter.service.first_policy import activate_first_policy
from caserouter.service.kept_replies import keep_reply, kept_reply
from caserouter.service.new_case import CreatedCase, NewCase
from caserouter.service.reply import IdempotencyScope, Reply
from caserouter.service.targets import with_targets
from caserouter.service.unit import Unit
from caserouter.store.connection import Connection
from caserouter.store.database import Database
from caserouter.store.events import Event
from caserouter.store.lookups import cases_there
from caserouter.store.reading import events_after
from caserouter.store.transaction import Transaction

Result = TypeVar("Result")

READ_AT_ONCE = 5000
"""Events that are read by one statement."""
JUST_SEEN_SECONDS = 0.02
"""For how long a board that was at the head, when this process last committed, counts as just seen."""

_logger = logging.getLogger(__name__)


class Engine:
    """Runs commands against a database and the board of this process; safe to call from many threads.

    Parameters
    ----------
    database
        Where everything is kept.
    clock
        What time it is.
    """

    def __init__(self, database: Database, clock: ServiceClock) -> None:
        self.database = database
        self.clock = clock
        self._lock = threading.RLock()
        self._board: Board | None = None
        self._just_seen_until = 0.0
        self._ahead: dict[int, Sequence[Event]] = {}
        database.reach = passing

    def start(self) -> None:
        """Load the board, and activate the default policy where no policy was ever active."""
        with self.unit(KEEPER) as unit:
            activate_first_policy(unit)

    @contextmanager
    def unit(self, actor: Actor) -> Iterator[Unit]:
        """A unit of work that alone changes the state; it commits at the end, and leaves no trace if it fails.

        Raises
        ------
        StoreError
            If its turn does not come in time, or the database fails.
        """
        with self._lock:
            transaction: Transaction | None = None
            try:
                with self.database.exclusive() as transaction:
                    board = self._caught_up(transaction)
                    yield Unit(transaction, board, self.clock.now(), actor)
            except BaseException:
                if transaction is not None and transaction.seq > transaction.head:
                    self._board = None  # it has folded what was not committed
                raise

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
        with self.unit(actor) as unit:
            reply = kept_reply(unit.connection, idempotency)
            if reply is None:
                reply = render(command(unit))
                keep_reply(unit.connection, idempotency, reply, unit.now)
        return reply

    def create(
        self, actor: Actor, new: NewCase, render: Callable[[CreatedCase], Reply], idempotency: IdempotencyScope | None = None
    ) -> Reply:
        """Create a case and decide who takes it; a failure to decide leaves it waiting, and is no failure of the creation.

        Parameters
        ----------
        actor, idempotency
            As for `run`.
        new
            The case.
        render
            What to answer. It may be called more than once, and reads nothing but what it is given.

        Raises
        ------
        InvalidInput
            If the case breaks a rule of its own, names somebody or something that nobody knows, or the idempotency key was used with
            another body.
        """
        draft = draft_of(new, self.clock.now())
        if self.database.dialect == "postgresql":
            reply = try_at_once(self, actor, draft, render, idempotency)
            if reply is not None:
                return reply
        try:
            return self.run(actor, lambda unit: create_in_unit(unit, draft), render, idempotency)
        except (InvalidInput, NotFound, StoreError):
            raise
        except Exception as error:
            _logger.exception("routing a new case failed; it waits", extra={"case_id": draft.case.id})
            failed = error
        return self.run(actor, lambda unit: create_in_unit(unit, draft, failed), render, idempotency)

    def preview(self, new: NewCase) -> Outcome:
        """What would be decided now about a new case; nothing is kept.

        Raises
        ------
        InvalidInput
            If the case breaks a rule of its own, or names somebody or something that nobody knows.
        """
        now = self.clock.now()
        draft = draft_of(new, now)
        with self.board() as board:
            require_known(self._cases_there, board, draft.case)
            return decide(board, with_targets(board.document, draft.case), now, mode="arrival")

    @contextmanager
    def board(self, *, just_seen_will_do: bool = False) -> Iterator[Board]:
        """The board, caught up and locked for as long as the context lasts: read it, quickly.

        Parameters
        ----------
        just_seen_will_do
            Whether it may lack what other processes have committed within `JUST_SEEN_SECONDS`, for a decision that only commits if
            nothing of that matters.
        """
        while True:
            with self._lock:
                if just_seen_will_do and self._board is not None and time.monotonic() < self._just_seen_until:
                    yield self._board
                    return
            begun = time.monotonic()
            seen, events = self._read_ahead()
            with self._lock:
                if self._take_up_after(seen, events):
                    assert self._board is not None
                    self._just_seen_until = begun + JUST_SEEN_SECONDS
                    yield self._board
                    return

    def take_up(self, events: Sequence[Event]) -> None:
        """Fold what was just committed by this process, as soon as it follows on what the board has seen.

        It is committed whatever happens here, so that a failure is no failure of whoever asked.
        """
        with self._lock:
            if self._board is None:
                return
            self._ahead[events[0].seq] = events
            try:
                while (following := self._ahead.pop(self._board.seq + 1, None)) is not None:
                    self._fold(self._board, following)
                    self._just_seen_until = time.monotonic() + JUST_SEEN_SECONDS
            except Exception:
                _logger.exception("folding what was committed failed; the board is loaded anew")

    def read(self) -> AbstractContextManager[Connection]:
        """A connection that sees one consistent state."""
        return self.database.reading()

    def _cases_there(self, ids: Collection[str]) -> set[str]:
        with self.read() as connection:
            return cases_there(connection, ids)

    def _read_ahead(self) -> tuple[int, list[Event]]:
        """What was committed after what the board has seen, read without the lock; nothing where there is no board yet."""
        board = self._board
        if board is None:
            return 0, []
        seen = board.seq
        with self.database.glance() as connection:
            return seen, events_after(connection, seen, READ_AT_ONCE)

    def _take_up_after(self, seen: int, events: Sequence[Event]) -> bool:
        """Fold what was read ahead; whether that was all there was, at the time of reading."""
        if self._board is None:
            with self.database.reading() as connection:
                self._board = load_board(connection)
            return True
        if seen > self._board.seq:  # a unit of work failed in between, and with it what had been seen
            return False
        self._fold(self._board, [event for event in events if event.seq > self._board.seq])
        self._ahead = {first: taken for first, taken in self._ahead.items() if first > self._board.seq}
        return len(events) < READ_AT_ONCE

    def _caught_up(self, transaction: Transaction) -> Board:
        """The board at the head of the events, which nobody else changes meanwhile."""
        if self._board is None:
            self._board = load_board(transaction.connection)
        while self._board.seq < transaction.head:
            events = events_after(transaction.connection, self._board.seq, READ_AT_ONCE)
            self._fold(self._board, events)
            if len(events) < READ_AT_ONCE:
                break
        return self._board

    def _fold(self, board: Board, events: Sequence[Event]) -> None:
        """Fold events; a board on which that fails is not used again."""
        try:
            for event in events:
                board.fold(event)
        except BaseException:
            self._board = None
            raise
