"""What happens when: SimPy's event queue, used with callbacks."""

from collections.abc import Callable
from math import inf, nextafter
from typing import Any, Protocol

import simpy
from simpy.events import Timeout


class Happening(Protocol):
    """What a callback gets: an event that carries a value."""

    @property
    def value(self) -> Any:
        """What was put on the agenda with it."""


Callback = Callable[[Happening], None]


class Agenda:
    """Simulated time, and what is due to happen.

    Attributes
    ----------
    env
        SimPy's environment; its `now` is in hours since the scenario's start.
    num_events
        Events put on the agenda so far.
    """

    __slots__ = ("_stop", "env", "num_events")

    def __init__(self) -> None:
        self.env = simpy.Environment()
        self.num_events = 0
        self._stop = self.env.event()

    @property
    def now(self) -> float:
        """Hours since the scenario's start."""
        return self.env.now

    def after(self, delay: float, callback: Callback, value: Any = None) -> None:
        """Call `callback` with an event that carries `value`, `delay` hours from now."""
        self.num_events += 1
        event = Timeout(self.env, delay, value)
        event.callbacks.append(callback)

    def at(self, hour: float, callback: Callback, value: Any = None) -> None:
        """The same at a given hour, or at once where that is past; rounding never brings it forward, so that what holds at `hour` holds then."""
        now = self.env.now
        delay = max(hour - now, 0.0)
        self.after(nextafter(delay, inf) if now + delay < hour else delay, callback, value)

    def stop(self) -> None:
        """End `run` after the events of this moment that are due already."""
        if not self._stop.triggered:
            self._stop.succeed()

    def run(self) -> None:
        """Let time pass until `stop`."""
        self.env.run(until=self._stop)
