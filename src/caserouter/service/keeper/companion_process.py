"""The keeper's companion: a process with a board of its own, which thinks at length so that nobody has to wait.

It follows the events like every other board, less urgent than the processes that answer requests. What takes seconds happens on its
board: solving the whole queue as one problem, and packing a checkpoint. It opens no database; events come and answers go through a pipe.
"""

import json
import os
import signal
from multiprocessing.connection import Connection

from caserouter.service.board import Board
from caserouter.service.keeper.messages import Answer, Follow, Pack, Packed, Ready, Request, Restore, Solve, Standing, Trouble
from caserouter.service.keeper.planning import plan
from caserouter.service.logging import error_outline
from caserouter.service.stopping import SIGNALS
from caserouter.store.checkpoints import pack_checkpoint

NICENESS = 10
"""By how much the companion is less urgent than the processes that answer requests."""


def accompany(connection: Connection) -> None:
    """Greet, then answer one request after the other until the keeper is gone: what the companion's process runs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    os.nice(NICENESS)
    desk = _Desk()
    try:
        connection.send(Ready())
        while True:
            connection.send(desk.answer(connection.recv()))
    except (EOFError, OSError):
        return


class _Desk:
    """The companion's board and what it is asked about it."""

    def __init__(self) -> None:
        self._board = Board()

    def answer(self, request: Request) -> Answer:
        """Carry out one request; whatever goes wrong is told, never hidden."""
        try:
            return self._carry_out(request)
        except Exception as error:  # noqa: BLE001 - the keeper logs it and begins again from a checkpoint
            return Trouble(json.dumps(error_outline(error, error.__traceback__)))

    def _carry_out(self, request: Request) -> Answer:
        match request:
            case Restore(body):
                self._board = Board() if body is None else Board.restore(body)
            case Follow(events):
                for event in events:
                    self._board.fold(event)
            case Solve(now, work_limit, seed):
                return plan(self._board, now, work_limit=work_limit, seed=seed)
            case Pack():
                return Packed(self._board.seq, pack_checkpoint(self._board.checkpoint()))
        return Standing(self._board.seq)
