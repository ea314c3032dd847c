"""Decisions on a board: place a case, pull from the queue, ask whether somebody fits."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from caserouter.domain.case import Case
from caserouter.domain.rules import Exclusion
from caserouter.service.board.board import Board
from caserouter.service.board.outcome import Outcome


def place(board: Board, case: Case, now: datetime, *, mode: str = "arrival", specialists: Sequence[str] | None = None) -> Outcome:
    """Decide on one case, among `specialists` (ids) if given."""
    raise NotImplementedError


def pull(board: Board, specialists: Sequence[str] | None, now: datetime, limit: int, *, mode: str = "pull") -> Iterator[Outcome]:
    """Give out waiting cases one after the other, `limit` at most; each is recorded, and folded, before the next is asked for."""
    raise NotImplementedError


def fits(board: Board, case_id: str, specialist_id: str, now: datetime) -> tuple[Exclusion, ...]:
    """Every rule that keeps the case from the specialist now, room included; empty if nothing does."""
    raise NotImplementedError
