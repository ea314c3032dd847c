"""Presence: shifts begin and end, people are sick or on leave, credentials lapse and begin, intake windows turn over."""

from collections.abc import Callable
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from caserouter.routing.state import RoutingState
from caserouter.simulation.calendars import midnight_of
from caserouter.simulation.draws import Draws
from caserouter.simulation.engine.agenda import Agenda, Happening
from caserouter.simulation.engine.desks import Desks
from caserouter.simulation.engine.dispatch import Dispatch
from caserouter.simulation.members import sick_days
from caserouter.simulation.world import Person, World

BoolArray = NDArray[np.bool_]
Affected = Callable[[int], None]


class Presence:
    """Switches desks on and off, and tells routing what has changed.

    Parameters
    ----------
    world, state, agenda, draws
        The calendars, the books, the time, and the draws of sick days.
    desks, dispatch
        What is switched, and who is told.
    lapse, leave
        Called with a specialist whose credential ends, and with one whose long absence begins.

    Attributes
    ----------
    sick
        Mask of the staffed intervals that each specialist misses, one array of shape (num_intervals,) per specialist.
    """

    def __init__(
        self,
        world: World,
        state: RoutingState,
        agenda: Agenda,
        draws: Draws,
        desks: Desks,
        dispatch: Dispatch,
        *,
        lapse: Affected,
        leave: Affected,
    ) -> None:
        self._world = world
        self._state = state
        self._agenda = agenda
        self._desks = desks
        self._dispatch = dispatch
        self._lapse = lapse
        self._leave = leave
        self.sick = tuple(_sick(person, person.number_in_group, draws) for person in world.people)

    def start(self) -> None:
        """Put everything that is known ahead on the agenda."""
        for number, person in enumerate(self._world.people):
            if person.staffed:
                self._agenda.at(person.staffed[0][0], self._begin, (number, 0))
            for start, _ in person.absences:
                if start > 0:
                    self._agenda.at(start, self._go_on_leave, number)
            window = self._world.roster.specialists[number].intake
            if window is not None:
                self._agenda.after(window.window_hours, self._turn_over, number)
        self._expect_credentials()

    def _expect_credentials(self) -> None:
        clock, horizon = self._world.clock, self._world.horizon
        for number, one in enumerate(self._world.roster.specialists):
            for held in one.credentials:
                for day, after, callback in ((held.valid_from, 0, self._gain), (held.valid_until, 1, self._end_of_credential)):
                    if day is not None:
                        hour = midnight_of(day + timedelta(days=after), clock, one.zone)
                        if 0 < hour < horizon:
                            self._agenda.at(hour, callback, number)

    def _begin(self, event: Happening) -> None:
        """A staffed interval begins, unless the specialist is sick."""
        number, at = event.value
        _, end = self._world.people[number].staffed[at]
        self._agenda.at(end, self._end, (number, at))
        if self.sick[number][at]:
            days = self._world.people[number].days
            last = at
            while last + 1 < len(days) and days[last + 1] == days[at]:
                last += 1
            self._state.away_until[number] = self._world.people[number].staffed[last][1]
            return
        self._desks.switch_on(number, end)

    def _end(self, event: Happening) -> None:
        number, at = event.value
        staffed = self._world.people[number].staffed
        if self.sick[number][at]:
            self._dispatch.pull_for(number, self._agenda.now)
        else:
            self._desks.switch_off(number)
        if at + 1 < len(staffed):
            self._agenda.at(staffed[at + 1][0], self._begin, (number, at + 1))

    def _go_on_leave(self, event: Happening) -> None:
        """A long absence begins, after the shift that ends at the same time."""
        self._agenda.after(0.0, self._be_gone, event.value)

    def _be_gone(self, event: Happening) -> None:
        self._leave(event.value)

    def _end_of_credential(self, event: Happening) -> None:
        self._lapse(event.value)

    def _gain(self, event: Happening) -> None:
        self._dispatch.pull_for(event.value, self._agenda.now)

    def _turn_over(self, event: Happening) -> None:
        """A window of a specialist's intake limit begins."""
        number = event.value
        limit = self._world.roster.specialists[number].intake
        assert limit is not None
        self._state.intake_left[number] = limit.limit
        self._agenda.after(limit.window_hours, self._turn_over, number)
        self._dispatch.pull_for(number, self._agenda.now)


def _sick(person: Person, number: int, draws: Draws) -> BoolArray:
    """Which staffed intervals of a person fall on sick days; the draws are keyed by the person and the day."""
    if not person.group.sick_probability:
        return np.zeros(len(person.staffed), dtype=np.bool_)
    days = np.array(person.days, dtype=np.int64)
    return sick_days(draws, person.group_name, number, person.group.sick_probability, days)
