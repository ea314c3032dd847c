"""The keeper's end of the companion: start it, ask it one thing at a time, and end it when it takes too long.

Nothing here waits. The keeper asks, goes on with its duties, and looks in from time to time; an answer that is not there when its
time is up never comes, because the companion is killed and the next request finds a new one.
"""

import multiprocessing
import time
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from caserouter.service.keeper.companion_process import accompany
from caserouter.service.keeper.messages import Answer, Request, Trouble
from caserouter.service.stopping import signals_held_back

FAREWELL_SECONDS = 2.0
"""How long a companion may take to end by itself once its pipe is closed."""


class Companion:
    """A companion process: started once, and again after it was killed.

    Attributes
    ----------
    num_started
        How many processes have been started so far.
    """

    def __init__(self) -> None:
        self.num_started = 0
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._until = 0.0
        self._asked = False

    @property
    def pid(self) -> int | None:
        """Number of the process, None while there is none."""
        return self._process.pid if self._process else None

    @property
    def alive(self) -> bool:
        """Whether there is a process to ask."""
        return self._process is not None

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._asked

    def start(self, seconds: float) -> None:
        """Start the process; it says `Ready` once it has loaded everything, which must happen within `seconds`."""
        assert self._process is None
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=accompany, args=(theirs,), name="caserouter-companion", daemon=True)
        with signals_held_back():
            process.start()
        theirs.close()
        self._process, self._connection = process, ours
        self._await(seconds)
        self.num_started += 1

    def ask(self, request: Request, seconds: float) -> None:
        """Send `request`; its answer must come within `seconds`.

        Only a companion that has been started and is not `busy` may be asked: it reads at once, so that sending does not block.
        """
        assert self._connection is not None
        assert not self._asked
        self._await(seconds)
        try:
            self._connection.send(request)
        except OSError:
            self._until = 0.0

    def look(self) -> Answer | None:
        """The answer if it is there; None while it may still come; `Trouble` if it never will."""
        if not self._asked or self._connection is None:
            return None
        try:
            if self._connection.poll():
                answer: Answer = self._connection.recv()
                self._asked = False
                return answer
        except (EOFError, OSError):
            self.kill()
            return Trouble("the companion process ended before it had answered")
        if time.monotonic() < self._until:
            return None
        self.kill()
        return Trouble("the companion process did not answer within its time")

    def kill(self) -> None:
        """End the process at once, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
        self._clear()

    def close(self) -> None:
        """Let the process end: by itself if it has nothing to do, else at once."""
        if self._process is None:
            return
        if not self._asked and self._connection is not None:
            self._connection.close()
            self._process.join(FAREWELL_SECONDS)
        self.kill()

    def _await(self, seconds: float) -> None:
        self._asked, self._until = True, time.monotonic() + seconds

    def _clear(self) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.join()
            self._process.close()
        self._process, self._connection, self._asked = None, None, False
