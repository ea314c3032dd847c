"""What happened, event by event: each has to follow from what was before, and to break no rule."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.service.fuzz.model import HELD, OPEN, OVERRIDABLE, WAITING, Need, Person, broken

BEFORE = {
    "case_assigned": {"queued"},
    "case_queued": {"queued"},
    "case_released": HELD,
    "case_accepted": {"offered"},
    "case_updated": OPEN,
    "wait_began": {"ready"},
    "wait_ended": WAITING,
    "approval_decided": {"waiting_approval"},
    "case_resolved": OPEN - WAITING,
    "case_reopened": {"resolved"},
    "case_cancelled": {"queued", "offered", "ready"},
    "case_closed": {"resolved"},
}
"""What a case has to be for something to happen to it."""

AFTER = {
    "case_released": "queued",
    "case_accepted": "ready",
    "wait_ended": "ready",
    "case_resolved": "resolved",
    "case_reopened": "queued",
    "case_cancelled": "cancelled",
    "case_closed": "closed",
}


@dataclass
class File:
    """A case as its events have it."""

    need: Need
    status: str = "queued"
    holder: str | None = None
    units: int = 0
    alone: dict[str, datetime] = field(default_factory=dict)
    close_after: datetime | None = None
    until: datetime | None = None
    decided: int | None = None


class Journal:
    """Cases as their events have them.

    Parameters
    ----------
    people
        Everybody, as the commands have left them.
    """

    def __init__(self, people: dict[str, Person]) -> None:
        self.people = people
        self.files: dict[str, File] = {}
        self.num_assigned = 0

    def load(self, name: str) -> int:
        return sum(one.units for one in self.files.values() if one.holder == name)

    def read(self, event: dict[str, Any]) -> None:
        """Take in one event of the audit log."""
        kind, case_id, data = event["kind"], event["case_id"], event["data"]
        if case_id not in self.files or kind not in BEFORE:
            return
        file, now = self.files[case_id], datetime.fromisoformat(event["at"])
        assert file.status in BEFORE[kind], (file, event)
        if kind == "case_assigned":
            self._assigned(file, event["specialist_id"], data, now)
        elif kind == "wait_began":
            file.status = f"waiting_{data['on']}"
        elif kind == "approval_decided":
            file.decided = file.need.refund
        file.status = AFTER.get(kind, file.status)
        if "units" in data and file.holder is not None:
            file.units = data["units"]
        if kind == "case_released" and data["until"] is not None:
            file.alone[event["specialist_id"]] = datetime.fromisoformat(data["until"])
        if kind == "case_resolved":
            file.close_after = datetime.fromisoformat(data["close_after"])
        if kind == "case_closed":
            assert file.close_after is not None
            assert file.close_after <= now, event
        if file.status not in HELD:
            file.holder, file.units = None, 0

    def _assigned(self, file: File, name: str, data: dict[str, Any], now: datetime) -> None:
        """Somebody takes a case: no rule may be broken, but by a supervisor those that may be passed over."""
        person = self.people[name]
        rules = broken(file.need, name, self.people, now)
        assert person.active, (name, file)
        assert rules <= (OVERRIDABLE if data["override"] else set()), (rules, name, person, file)
        assert data["units"] == file.need.weight, (data, file)
        assert self.load(name) + data["units"] <= person.capacity, (self.load(name), name, person, file)
        assert data["mode"] == "manual" or not now < file.alone.get(name, now), (data, name, file)
        file.holder, file.units, file.status = name, data["units"], data["status"]
        file.until = None if data["offer_until"] is None else datetime.fromisoformat(data["offer_until"])
        self.num_assigned += 1

    def overlooked(self, now: datetime) -> list[tuple[str, str]]:
        """Cases that wait, each with somebody who may take it and has room."""
        return [
            (case_id, name)
            for case_id, file in self.files.items()
            if file.status == "queued"
            for name, person in self.people.items()
            if person.active
            and self.load(name) + file.need.weight <= person.capacity
            and not now < file.alone.get(name, now)
            and not broken(file.need, name, self.people, now)
        ]
