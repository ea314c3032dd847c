"""Departments: the other teams that cases wait on, each with its own people, hours and waiting line."""

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any

from caserouter.simulation.calendars import Stopwatch
from caserouter.simulation.engine.agenda import Agenda, Happening
from caserouter.simulation.engine.case_run import CaseRun
from caserouter.simulation.world import World

Done = Callable[[CaseRun], None]


class Departments:
    """Every department of a scenario.

    Work that has begun is finished, also past the closing hour; what has not begun when the customer gives up is not done. A department without
    a number of people has as many as it takes.

    Parameters
    ----------
    agenda
        The time.
    world
        Departments by number.
    """

    def __init__(self, agenda: Agenda, world: World) -> None:
        self._departments = tuple(_Department(agenda, *world.department(k)) for k in range(len(world.department_names)))

    def enter(self, number: int, priority: int, hours: float, done: Done, case: CaseRun) -> None:
        """Have a department work `hours` on a case, and call `done` with it afterwards."""
        self._departments[number].enter(priority, hours, done, case)


class _Department:
    def __init__(self, agenda: Agenda, name: str, model: Any, spans: Any) -> None:
        self._agenda = agenda
        self.name = name
        self._free = float("inf") if model.staff is None else model.staff
        self._by_priority = model.order == "priority"
        self._hours = None if spans is None else Stopwatch(spans)
        self._line: list[tuple[int, int, float, Done, CaseRun]] = []
        self._sequence = 0
        self._opens = -1.0

    def enter(self, priority: int, hours: float, done: Done, case: CaseRun) -> None:
        self._sequence += 1
        heappush(self._line, (priority if self._by_priority else 0, self._sequence, hours, done, case))
        self._begin()

    def _begin(self) -> None:
        """Begin as much as there are people for, or wake up when the doors open."""
        while self._line and self._free > 0:
            now = self._agenda.now
            opens = now if self._hours is None else self._hours.next_counted(now)
            if opens > now:
                if opens != self._opens and opens != float("inf"):
                    self._opens = opens
                    self._agenda.at(opens, self._open)
                return
            _, _, hours, done, case = heappop(self._line)
            if case.live:
                self._free -= 1
                self._agenda.after(hours, self._end, (done, case))

    def _open(self, _event: Happening) -> None:
        self._begin()

    def _end(self, event: Happening) -> None:
        done, case = event.value
        self._free += 1
        done(case)
        self._begin()
