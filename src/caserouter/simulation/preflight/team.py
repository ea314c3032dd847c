"""Who can do what, in hours: each staff group's time for cases in the measured window, as far as it meets a requirement.

Vectors have shape (num_groups,), in the order of the roster; 0 means that nobody of the group meets the requirement. Sick days count by
their probability; rules that the policy relaxes do not bind.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np

from caserouter.domain.credentials import AnyOf, Credential
from caserouter.domain.money import Money
from caserouter.domain.specialist import Role
from caserouter.simulation.calendars import Spans, length_within, midnight_of
from caserouter.simulation.language.staff import StaffGroup
from caserouter.simulation.records import FloatArray
from caserouter.simulation.world import Person, World


@dataclass(frozen=True, slots=True, eq=False)
class Requirement:
    """Something that work asks for.

    Parameters
    ----------
    label
        In words: ``series_7 in NY``.
    hours
        Staffed hours of those who meet it; shape (num_groups,).
    """

    label: str
    hours: FloatArray


class Team:
    """The staff groups of a scenario that have members.

    Parameters
    ----------
    world
        The compiled scenario.

    Attributes
    ----------
    groups
        Name and model of each.
    staffed
        Staffed hours in the measured window; shape (num_groups,).
    room
        Units of capacity; shape (num_groups,).
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._settings = world.settings
        self._limits: dict[str, FloatArray] = {}
        self._first: dict[str, Person] = {}
        for person in world.people:
            self._first.setdefault(person.group_name, person)
        self.groups: tuple[tuple[str, StaffGroup], ...] = tuple((name, person.group) for name, person in self._first.items())
        self.staffed = self._vector(self._hours(name) for name, _ in self.groups)
        self.room = self._vector(float(group.count * group.capacity) for _, group in self.groups)

    def group_of(self, name: str) -> str | None:
        """The group that a name stands for: its own, or that of the specialist so called."""
        return next((person.group_name for person in self._world.people if name in {person.name, person.group_name}), None)

    def people_in(self, hours: FloatArray) -> int:
        """How many have any of the `hours`; shape (num_groups,)."""
        return sum(group.count for (_, group), some in zip(self.groups, hours > 0, strict=True) if some)

    def skill(self, name: str, least: int) -> Requirement:
        """A skill at a proficiency or better."""
        lacking, low = ("skill" in self._settings.relaxations, "proficiency" in self._settings.relaxations)
        met = [group.skills[name] >= least or low if name in group.skills else lacking for _, group in self.groups]
        return Requirement(f"{name} at {least}" if least > 1 else name, self.staffed * np.array(met, dtype=float))

    def language(self, tag: str) -> Requirement:
        """A language."""
        relaxed = "language" in self._settings.relaxations
        met = [relaxed or tag in group.languages for _, group in self.groups]
        return Requirement(f"language {tag}", self.staffed * np.array(met, dtype=float))

    def role(self, floor: Role) -> Requirement:
        """A role or a more senior one."""
        relaxed = "role_floor" in self._settings.relaxations
        met = [relaxed or group.role >= floor for _, group in self.groups]
        return Requirement(f"role {floor.label}", self.staffed * np.array(met, dtype=float))

    def credential(self, alternatives: AnyOf, jurisdiction: str | None) -> Requirement:
        """Any of several credentials, for as long as one is valid."""
        catalogue = self._settings.credentials
        places = list(dict.fromkeys(place for need in alternatives if (place := need.place(jurisdiction))))
        label = " or ".join(need.kind for need in alternatives) + (f" in {' or '.join(places)}" if places else "")
        hours = []
        for name, group in self.groups:
            held = [
                one
                for one in group.credentials
                for need in alternatives
                if one.kind in catalogue.kinds_that_meet(need.kind) and one.covers(need.place(jurisdiction))
            ]
            hours.append(self._hours(name, held))
        return Requirement(label, self._vector(hours))

    def limits(self, action: str) -> FloatArray:
        """The largest amount that each group decides alone, in minor units: 0 for none, infinite where unlimited; shape (num_groups,)."""
        if action not in self._limits:
            found = (group.authority.get(action) for _, group in self.groups)
            self._limits[action] = self._vector(
                limit.minor if isinstance(limit, Money) else np.inf if limit else 0.0 for limit in found
            )
        return self._limits[action]

    def _hours(self, name: str, credentials: Iterable[Credential] | None = None) -> float:
        """Staffed hours of a whole group in the measured window, or as far as one of its `credentials` is valid in it."""
        person = self._first[name]
        begin, end = self._world.window
        spans = [(begin, end)] if credentials is None else list(self._valid(person, credentials))
        hours = sum(length_within(person.staffed, max(begin, first), min(end, last)) for first, last in _merged(spans))
        return hours * person.group.count * (1.0 - person.group.sick_probability)

    def _valid(self, person: Person, credentials: Iterable[Credential]) -> Iterator[tuple[float, float]]:
        """When the credentials are valid, in hours."""
        clock, zone = self._world.clock, ZoneInfo(person.group.time_zone or self._world.scenario.time_zone)
        for one in credentials:
            start = midnight_of(one.valid_from, clock, zone) if one.valid_from else -np.inf
            end = midnight_of(one.valid_until + timedelta(days=1), clock, zone) if one.valid_until else np.inf
            yield start, end

    @staticmethod
    def _vector(values: Iterable[float]) -> FloatArray:
        return np.fromiter(values, dtype=np.float64)


def _merged(spans: Iterable[tuple[float, float]]) -> Spans:
    """The same time as disjoint spans."""
    merged: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)
