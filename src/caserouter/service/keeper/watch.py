"""Watching the clock for those who wait: shifts, absences, credentials, intake windows and ages that let somebody take a case.

Nobody asks the service when a shift begins. The watch knows the next moment at which time alone can make somebody able to take a waiting
case; when it has come, everybody pulls. It keeps no list: what it knows is computed from the board each time, so that nothing is missed
when a calendar changes, and after a restart everybody pulls once.
"""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np

from caserouter.routing.roster import Roster
from caserouter.routing.state import RoutingState
from caserouter.service.actor import KEEPER
from caserouter.service.board import Board
from caserouter.service.engine import Engine
from caserouter.store.lookups import any_queued_since

SWEEP_SECONDS = 30.0
"""Everybody pulls at least so often while somebody waits and somebody has room: a case whose routing failed is tried again."""


class Watch:
    """Lets everybody pull when time alone has made somebody able to take a waiting case.

    Parameters
    ----------
    engine
        The engine of this process.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._roster: Roster | None = None
        self._since: datetime | None = None
        self._until: datetime | None = None
        self._swept = time.monotonic()

    def look(self) -> bool:
        """Look once; whether everybody pulled."""
        now = self._engine.clock.now()
        with self._engine.board() as board:
            view = board.view(now)
            roster, until = view.roster, next_change(board, now)
            could = len(view.line) > 0 and view.state.num_with_room > 0  # the line is laid out here, and not within the unit
        sweeps = time.monotonic() >= self._swept + SWEEP_SECONDS
        pulls = could and (sweeps or roster is not self._roster or self._has_come(now) or self._somebody_aged(board, now))
        if pulls:
            with self._engine.unit(KEEPER) as unit:
                unit.pull()
            self._swept = time.monotonic()
        self._roster, self._since, self._until = roster, now, until
        return pulls

    def _has_come(self, now: datetime) -> bool:
        """Whether `now` is outside the time for which the last look holds."""
        return self._since is None or self._until is None or not self._since <= now < self._until

    def _somebody_aged(self, board: Board, now: datetime) -> bool:
        """Whether a waiting case has come of an age since the last look at which the policy relaxes a rule for it."""
        ages = {one.after_hours for one in board.document.routing.relaxations.values()}
        if not ages or self._since is None:
            return False
        spans = [(self._since - timedelta(hours=age), now - timedelta(hours=age)) for age in ages]
        with self._engine.read() as connection:
            return any_queued_since(connection, spans)


def next_change(board: Board, now: datetime) -> datetime:
    """The first moment after `now` at which time alone may make somebody able to take a case, ages aside.

    These are: somebody's shift begins or comes within reach, an absence ends, a credential begins, a window of intake opens, a refusal is
    over, a ramp ends, and midnight UTC, when the board lays out the calendars anew.
    """
    view = board.view(now)
    hours = min(_changes(view.state), default=np.inf)
    moments = [view.until, view.intake_until]
    return min(moments) if hours == np.inf else min(*moments, view.roster.clock.moment(hours))


def _changes(state: RoutingState) -> Iterator[float]:
    """Hours ahead at which something in the roster or the books changes by itself."""
    roster, now = state.roster, state.now
    yield roster.staffing.presence(now).valid_until
    yield roster.credentials.next_change(now)
    yield float(np.min(state.away_until[state.away_until > now], initial=np.inf))
    yield from (hour for refusals in state.declined.values() for hour in refusals.values() if hour > now)
