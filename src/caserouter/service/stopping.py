"""Being told to stop: SIGTERM, SIGINT and SIGHUP all mean the same, finish what was begun and go."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import parent_process, resource_tracker
from multiprocessing.connection import wait
from types import FrameType
from typing import NoReturn

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

_MARGIN_SECONDS = 5.0
"""How much longer than the grace period an orphan may live."""


@contextmanager
def signals_held_back() -> Iterator[None]:
    """Start a process that hears no signal until it lets them through, as `Stop` does: Ctrl-C would be a traceback of the interpreter's."""
    resource_tracker.ensure_running()  # which lets signals through again when it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Stop:
    """Hears the signals of this process.

    While the process starts, a signal ends it at once, by `SystemExit`. From `on_signal` on, a signal sets `told` and calls back. Only the
    first one counts: Ctrl-C reaches every process by itself, and through the one that started it.
    """

    def __init__(self) -> None:
        self.told = False
        self._callback: Callable[[], None] = self._leave
        for number in SIGNALS:
            signal.signal(number, self._hear)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)

    def on_signal(self, callback: Callable[[], None]) -> None:
        """From now on call `callback` instead of leaving; at once if a signal has come already."""
        self._callback = callback
        if self.told:
            callback()

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        if not self.told:  # a second one may come while the first is being heard
            self.told = True
            self._callback()

    @staticmethod
    def _leave() -> NoReturn:
        raise SystemExit(0)


def stop_with_parent(grace_seconds: float) -> None:
    """Stop this process when the one that started it is gone, so that a killed supervisor leaves no orphan on its port."""
    parent = parent_process()
    if parent is None:
        return
    sentinel = parent.sentinel

    def watch() -> None:
        wait([sentinel])
        os.kill(os.getpid(), signal.SIGTERM)
        threading.Event().wait(grace_seconds + _MARGIN_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, name="watch-parent", daemon=True).start()
