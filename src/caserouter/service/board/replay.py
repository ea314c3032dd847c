"""Make a decision again, and explain it in full."""

from dataclasses import dataclass

from caserouter.domain.case import Case
from caserouter.routing.explanation import Explanation
from caserouter.service.board.board import Board
from caserouter.store.events import Event


@dataclass(frozen=True, slots=True)
class Replayed:
    """A decision made again.

    Parameters
    ----------
    same
        Whether everything came out as it was recorded.
    differences
        What did not, in words.
    """

    same: bool
    differences: tuple[str, ...]


def replay(board_at_seen: Board, decision: Event, case: Case | None = None) -> Replayed:
    """Make a decision again on the board as it had seen it; `case` where the board did not know it yet."""
    raise NotImplementedError


def explain_decision(board_at_seen: Board, decision: Event, case: Case | None = None) -> Explanation:
    """The full table of a decision: every candidate with its terms, everybody else with the reasons."""
    raise NotImplementedError
