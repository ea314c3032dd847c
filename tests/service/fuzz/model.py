"""What the service is held to, in plain Python: who may take which case, written down anew from the rules and not from the code under test."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

ROLES = ("specialist", "coordinator", "manager")
FLOORS = {"legal": "coordinator", "media": "manager"}
OVERRIDABLE = {"skill", "role_floor", "off_shift"}
HELD = {"offered", "ready", "waiting_customer", "waiting_department", "waiting_approval"}
WAITING = {status for status in HELD if status.startswith("waiting_")}
OPEN = HELD | {"queued"}
ALLOWED = {
    "accept": {"offered"},
    "decline": {"offered", "ready"},
    "reassign": OPEN,
    "wait": WAITING | {"ready"},
    "resume": WAITING,
    "approve": {"waiting_approval"},
    "resolve": OPEN,
    "reopen": {"resolved"},
    "cancel": {"queued", "offered", "ready"},
    "update": OPEN,
}
"""From which statuses a command is allowed."""


@dataclass
class Licence:
    """A credential; its days are both included, in UTC."""

    kind: str
    places: frozenset[str]
    first: date | None
    last: date | None

    def is_valid(self, place: str | None, now: datetime) -> bool:
        today = now.date()
        in_time = (self.first is None or self.first <= today) and (self.last is None or today <= self.last)
        return in_time and (place is None or "any" in self.places or place in self.places)


@dataclass
class Person:
    """Somebody who takes cases; an absence ends by itself at `until`."""

    capacity: int
    role: str = "specialist"
    skills: dict[str, int] = field(default_factory=dict)
    refunds: int | None = None
    licences: dict[str, Licence] = field(default_factory=dict)
    presence: str = "online"
    until: datetime | None = None
    active: bool = True

    def is_there(self, now: datetime) -> bool:
        return self.presence == "online" or (self.until is not None and self.until <= now)

    def may_refund(self, amount: int) -> bool:
        return amount == 0 or (self.refunds is not None and self.refunds >= amount)


@dataclass
class Need:
    """What a case asks for; `licences` are groups of alternatives, and `refund` is in whole dollars."""

    weight: int = 1
    place: str | None = None
    licences: tuple[tuple[str, ...], ...] = ()
    skills: dict[str, int] = field(default_factory=dict)
    refund: int | None = None
    excluded: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()


def uncovered(need: Need, person: Person, now: datetime) -> bool:
    """Whether some group of credentials is not met."""
    return any(
        not any(one.kind in group and one.is_valid(need.place, now) for one in person.licences.values())
        for group in need.licences
    )


def broken(need: Need, name: str, people: dict[str, Person], now: datetime) -> set[str]:
    """Rules that keep `name` from a case, room apart."""
    person = people[name]
    found = set()
    if uncovered(need, person, now):
        found.add("credential")
    if need.refund is not None and not person.may_refund(need.refund) and not list(approvers(need, people, but=name)):
        found.add("authority")
    if name in need.excluded:
        found.add("excluded")
    if any(person.skills.get(skill, 0) < least for skill, least in need.skills.items()):
        found.add("skill")
    if any(ROLES.index(person.role) < ROLES.index(FLOORS[flag]) for flag in need.flags):
        found.add("role_floor")
    if not person.is_there(now):
        found.add("off_shift")
    return found


def approvers(need: Need, people: dict[str, Person], *, but: str | None) -> Iterable[str]:
    """Who may approve what a case asks for."""
    amount = need.refund
    assert amount is not None
    return (
        name
        for name, one in people.items()
        if one.active and name != but and name not in need.excluded and one.may_refund(amount)
    )
