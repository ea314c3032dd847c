"""Whether a board that is loaded now says what the tables say, and the same as one that has folded every event."""

from datetime import UTC, datetime

import sqlalchemy as sa

from caserouter.service.board import Board
from caserouter.service.board.deciding import pull
from caserouter.service.board.loading import load_board
from caserouter.store.reading import events_after
from caserouter.store.tables import assignment, cases, specialist

_GONE = ("closed", "cancelled")
_PAGE = 5000


def disagreements(connection, *, thorough=False, now=None):
    """Everything that a board loaded now says otherwise, and what it would give out; a sentence each.

    Parameters
    ----------
    thorough
        Whether to fold every event as well.
    """
    board = load_board(connection)
    yield from _cases(connection, board)
    yield from _books(connection, board)
    if thorough:
        folded = _fold(connection)
        if (folded.seq, folded.digest) != (board.seq, board.digest):
            yield f"loaded, the board has digest {board.digest} at {board.seq}; folded, {folded.digest} at {folded.seq}"
        yield from _cases(connection, folded)
        yield from _books(connection, folded)
    for outcome in next(pull(board, None, now or datetime.now(UTC), 1), []):
        yield f"the board would give {outcome.case_id} to {outcome.specialist}"


def _fold(connection):
    board = Board()
    while events := events_after(connection, board.seq, _PAGE):
        for event in events:
            board.fold(event)
    return board


def _cases(connection, board):
    held = dict(
        connection.execute(sa.select(assignment.c.case_id, assignment.c.units).where(assignment.c.ended_at.is_(None))).all()
    )
    rows = {
        row.id: (row.status, row.holder, held.get(row.id, 0), row.weight)
        for row in connection.execute(sa.select(cases).where(cases.c.status.not_in(_GONE)))
    }
    said = {name: (str(case.status), case.holder, case.units, case.weight) for name, case in board.cases.items()}
    for name in rows.keys() | said.keys():
        if rows.get(name) != said.get(name):
            yield f"{name}: the tables say {rows.get(name)}, the board says {said.get(name)} (status, holder, units, weight)"


def _books(connection, board):
    rows = {
        row.id: (row.capacity, row.load, row.active, row.presence, row.presence_until)
        for row in connection.execute(sa.select(specialist))
    }
    said = {name: (one.capacity, one.units, one.active, one.presence, one.until) for name, one in board.people.items()}
    for name in rows.keys() | said.keys():
        if rows.get(name) != said.get(name):
            yield f"{name}: the table says {rows.get(name)}, the board says {said.get(name)} (capacity, load, active, presence, until)"
