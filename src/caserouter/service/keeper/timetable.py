"""When each duty is due: a fixed rhythm each, and a pause that grows after failures."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from caserouter.service.pauses import growing_pause

_logger = logging.getLogger(__name__)

LONGEST_PAUSE_SECONDS = 60.0
"""Longest pause of a duty that keeps failing, unless its rhythm is slower anyway."""


@dataclass(slots=True)
class Duty:
    """Something that the keeper does again and again.

    Parameters
    ----------
    name
        Its name in logs and figures.
    every
        Seconds from the end of one turn to the next.
    act
        Does it once; True asks for another turn at once, because something was left over.

    Attributes
    ----------
    num_failures
        How often it has failed since it last succeeded.
    """

    name: str
    every: float
    act: Callable[[], bool]
    num_failures: int = 0
    _next: float = field(default=0.0, repr=False)

    def wait(self) -> float:
        """Seconds until its next turn, 0 if it is due."""
        return max(self._next - time.monotonic(), 0.0)

    def take_turn(self) -> None:
        """Do it once. A failure is logged and tried again later: one duty never keeps the others from theirs."""
        try:
            again = self.act()
        except Exception:  # whatever it is, the other duties go on
            self.num_failures += 1
            pause = growing_pause(self.num_failures, first=2.0 * self.every, longest=max(LONGEST_PAUSE_SECONDS, self.every))
            _logger.exception("duty %s failed", self.name, extra={"attempts": self.num_failures, "seconds": pause})
        else:
            self.num_failures = 0
            pause = 0.0 if again else self.every
        self._next = time.monotonic() + pause


class Timetable:
    """The duties of a keeper, each in its rhythm.

    Parameters
    ----------
    duties
        In the order in which those that are due at the same time are done.
    """

    def __init__(self, duties: Sequence[Duty]) -> None:
        self.duties = tuple(duties)

    def take_turns(self) -> float:
        """Let every duty that is due have one turn; returns the seconds until the next is due."""
        for duty in self.duties:
            if not duty.wait():
                duty.take_turn()
        return min(duty.wait() for duty in self.duties)
