"""Closed forms of one server with general service, and of non-preemptive priorities.

Sources: Pollaczek, "Über eine Aufgabe der Wahrscheinlichkeitstheorie", 1930, and Khinchine, 1932, for the mean wait of M/G/1; Cobham,
"Priority assignment in waiting line problems", Operations Research 2 (1954), for priorities.
"""

from collections.abc import Sequence

from tests.simulation.validation.erlang import erlang_c


def mean_wait(rate: float, mean: float, cv: float) -> float:
    """Mean waiting time of M/G/1: λ E[S²] / (2 (1 − ρ)), with E[S²] = mean² (1 + cv²)."""
    return rate * mean**2 * (1.0 + cv**2) / (2.0 * (1.0 - rate * mean))


def mean_wait_of_moments(rate: float, mean: float, square: float) -> float:
    """The same for any service with that mean and mean square."""
    return rate * square / (2.0 * (1.0 - rate * mean))


def moments_of_a_walk(contact: float, delay: float, again: float) -> tuple[float, float]:
    """Mean and mean square of contacts and the delays between them, both exponential, each contact followed by another with `again`.

    By conditioning on the first contact: S = C + (D + S′ with probability `again`).
    """
    mean = (contact + again * delay) / (1.0 - again)
    cross = 2.0 * contact * delay + 2.0 * (contact + delay) * mean
    return mean, (2.0 * contact**2 + again * (2.0 * delay**2 + cross)) / (1.0 - again)


def priority_waits(rates: Sequence[float], means: Sequence[float], cvs: Sequence[float]) -> list[float]:
    """Mean waiting time of each class of M/G/1, the most urgent first: W₀ / ((1 − σₖ₋₁)(1 − σₖ)), W₀ = Σ λᵢ E[Sᵢ²] / 2."""
    residual = sum(rate * mean**2 * (1.0 + cv**2) / 2.0 for rate, mean, cv in zip(rates, means, cvs, strict=True))
    return _cobham(residual, [rate * mean for rate, mean in zip(rates, means, strict=True)])


def priority_waits_of_many(servers: int, rates: Sequence[float], mean: float) -> list[float]:
    """The same for M/M/c, whose classes are served alike: W₀ = C(c, a) · mean / c."""
    residual = erlang_c(servers, sum(rates) * mean) * mean / servers
    return _cobham(residual, [rate * mean / servers for rate in rates])


def _cobham(residual: float, loads: Sequence[float]) -> list[float]:
    waits, above = [], 0.0
    for load in loads:
        waits.append(residual / ((1.0 - above) * (1.0 - above - load)))
        above += load
    return waits
