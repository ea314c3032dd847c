"""The two consoles: answers go to stdout, everything else to stderr.

Neither reads markup, so that what stands in a file is shown as it stands there.
"""

import sys
from typing import Any

from rich.console import Console

PLAIN_WIDTH = 120
"""Columns of a table that is not shown on a terminal."""


class PipedConsole(Console):
    """A console that leaves a closed pipe to the caller, who knows the exit status for it; rich would exit by itself."""

    def on_broken_pipe(self) -> None:
        """Raise the error that is being handled."""
        raise  # noqa: PLE0704 (rich calls this while it handles BrokenPipeError)


def answers() -> Console:
    """The console of results."""
    return PipedConsole(file=sys.stdout, width=_width(sys.stdout), highlight=False, markup=False, emoji=False)


def notices() -> Console:
    """The console of progress, warnings and remarks."""
    return PipedConsole(file=sys.stderr, width=_width(sys.stderr), highlight=False, markup=False, emoji=False)


def _width(stream: Any) -> int | None:
    """A fixed width where nobody looks, so that output kept in files depends on no terminal; None lets rich see."""
    return None if stream.isatty() else PLAIN_WIDTH
