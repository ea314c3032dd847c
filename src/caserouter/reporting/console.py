"""The two consoles: answers go to stdout, everything else to stderr."""

import os
import sys
from typing import Any

from rich.console import Console

PLAIN_WIDTH = 120
"""Columns of a table that is not shown on a terminal."""


def answers() -> Console:
    """The console of results."""
    return Console(file=sys.stdout, width=_width(sys.stdout), highlight=False)


def notices() -> Console:
    """The console of progress, warnings and remarks."""
    return Console(file=sys.stderr, width=_width(sys.stderr), highlight=False)


def _width(stream: Any) -> int | None:
    """A fixed width where nobody looks, so that output kept in files does not depend on the terminal; None lets rich see."""
    if stream.isatty() or "COLUMNS" in os.environ:
        return None
    return PLAIN_WIDTH
