"""M/M/c with or without impatience as a birth–death chain: the steady state, and the mean over a day that starts empty.

What an arrival meets depends on the number in the system alone, so that a share of each number is all that is needed: the steady
state's, or the mean over a day, for Poisson arrivals see time averages. Source of the chain with impatience: Palm, 1957; Garnett,
Mandelbaum and Reiman, "Designing a call center with impatient customers", Manufacturing & Service Operations Management 4 (2002).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import expm

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Line:
    """A waiting line served first come, first served.

    Parameters
    ----------
    servers
        How many serve.
    rate, mean
        Arrival rate, and mean of the exponential service.
    impatience
        Rate at which each who waits gives up; 0 for never.
    longest
        Most customers in the system.
    """

    servers: int
    rate: float
    mean: float
    impatience: float = 0.0
    longest: int = 120

    def steady(self) -> FloatArray:
        """Long-run share of time with 0, 1, … in the system; shape (longest + 1,)."""
        shares = np.concatenate([[1.0], np.cumprod(self.rate / self._deaths()[1:])])
        return shares / shares.sum()

    def day(self, length: float) -> FloatArray:
        """Mean share of time over a day that starts empty; shape (longest + 1,).

        (1/T) ∫₀ᵀ p(t) dt, by the exponential of the generator with a column more that gathers the integral (Van Loan, 1978).
        """
        size = self.longest + 1
        births = np.full(self.longest, self.rate)
        generator = np.diag(births, 1) + np.diag(self._deaths()[1:], -1)
        generator -= np.diag(generator.sum(axis=1))
        augmented = np.zeros((2 * size, 2 * size))
        augmented[:size, :size] = generator
        augmented[:size, size:] = np.eye(size)
        return np.asarray(expm(augmented * length)[0, size:] / length)

    def occupancy(self, shares: FloatArray) -> float:
        """Busy share of the servers."""
        return float(np.minimum(np.arange(len(shares)), self.servers) @ shares / self.servers)

    def mean_wait(self, shares: FloatArray) -> float:
        """Mean time in the line, of all who arrive: each of the n − c + 1 departures ahead takes 1 / (c μ + j θ)."""
        steps = 1.0 / (self.servers / self.mean + self.impatience * np.arange(len(shares)))
        if self.impatience:
            return self.abandoned(shares) / self.impatience
        return float(np.maximum(np.arange(len(shares)) - self.servers + 1, 0) * steps[0] @ shares)

    def abandoned(self, shares: FloatArray) -> float:
        """Share of arrivals that give up: (m + 1) θ / (c μ + (m + 1) θ) of those who find m waiting."""
        giving_up = np.maximum(np.arange(len(shares)) - self.servers + 1, 0) * self.impatience
        return float(giving_up / (self.servers / self.mean + giving_up) @ shares)

    def answered_and_lost(self, shares: FloatArray, within: float) -> tuple[float, float]:
        """Shares of arrivals that are answered, and that give up, by a wait of `within`."""
        waiting = np.maximum(np.arange(len(shares)) - self.servers + 1, 0)
        answered, lost = self._fates(int(waiting.max()), within)
        return float(answered[waiting] @ shares), float(lost[waiting] @ shares)

    def _fates(self, longest: int, within: float) -> tuple[FloatArray, FloatArray]:
        """Chances to have been answered, and to have given up, by `within`, at place 0 (served at once), 1, …; shape (longest + 1,)."""
        place = np.arange(longest + 1)
        ahead = np.where(place > 0, self.servers / self.mean + self.impatience * (place - 1), 0.0)
        own = np.where(place > 0, self.impatience, 0.0)
        generator = np.zeros((longest + 2, longest + 2))
        generator[place[1:], place[1:] - 1] = ahead[1:]
        generator[place, longest + 1] = own
        generator -= np.diag(generator.sum(axis=1))
        moved = expm(generator * within)
        return moved[:-1, 0], moved[:-1, longest + 1]

    def _deaths(self) -> FloatArray:
        number = np.arange(self.longest + 1)
        return np.minimum(number, self.servers) / self.mean + self.impatience * np.maximum(number - self.servers, 0)
