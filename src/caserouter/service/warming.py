"""Warming up: what the first request would wait for is done before it comes, and what stays for good is taken out of every collection's way."""

import gc
from datetime import UTC, datetime

from caserouter.domain.case import Case
from caserouter.domain.specialist import Specialist
from caserouter.service.board.board import Board
from caserouter.service.board.deciding import place
from caserouter.service.engine import Engine
from caserouter.store.events import Event, EventKind

_MOMENT = datetime(2026, 1, 5, 12, tzinfo=UTC)


def warm_up(engine: Engine) -> None:
    """Compile the kernels of the decision, or read them from their cache, and lay out the board as decisions need it.

    What is there by then stays: it is kept out of collections of garbage, which would stop every thread for half a second at ten thousand
    waiting cases.
    """
    _compile()
    with engine.board() as board:
        board.view(engine.clock.now())
    gc.collect()
    gc.freeze()


def _compile() -> None:
    """Decide on a case of no service, on a board of its own."""
    board = Board()
    for seq, name in enumerate(("A", "B"), start=1):
        specialist = Specialist(id=name, name=name, capacity=10).model_dump(mode="json", exclude={"name"})
        board.fold(Event(seq, _MOMENT, EventKind.SPECIALIST_PUT, {"specialist": specialist}, specialist_id=name))
    place(board, Case(id="warm-up", created=_MOMENT), _MOMENT)
