"""The board: everybody's book and everything that waits, in memory, as a fold of the events; and the decisions made on it."""

from caserouter.service.board.board import Board
from caserouter.service.board.open_case import OpenCase
from caserouter.service.board.outcome import Outcome

__all__ = ["Board", "OpenCase", "Outcome"]
