"""A plan for the whole queue: what the solver says, as plain data that the keeper carries out."""

from datetime import datetime

from caserouter.service.board import Board, Outcome
from caserouter.service.board.solving import solve_waiting
from caserouter.service.keeper.messages import Move, Plan


def plan(board: Board, now: datetime, *, work_limit: float | None, seed: int) -> Plan:
    """Who should take which of the waiting cases; parameters as for `solve_waiting`."""
    solved = solve_waiting(board, now, work_limit=work_limit, seed=seed)
    return Plan(board.seq, tuple(tuple(_move(outcome) for outcome in group) for group in solved))


def _move(outcome: Outcome) -> Move:
    assert outcome.specialist is not None
    return Move(outcome.case_id, outcome.specialist, outcome.cost, outcome.evidence)
