"""A board from the store: the newest checkpoint, and the events after it."""

from sqlalchemy import Connection

from caserouter.service.board.board import Board


def load_board(connection: Connection, at_most: int | None = None) -> Board:
    """The board after the last event, or after event `at_most`."""
    raise NotImplementedError
