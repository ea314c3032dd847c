"""Progress on stderr: rows read, and the gap closing while a long solve runs."""

from time import monotonic
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.status import Status

from caserouter.reporting.assignment import gap_text
from caserouter.routing.solver.progress import Progress

PATIENCE = 1.0
"""Seconds that pass before anything is said: what is quick needs no progress."""

EVERY = 5.0
"""Seconds between two lines where stderr is no terminal, so that a log stays readable."""


class ProgressLine:
    """One line of progress: rewritten in place on a terminal, repeated now and then elsewhere.

    Parameters
    ----------
    console
        Where to.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._status: Status | None = None
        self._next = monotonic() + PATIENCE

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._status is not None:
            self._status.stop()

    def say(self, text: str) -> None:
        """Show `text`, if it is time to."""
        if monotonic() < self._next:
            return
        if not self._console.is_terminal:
            self._console.print(text, soft_wrap=True)
            self._next = monotonic() + EVERY
        elif self._status is None:
            self._status = self._console.status(text)
            self._status.start()
        else:
            self._status.update(text)


class ReadingProgress(ProgressLine):
    """Rows read so far, for files that take their time."""

    def __call__(self, rows: int, fraction: float) -> None:
        """Take note of the rows read and of the fraction of the file, 0 to 1."""
        self.say(f"reading: {rows:,} rows, {fraction:.0%} of the file")


class SolvingProgress(ProgressLine):
    """The gap, as it closes."""

    def __call__(self, progress: Progress) -> None:
        """Take note of how far the solve is."""
        seconds = f"{progress.runtime:.1f} s"
        self.say(f"solving: gap {gap_text(progress.gap)} after {seconds} ({progress.engine}); Ctrl-C takes the best so far")


class StepProgress(ProgressLine):
    """Which of several solves runs."""

    def __call__(self, done: int, total: int, following: str) -> None:
        """Take note of the solves done, their total, and what comes next."""
        self.say(f"solving again: {done} of {total} done, now {following}")
