"""The supervisor: N web processes and a keeper, each started again when it dies, all told to stop when it is told.

The first worker starts alone. It fills the cache of compiled kernels for the others, and what keeps it from starting would keep all of them.
"""

import logging
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import wait

from caserouter.domain.errors import CaserouterError, StoreError
from caserouter.service.child import Child, Role
from caserouter.service.pauses import growing_pause
from caserouter.service.settings import ServiceSettings
from caserouter.service.stopping import Stop

_logger = logging.getLogger(__name__)
_LOOK_SECONDS = 0.25
_LONGEST_PAUSE_SECONDS = 30.0
_MARGIN_SECONDS = 5.0


@dataclass(slots=True)
class _Post:
    """A place that one process after the other fills.

    Parameters
    ----------
    role
        What is done there.
    child
        Who does it; None between a death and the next start.
    failures
        How many in a row died before they were ready.
    not_before
        When the next one may start, by the monotonic clock.
    """

    role: Role
    child: Child | None = None
    failures: int = 0
    not_before: float = 0.0


class Supervisor:
    """Starts the processes and looks after them until told to stop.

    Parameters
    ----------
    settings
        Of the service.
    bound
        The socket that the workers share; closed at the end.
    stop
        Hears the signals.
    """

    def __init__(self, settings: ServiceSettings, bound: socket.socket, stop: Stop) -> None:
        self._settings = settings
        self._bound = bound
        self._stop = stop
        self._first = _Post("worker")
        self._posts = [self._first, *(_Post("worker") for _ in range(settings.workers - 1)), _Post("keeper")]

    def run(self, on_ready: Callable[[], None]) -> None:
        """Serve until told to stop.

        Raises
        ------
        CaserouterError
            If the first worker cannot start, with its reason.
        """
        self._stop.on_signal(lambda: None)  # whether we were told is looked at often enough
        try:
            if self._start_first():
                on_ready()
                while not self._stop.told:
                    self._look_after()
                    self._pause()
        finally:
            self._end()

    def _start_first(self) -> bool:
        """Start the first worker and wait until it is ready; False if told to stop before."""
        child = self._start(self._first)
        while True:
            self._pause()
            ended = child.exit_status is not None  # looked at first, so that its last words are heard as well
            if self._stop.told:  # perhaps it was told as well, and has gone
                return False
            if self._is_ready(child):
                return True
            if ended:
                raise child.error or _stillborn(child)

    def _start(self, post: _Post) -> Child:
        """Fill a post."""
        post.child = Child(post.role, self._settings, self._bound)
        _logger.info("a process was started", extra={"worker": post.role, "pid": post.child.pid})
        return post.child

    def _look_after(self) -> None:
        """Fill the posts that are empty, and empty those whose process has died."""
        for post in self._posts:
            if post.child is None:
                if time.monotonic() >= post.not_before:
                    self._start(post)
            else:
                ended = post.child.exit_status is not None
                self._is_ready(post.child)
                if ended and not self._stop.told:
                    self._bury(post, post.child)

    def _pause(self) -> None:
        """Wait a moment, or until a process ends."""
        wait([post.child.sentinel for post in self._posts if post.child], _LOOK_SECONDS)

    @staticmethod
    def _is_ready(child: Child) -> bool:
        """Whether a process has said that it is ready, which is logged once."""
        before = child.ready
        child.listen()
        if child.ready and not before:
            _logger.info("a process is ready", extra={"worker": child.role, "pid": child.pid, "seconds": round(child.age, 1)})
        return child.ready

    @staticmethod
    def _bury(post: _Post, child: Child) -> None:
        """Note a death, and when to start the next: at once after one that had been ready, later and later after others."""
        post.failures = 0 if child.ready else post.failures + 1
        pause = growing_pause(post.failures, first=1.0, longest=_LONGEST_PAUSE_SECONDS)
        if child.error is not None:
            _logger.error(child.error.message, extra={"code": child.error.code, "worker": post.role})
        _logger.warning(
            "a process died and is started again",
            extra={"worker": post.role, "pid": child.pid, "exit_status": child.exit_status, "seconds": pause},
        )
        child.end(0.0)
        post.child, post.not_before = None, time.monotonic() + pause

    def _end(self) -> None:
        """Stop listening, tell everybody, wait for the grace period, then insist."""
        self._bound.close()
        children = [post.child for post in self._posts if post.child]
        for child in children:
            child.tell_to_stop()
        deadline = time.monotonic() + self._settings.grace_seconds + _MARGIN_SECONDS
        for child in children:
            if not child.end(deadline - time.monotonic()):
                _logger.warning("a process did not end in time and was killed", extra={"worker": child.role, "pid": child.pid})


def _stillborn(child: Child) -> CaserouterError:
    return StoreError(f"the first worker ended with status {child.exit_status} before it was ready; its log says why")
