"""Everybody's limit on new cases and what is left of it, and for how long both hold by themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from caserouter.domain.service_policy import Ramp
from caserouter.domain.specialist import IntakeLimit, Specialist
from caserouter.service.board.intake import NO_LIMIT, Limit, limit_of, used
from caserouter.service.board.person import Person

_NEVER = datetime.min.replace(tzinfo=UTC)
_FOREVER = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class Span:
    """From when, and until when, something that was worked out holds."""

    since: datetime = _NEVER
    until: datetime = _FOREVER

    def holds(self, now: datetime) -> bool:
        """Whether it holds at `now`."""
        return self.since <= now < self.until

    def narrow(self, now: datetime, until: datetime) -> None:
        """Part of it was worked out at `now`, and holds until then."""
        self.since, self.until = max(self.since, now), min(self.until, until)


class Windows:
    """Limits on intake by index: the own one, or that of the ramp after leave, in a sliding window.

    Parameters
    ----------
    people
        Those who take cases, in the order of the roster.
    ramp
        That of the policy; None for none.
    now
        The moment as of which the limits are set first.

    Attributes
    ----------
    limits_hold, counts_hold
        For how long no ramp begins or ends, and no case that was taken leaves a window.
    """

    def __init__(self, people: Sequence[Person], ramp: Ramp | None, now: datetime) -> None:
        self._people = people
        self._ramp = ramp
        self._limits = [NO_LIMIT] * len(people)
        self.limits_hold = Span()
        self.counts_hold = Span()
        self.set_limits(now)

    def limit(self, index: int) -> IntakeLimit | None:
        """The limit that holds; None for none."""
        return self._limits[index].intake

    def specialist(self, index: int) -> Specialist:
        """Somebody as routing sees them: with the limit that holds."""
        stated, limit = self._people[index].specialist, self._limits[index].intake
        return stated if limit == stated.intake else stated.model_copy(update={"intake": limit})

    def set_limits(self, now: datetime) -> list[int]:
        """Set everybody's limit as of `now`; indices of those who have another one than before."""
        before = [limit.intake for limit in self._limits]
        self._limits = [self._limit_of(one, now) for one in self._people]
        self.limits_hold = Span(now, self._first_change())
        return [index for index, limit in enumerate(self._limits) if limit.intake != before[index]]

    def set_limit(self, index: int, now: datetime) -> None:
        """Set the limit of one as of `now`."""
        self._limits[index] = self._limit_of(self._people[index], now)
        self.limits_hold = Span(max(self.limits_hold.since, now), self._first_change())

    def left(self, index: int, now: datetime) -> int:
        """New cases that somebody may still take in the window that ends `now`, -1 for any number."""
        limit = self._limits[index].intake
        if limit is None:
            return -1
        num_taken, changes = used(self._people[index].taken, limit, now)
        self.counts_hold.narrow(now, changes or _FOREVER)
        return max(limit.limit - num_taken, 0)

    def count(self, now: datetime) -> Iterator[tuple[int, int]]:
        """What is left to each of those with a limit, by index, counted anew as of `now`."""
        self.counts_hold = Span()
        for index, limit in enumerate(self._limits):
            if limit.intake is not None:
                yield index, self.left(index, now)

    def _limit_of(self, person: Person, now: datetime) -> Limit:
        return limit_of(person.specialist, self._ramp, now, person.absence)

    def _first_change(self) -> datetime:
        return min((limit.changes for limit in self._limits if limit.changes is not None), default=_FOREVER)
