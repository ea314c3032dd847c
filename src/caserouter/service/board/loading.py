"""A board from the store: the newest checkpoint, and the events after it."""

from typing import TYPE_CHECKING, NamedTuple

from caserouter.domain.case import Case
from caserouter.domain.errors import NotFound, StoreError
from caserouter.service.board.board import Board
from caserouter.store.checkpoints import newest_checkpoint
from caserouter.store.events import Event, EventKind
from caserouter.store.reading import decision_of, events_after

if TYPE_CHECKING:
    from caserouter.store.connection import Connection

PAGE = 5000
"""Events read at a time."""


class Seen(NamedTuple):
    """A decision, and what it was made on.

    Parameters
    ----------
    board
        The board after the last event that the decision had seen.
    decision
        Its event, with the evidence.
    case
        The case, where it was created after that event; else None.
    """

    board: Board
    decision: Event
    case: Case | None


def load_board(connection: "Connection", at_most: int | None = None) -> Board:
    """The board after the last event, or after event `at_most`."""
    saved = newest_checkpoint(connection, at_most)
    board = Board() if saved is None else _restored(saved.body)
    catch_up(board, connection, at_most)
    return board


def _restored(body: bytes) -> Board:
    """The board of a checkpoint; one of another format, as another version of the service leaves it, is passed over: the events tell it all."""
    try:
        return Board.restore(body)
    except StoreError:
        return Board()


def catch_up(board: Board, connection: "Connection", at_most: int | None = None) -> int:
    """Fold the events that the board has not seen, up to event `at_most` if given; returns how many there were."""
    num_folded = 0
    while True:
        events = events_after(connection, board.seq, PAGE)
        for event in events:
            if at_most is not None and event.seq > at_most:
                return num_folded
            board.fold(event)
            num_folded += 1
        if len(events) < PAGE:
            return num_folded


def load_seen(connection: "Connection", seq: int) -> Seen:
    """The decision numbered `seq`, and the board that it was made on: what `replay` and `explain_decision` take.

    Raises
    ------
    NotFound
        If there is no such decision, or it carries no evidence.
    """
    decision = decision_of(connection, seq)
    evidence = decision.evidence or {}
    if "seen" not in evidence:
        raise NotFound(f"event {seq}: carries no evidence; only decisions are made again", ids=[str(seq)])
    board = load_board(connection, at_most=int(evidence["seen"]))
    known = decision.case_id in board.cases
    return Seen(board, decision, None if known else _created(connection, board.seq, decision))


def _created(connection: "Connection", seen: int, decision: Event) -> Case | None:
    """The case as it was created between what the decision had seen and the decision."""
    for event in events_after(connection, seen, decision.seq - seen):
        if event.case_id == decision.case_id and event.kind is EventKind.CASE_CREATED:
            return Case.model_validate(event.data["case"])
    return None
