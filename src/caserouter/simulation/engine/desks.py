"""Desks: each specialist's book of ready contacts, worked one at a time while on shift."""

from collections.abc import Callable
from heapq import heappop, heappush

from caserouter.simulation.draws import CaseDraws
from caserouter.simulation.engine.agenda import Agenda, Happening
from caserouter.simulation.engine.case_run import WorkItem
from caserouter.simulation.engine.desk import Desk
from caserouter.simulation.records import ContactKind
from caserouter.simulation.world import Person

_MOMENT = 1e-9
"""Hours that make no difference: a contact that ends with the shift is not suspended."""

_PURPOSE = {kind: kind.name.lower() for kind in ContactKind}


class Desks:
    """Every desk.

    Parameters
    ----------
    agenda, draws
        The time, and the draws of handle times.
    people
        In the roster's order.
    sequencing
        Order in which a book is worked.
    suspend
        Whether a contact under way stops at the end of the shift, to be resumed.
    may_begin
        Asked just before a contact begins; False drops it.
    begun, ended
        Called when a contact begins and when it has ended.
    """

    def __init__(
        self,
        agenda: Agenda,
        draws: CaseDraws,
        people: tuple[Person, ...],
        *,
        sequencing: str,
        suspend: bool,
        may_begin: Callable[[WorkItem, float], bool],
        begun: Callable[[WorkItem, float], None],
        ended: Callable[[WorkItem, float], None],
    ) -> None:
        self._agenda = agenda
        self._env = agenda.env
        self._draws = draws
        self._key = _KEYS[sequencing]
        self._suspend = suspend
        self._may_begin = may_begin
        self._begun = begun
        self._ended = ended
        self._sequence = 0
        self.desks = tuple(Desk(number, person) for number, person in enumerate(people))
        self.gaps: list[tuple[int, float, float]] = []
        """Specialist, start and end of each time that a contact was suspended."""
        self.overtime: list[tuple[int, float, float]] = []
        """Specialist, start and end of each time that a contact went on after the shift."""
        self.unfinished: list[tuple[int, float, float]] = []
        """Specialist, start and end of each contact that the end of the replication cuts."""

    def __getitem__(self, number: int) -> Desk:
        return self.desks[number]

    def push(self, number: int, item: WorkItem, now: float) -> None:
        """Put a contact into a book; it begins at once where the specialist is free and on shift."""
        desk = self.stamp(number, item, now)
        desk.ready_hours += item.expected
        free = desk.item is None and now < desk.until
        if free and not desk.book:
            self._begin(desk, item, now)
            return
        self._sequence += 1
        heappush(desk.book, (*self._key(item), self._sequence, item))
        if free:
            self._next(desk, now)

    def stamp(self, number: int, item: WorkItem, now: float) -> Desk:
        """Note down where a contact waits, and since when; at whose desk."""
        desk = self.desks[number]
        item.desk = number
        item.ready = now
        item.stamp = desk.reading(now)
        return desk

    def break_off(self, number: int, now: float) -> WorkItem | None:
        """End the contact that is suspended at a desk where it stands; None if there is none."""
        desk = self.desks[number]
        item = desk.item
        if item is None or desk.on or not self._suspend:
            return None
        item.suspended += now - desk.off_since
        self.gaps.append((number, desk.off_since, now))
        worked = now - item.start - item.suspended
        item.handle, item.documentation = min(item.handle, worked), max(worked - item.handle, 0.0)
        desk.item = None
        self._forget_work(desk, item)
        return item

    def cut(self, now: float) -> None:
        """The replication ends: note down the hours of what is under way."""
        for desk in self.desks:
            item = desk.item
            if item is None:
                continue
            self.unfinished.append((desk.number, item.start, now))
            if not desk.on:
                (self.gaps if self._suspend else self.overtime).append((desk.number, desk.off_since, now))
                item.suspended += now - desk.off_since if self._suspend else 0.0

    def withdraw(self, item: WorkItem) -> None:
        """Take a contact that has not begun out of its book."""
        item.void = True
        self._forget_work(self.desks[item.desk], item)

    def drop(self, item: WorkItem) -> None:
        """Take a contact out of its book, unless it has begun."""
        if self.desks[item.desk].item is not item:
            self.withdraw(item)

    def waited(self, item: WorkItem, now: float) -> tuple[float, float]:
        """Hours since it became ready, while the specialist was on shift and off shift."""
        in_book = self.desks[item.desk].reading(now) - item.stamp
        return in_book, max(now - item.ready - in_book, 0.0)

    def switch_on(self, number: int, until: float) -> None:
        """Begin a stretch on shift that goes on until an hour: go on with what is under way, or take the next contact."""
        desk = self.desks[number]
        desk.until = until
        if desk.on:
            return
        now = self._env.now
        desk.switch(now, on=True)
        item = desk.item
        if item is None:
            self._next(desk, now)
        elif self._suspend:
            item.suspended += now - desk.off_since
            self.gaps.append((number, desk.off_since, now))
            self._work_for(desk, item, desk.ends - desk.off_since, now)
        elif now > desk.off_since:
            self.overtime.append((number, desk.off_since, now))

    def switch_off(self, number: int) -> None:
        """End a stretch on shift; a contact under way is suspended where the scenario says so."""
        desk = self.desks[number]
        now = self._env.now
        if not desk.on:
            return
        desk.switch(now, on=False)
        desk.off_since = now
        if self._suspend and desk.item is not None and desk.ends > now + _MOMENT:
            desk.token += 1

    def _next(self, desk: Desk, now: float) -> None:
        while desk.book and desk.item is None and now < desk.until:
            item = heappop(desk.book)[-1]
            if not item.void:
                self._begin(desk, item, now)

    def _begin(self, desk: Desk, item: WorkItem, now: float) -> None:
        if not self._may_begin(item, now):
            if not item.void:
                self.withdraw(item)
            return
        desk.item = item
        item.start = now
        if now > item.ready:
            item.in_book = desk.reading(now) - item.stamp
            item.off_shift = max(now - item.ready - item.in_book, 0.0)
        case, stage = item.case, item.stage
        stream, ordinal, number, draws = case.stream, case.ordinal, item.number, self._draws
        if stage is None:
            assert item.timing is not None
            handle = draws.variate(stream, _PURPOSE[item.kind], ordinal, number, item.timing)
            item.handle = handle * case.effort * desk.handle_factor
        else:
            item.handle = draws.variate(stream, "handle", ordinal, number, stage.handle[desk.number]) * case.effort
        if desk.ramp is not None:
            item.handle *= desk.pace(now)
        if stage is not None and stage.documentation.mean:
            item.documentation = draws.variate(stream, "documentation", ordinal, number, stage.documentation)
        self._begun(item, now)
        self._work_for(desk, item, item.handle + item.documentation, now)

    def _work_for(self, desk: Desk, item: WorkItem, hours: float, now: float) -> None:
        desk.ends = now + hours
        desk.token += 1
        self._agenda.after(hours, self._end, (desk, item, desk.token))

    def _end(self, event: Happening) -> None:
        desk, item, token = event.value
        if token != desk.token:
            return
        now = self._env.now
        if not desk.on and now > desk.off_since:
            self.overtime.append((desk.number, max(desk.off_since, item.start), now))
        self._forget_work(desk, item)
        self._ended(item, now)
        desk.item = None
        self._next(desk, now)

    def _forget_work(self, desk: Desk, item: WorkItem) -> None:
        desk.ready_hours = max(desk.ready_hours - item.expected, 0.0)


def _fifo(_item: WorkItem) -> tuple[float, float]:
    return 0.0, 0.0


def _earliest_due(item: WorkItem) -> tuple[float, float]:
    return item.due, 0.0


def _priority_then_due(item: WorkItem) -> tuple[float, float]:
    return float(item.case.plan.priority), item.due


def _shortest_expected(item: WorkItem) -> tuple[float, float]:
    return item.expected, 0.0


_KEYS: dict[str, Callable[[WorkItem], tuple[float, float]]] = {
    "fifo": _fifo,
    "earliest_due": _earliest_due,
    "priority_then_due": _priority_then_due,
    "shortest_expected": _shortest_expected,
}
"""What each sequencing rule looks at first and second; then it is first come, first served."""
