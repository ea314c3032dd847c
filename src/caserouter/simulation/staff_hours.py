"""Where the specialists' hours went in the measured window: on shift, in contacts, in blocks, sick, and over time."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from caserouter.simulation.calendars import Spans
from caserouter.simulation.records import StaffHours, Table
from caserouter.simulation.world import World

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

NUM_HOURS_OF_WEEK = 168


@dataclass(frozen=True, slots=True, eq=False)
class Worked:
    """What a replication leaves of the specialists' time.

    Parameters
    ----------
    contacts
        Every contact that has ended.
    unfinished
        Specialist, start and end of each contact that the end of the replication cuts.
    gaps, overtime
        Specialist, start and end of each suspension of a contact, and of each stretch worked after a shift.
    sick
        Mask of the staffed intervals missed, per specialist.
    caseload
        Mean units in each book; shape (num_specialists,).
    """

    contacts: Table
    unfinished: list[tuple[int, float, float]]
    gaps: list[tuple[int, float, float]]
    overtime: list[tuple[int, float, float]]
    sick: tuple[BoolArray, ...]
    caseload: FloatArray


def staff_hours(world: World, worked: Worked) -> StaffHours:
    """Add up the hours of each specialist over the measured window, in all and by hour of the week."""
    m = len(world.people)
    hours = _Hours(world)
    ended = (worked.contacts[name] for name in ("specialist", "start", "end"))
    who, start, end = (np.concatenate(both) for both in zip(ended, _columns(worked.unfinished), strict=True))
    busy = _by_specialist(who, start, end, m)
    gaps = _by_specialist(*_columns(worked.gaps), m)
    overtime = _by_specialist(*_columns(worked.overtime), m)
    rows = [
        _Row.of(hours, _spans(person.shifts), _spans(person.staffed), sick, busy[j], gaps[j], overtime[j])
        for j, (person, sick) in enumerate(zip(world.people, worked.sick, strict=True))
    ]
    paid = np.array([row.on_shift + row.after_shift for row in rows])
    return StaffHours(
        paid=paid,
        blocks=np.array([row.blocks for row in rows]),
        sick=np.array([row.sick for row in rows]),
        staffed=np.array([row.staffed.sum() for row in rows]),
        busy=np.array([row.busy.sum() + row.overtime for row in rows]),
        overtime=np.array([row.overtime for row in rows]),
        cost=paid * world.roster.cost_per_hour,
        caseload=worked.caseload,
        capacity=world.roster.capacity.astype(np.float64),
        staffed_by_hour=np.array([row.staffed for row in rows]).reshape(m, NUM_HOURS_OF_WEEK),
        busy_by_hour=np.array([row.busy for row in rows]).reshape(m, NUM_HOURS_OF_WEEK),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """One specialist: hours in all, and `staffed` and `busy` by hour of the week."""

    on_shift: float
    blocks: float
    sick: float
    overtime: float
    after_shift: float
    staffed: FloatArray
    busy: FloatArray

    @classmethod
    def of(
        cls,
        hours: "_Hours",
        shifts: FloatArray,
        staffed: FloatArray,
        sick: BoolArray,
        busy: FloatArray,
        gaps: FloatArray,
        overtime: FloatArray,
    ) -> "_Row":
        over = hours.by_hour_of_week(overtime)
        on_shift, planned = hours.total(shifts), hours.total(staffed)
        present = hours.by_hour_of_week(staffed[~sick])
        return cls(
            on_shift=on_shift,
            blocks=on_shift - planned,
            sick=hours.total(staffed[sick]),
            overtime=float(over.sum()),
            after_shift=float(over.sum()) - hours.within(overtime, shifts),
            staffed=present,
            busy=np.maximum(hours.by_hour_of_week(busy) - hours.by_hour_of_week(gaps) - over, 0.0),
        )


class _Hours:
    """The measured window cut at the full hours of the scenario's local time."""

    def __init__(self, world: World) -> None:
        start, end = world.window
        local = world.clock.moment(start).astimezone(world.zone)
        past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond) / timedelta(hours=1)
        inner = np.arange(start - past + 1.0, end, 1.0)
        self.edges: FloatArray = np.concatenate([[start], inner[inner > start + 1e-9], [end]])
        middles = (self.edges[:-1] + self.edges[1:]) / 2.0
        moments = [world.clock.moment(hour).astimezone(world.zone) for hour in middles.tolist()]
        self.hour_of_week = np.array([moment.weekday() * 24 + moment.hour for moment in moments], dtype=np.int64)

    def total(self, spans: FloatArray) -> float:
        """Hours of disjoint spans, shape (num_spans, 2), within the window."""
        clipped = np.clip(spans, self.edges[0], self.edges[-1])
        return float((clipped[:, 1] - clipped[:, 0]).sum())

    def within(self, spans: FloatArray, others: FloatArray) -> float:
        """Hours of `spans` that lie in `others`, both rising and disjoint, within the window."""
        if not len(others):
            return 0.0
        inside = np.interp(np.clip(spans, self.edges[0], self.edges[-1]), others.ravel(), _covered(others))
        return float((inside[:, 1] - inside[:, 0]).sum())

    def by_hour_of_week(self, spans: FloatArray) -> FloatArray:
        """The same by hour of the week; shape (168,).

        The hours covered up to each edge are linear between the ends of rising, disjoint spans.
        """
        if not len(spans):
            return np.zeros(NUM_HOURS_OF_WEEK)
        until = np.interp(self.edges, spans.ravel(), _covered(spans))
        return np.bincount(self.hour_of_week, weights=np.diff(until), minlength=NUM_HOURS_OF_WEEK).astype(np.float64)


def _covered(spans: FloatArray) -> FloatArray:
    """Hours covered up to each start and end of rising, disjoint spans; shape (2 * num_spans,)."""
    covered: FloatArray = np.cumsum(np.column_stack([np.zeros(len(spans)), spans[:, 1] - spans[:, 0]]).ravel())
    return covered


def _spans(spans: Spans) -> FloatArray:
    return np.array(spans, dtype=np.float64).reshape(-1, 2)


def _columns(rows: list[tuple[int, float, float]]) -> tuple[FloatArray, FloatArray, FloatArray]:
    table = np.array(rows, dtype=np.float64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]


def _by_specialist(specialist: FloatArray, start: FloatArray, end: FloatArray, m: int) -> list[FloatArray]:
    """Spans of each specialist, rising."""
    order = np.lexsort([start, specialist])
    spans = np.column_stack([start, end])[order]
    counts = np.bincount(specialist.astype(np.int64), minlength=m)
    return np.split(spans, np.cumsum(counts)[:-1]) if m else []
