"""Keeping the companion's board near the head, and passing on what it is asked beside."""

import logging
import time
from collections import deque

from caserouter.service.keeper.companion import Companion
from caserouter.service.keeper.messages import Answer, Follow, Pack, Packed, Plan, Restore, Solve, Standing, Trouble
from caserouter.service.pauses import growing_pause
from caserouter.store.checkpoints import newest_checkpoint
from caserouter.store.database import Database
from caserouter.store.reading import events_after

_logger = logging.getLogger(__name__)

PAGE = 250
"""Events per request: reading them keeps the other threads of this process waiting for a few milliseconds."""
NEAR_SECONDS = 1.0
"""How often a companion that is near the head, and is asked nothing, is told what happened since."""
FOLLOW_SECONDS = 60.0
"""How long starting, restoring, following a page and packing may take each: far longer than they ever do."""
LONGEST_PAUSE_SECONDS = 60.0
"""Longest pause before a companion that keeps failing is started once more."""


class Following:
    """What the keeper knows of its companion, and what it will ask next.

    Whatever goes wrong, the companion begins again from a checkpoint, and what it was asked is lost: the next round asks anew.

    Parameters
    ----------
    database
        Where events and checkpoints come from; read without any lock.
    companion
        The process.
    solve_seconds
        How long the companion may solve before it is killed.

    Attributes
    ----------
    seq
        Last event that the companion has folded; None while it has no board.
    num_troubles
        How often something went wrong since an answer last came.
    """

    def __init__(self, database: Database, companion: Companion, *, solve_seconds: float) -> None:
        self.seq: int | None = None
        self.num_troubles = 0
        self._database = database
        self._companion = companion
        self._solve_seconds = solve_seconds
        self._wanted: deque[Solve | Pack] = deque()
        self._near = False
        self._asked_wanted = False
        self._from_nothing = False
        self._not_before = 0.0
        self._told = 0.0

    @property
    def busy(self) -> bool:
        """Whether something that was wanted has not been answered yet."""
        return bool(self._wanted) or self._asked_wanted

    def want(self, request: Solve | Pack) -> None:
        """Ask for something as soon as the companion has caught up."""
        self._wanted.append(request)
        self._near = False

    def advance(self) -> Plan | Packed | None:
        """Go one step further without waiting; returns what was wanted once it is there."""
        if self._companion.busy:
            answer = self._companion.look()
            return None if answer is None else self._hear(answer)
        if time.monotonic() >= self._not_before:
            self._ask_next()
        return None

    def close(self) -> None:
        """Let the companion go."""
        self._companion.close()

    def _ask_next(self) -> None:
        if not self._companion.alive:
            self._companion.start(FOLLOW_SECONDS)
        elif self.seq is None:
            self._companion.ask(self._restore(), FOLLOW_SECONDS)
        elif not self._near:
            self._follow(self.seq)
        elif self._wanted:
            self._ask_wanted(self._wanted.popleft())
        elif time.monotonic() >= self._told + NEAR_SECONDS:
            self._near = False

    def _restore(self) -> Restore:
        """From the newest checkpoint, or from nothing where that has just failed: the events are all that is needed."""
        if self._from_nothing:
            return Restore(None)
        with self._database.reading() as connection:
            checkpoint = newest_checkpoint(connection)
        return Restore(checkpoint.body if checkpoint else None)

    def _follow(self, seq: int) -> None:
        with self._database.reading() as connection:
            events = tuple(events_after(connection, seq, PAGE))
        self._near, self._told = len(events) < PAGE, time.monotonic()
        if events:
            self._companion.ask(Follow(events), FOLLOW_SECONDS)

    def _ask_wanted(self, request: Solve | Pack) -> None:
        self._asked_wanted, self._near = True, False
        self._companion.ask(request, self._solve_seconds if isinstance(request, Solve) else FOLLOW_SECONDS)

    def _hear(self, answer: Answer) -> Plan | Packed | None:
        match answer:
            case Trouble(text):
                self._begin_again(text)
                return None
            case Standing(seq):
                self.seq = seq
                return None
            case Plan() | Packed():
                self._asked_wanted, self.num_troubles = False, 0
                return answer
        return None

    def _begin_again(self, text: str) -> None:
        _logger.warning("companion lost: %s", text, extra={"attempts": self.num_troubles + 1})
        self._companion.kill()
        self._from_nothing = self.seq is None and self.num_troubles > 0
        self.num_troubles += 1
        self._not_before = time.monotonic() + growing_pause(self.num_troubles, first=2.0, longest=LONGEST_PAUSE_SECONDS)
        self._wanted.clear()
        self.seq, self._asked_wanted, self._near = None, False, False
