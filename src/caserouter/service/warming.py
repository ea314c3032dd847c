"""Warming up: the kernels of the decision are compiled, or read from their cache, before the first request needs them."""

from datetime import UTC, datetime

from caserouter.domain.case import Case
from caserouter.domain.specialist import Specialist
from caserouter.service.board.board import Board
from caserouter.service.board.deciding import place
from caserouter.store.events import Event, EventKind

_MOMENT = datetime(2026, 1, 5, 12, tzinfo=UTC)


def warm_up() -> None:
    """Decide on a case of no service, on a board of its own: the first decision compiles, for seconds where no cache is."""
    board = Board()
    for seq, name in enumerate(("A", "B"), start=1):
        specialist = Specialist(id=name, name=name, capacity=10).model_dump(mode="json", exclude={"name"})
        board.fold(Event(seq, _MOMENT, EventKind.SPECIALIST_PUT, {"specialist": specialist}, specialist_id=name))
    place(board, Case(id="warm-up", created=_MOMENT), _MOMENT)
