"""Queues that are Markov chains without a closed form: two skills with generalists, and case managers with a cap.

Sources: Gans, Koole and Mandelbaum, "Telephone call centers: tutorial, review, and research prospects", Manufacturing & Service
Operations Management 5 (2003), for the N-design; Campello, Ingolfsson and Shumsky, "Queueing models of case managers", Management
Science 63 (2017), for the case managers.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.simulation.validation.chains import mean_of, stationary

State = tuple[int, ...]


@dataclass(frozen=True)
class NDesign:
    """Specialists who can serve the first class only, and generalists who serve both, the first class first.

    An arrival of the first class goes to a free specialist, or else to a free generalist. Nobody is interrupted.

    Parameters
    ----------
    specialists, generalists
        How many.
    rates
        Arrival rate of each class.
    specialist_mean, generalist_mean
        Mean service time, exponential, of either class.
    longest
        Customers of a class who may wait; more are turned away, so it has to be long.
    """

    specialists: int
    generalists: int
    rates: tuple[float, float]
    specialist_mean: float
    generalist_mean: float
    longest: int = 60

    def waits(self) -> tuple[float, float]:
        """Mean waiting time of each class, by Little's law from the mean numbers who wait."""
        shares = stationary(self._changes, (0, 0, 0, 0))
        first, second = (mean_of(shares, lambda state, k=k: state[k]) / self.rates[k - 2] for k in (2, 3))
        return first, second

    def generalists_busy(self) -> float:
        """Share of the generalists' time in service."""
        return mean_of(stationary(self._changes, (0, 0, 0, 0)), lambda state: state[1]) / self.generalists

    def _changes(self, state: State) -> Iterator[tuple[float, State]]:
        """State: specialists busy, generalists busy, waiting of the first class, waiting of the second."""
        narrow, broad, first, second = state
        if narrow < self.specialists:
            yield self.rates[0], (narrow + 1, broad, first, second)
        elif broad < self.generalists:
            yield self.rates[0], (narrow, broad + 1, first, second)
        elif first < self.longest:
            yield self.rates[0], (narrow, broad, first + 1, second)
        if broad < self.generalists:
            yield self.rates[1], (narrow, broad + 1, first, second)
        elif second < self.longest:
            yield self.rates[1], (narrow, broad, first, second + 1)
        if narrow:
            yield (
                narrow / self.specialist_mean,
                (narrow, broad, first - 1, second) if first else (narrow - 1, broad, first, second),
            )
        if broad:
            yield broad / self.generalist_mean, _generalist_freed(state)


def _generalist_freed(state: State) -> State:
    narrow, broad, first, second = state
    if first:
        return narrow, broad, first - 1, second
    return (narrow, broad, first, second - 1) if second else (narrow, broad - 1, first, second)


@dataclass(frozen=True)
class CaseManagers:
    """Managers who hold at most `cap` cases each; a case goes back and forth between contacts and external delays until it is done.

    An arrival goes to the manager who holds the fewest, of several to the one who has gone longest without a new case; it waits while
    everybody holds as many as the cap allows.

    Parameters
    ----------
    managers, cap
        How many managers, and cases of each.
    rate
        Arrival rate of cases.
    contact, delay
        Means of a contact and of an external delay, both exponential.
    again
        Probability that a contact is followed by a delay and another contact.
    longest
        Cases that may wait for a manager; more are turned away, so it has to be long.
    """

    managers: int
    cap: int
    rate: float
    contact: float
    delay: float
    again: float
    longest: int = 120

    def solve(self) -> tuple[float, float, float]:
        """Mean time until a manager takes a case, mean caseload of a manager, mean number of cases ready for a manager's contact."""
        empty = (0,) * (2 * self.managers + 1)
        shares = stationary(self._changes, empty)
        assignment = mean_of(shares, lambda state: state[0]) / self.rate
        held = mean_of(shares, lambda state: sum(state[1::2])) / self.managers
        ready = mean_of(shares, lambda state: sum(state[2::2])) / self.managers
        return assignment, held, ready

    def _changes(self, state: State) -> Iterator[tuple[float, State]]:
        """State: cases without a manager; then, of each manager, the cases held, and those of them that are ready or in contact.

        The managers stand in the order of their last assignments, the earliest first.
        """
        waiting, books = state[0], state[1:]
        held = books[::2]
        if min(held) < self.cap:
            yield self.rate, (waiting, *_assigned(books, 2 * held.index(min(held)), 1))
        elif waiting < self.longest:
            yield self.rate, (waiting + 1, *books)
        for manager in range(0, len(books), 2):
            yield from self._changes_of(manager, waiting, books)

    def _changes_of(self, manager: int, waiting: int, books: State) -> Iterator[tuple[float, State]]:
        held, ready = books[manager : manager + 2]
        if ready:
            yield self.again / self.contact, (waiting, *_changed(books, manager, 0, -1))
            freed = (waiting - 1, *_assigned(books, manager, 0)) if waiting else (0, *_changed(books, manager, -1, -1))
            yield (1.0 - self.again) / self.contact, freed
        if held > ready:
            yield (held - ready) / self.delay, (waiting, *_changed(books, manager, 0, 1))


def _changed(books: State, manager: int, held: int, ready: int) -> State:
    return (*books[:manager], books[manager] + held, books[manager + 1] + ready, *books[manager + 2 :])


def _assigned(books: State, manager: int, more: int) -> State:
    """The manager, with so many more, moves to the end of the order."""
    return (*books[:manager], *books[manager + 2 :], books[manager] + more, books[manager + 1] + more)
