"""Failpoints: places at which a test kills this process, as a power cut would.

``CASEROUTER_FAILPOINT=after_commit:3`` kills it with SIGKILL when it passes `after_commit` for the third time. Without the variable, passing
one costs a look at an empty name.
"""

import os
import signal
from typing import Literal, get_args

from caserouter.domain.errors import InvalidInput

FAILPOINT = "CASEROUTER_FAILPOINT"
"""Variable that arms a failpoint: its name, and after a colon which passing it is, 1 when left out."""

Failpoint = Literal["before_commit", "after_commit", "mid_batch", "after_send"]
"""Just before a commit, just after it, between two cases of an optimisation, and after an answer was sent."""


class _Armed:
    """The failpoint of this process, and how many passings are left."""

    def __init__(self, text: str) -> None:
        name, _, count = text.partition(":")
        if name and (name not in get_args(Failpoint) or not (count or "1").isdecimal() or int(count or 1) < 1):
            known = ", ".join(get_args(Failpoint))
            raise InvalidInput(f"{FAILPOINT}={text}: not a failpoint; write one of {known}, with :n for the n-th passing")
        self.name = name
        self.left = int(count or 1)


_armed = _Armed(os.environ.get(FAILPOINT, ""))


def passing(name: str) -> None:
    """Kill this process if the failpoint `name` is armed and this is the passing that was asked for."""
    if name != _armed.name:
        return
    _armed.left -= 1
    if _armed.left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
