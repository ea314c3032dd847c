"""M/D/c: several servers and a constant service time.

Source: Crommelin, "Delay probability formulae when the holding times are constant", Post Office Electrical Engineers Journal 25 (1932):
whoever is in service now will have left one service time later, and nobody else, so that the number in the system at multiples of the
service time is a Markov chain: N(t + D) = max(N(t) − c, 0) + Poisson(λ D).
"""

import numpy as np
from scipy.stats import poisson


def mean_wait(servers: int, rate: float, service: float, longest: int = 400) -> float:
    """Mean waiting time: (E[N] − λ D) / λ, by Little's law from the stationary distribution of the chain."""
    load = rate * service
    number = np.arange(longest + 1)
    left = np.maximum(number - servers, 0)
    moves = poisson.pmf(number[None, :] - left[:, None], load)
    moves[:, -1] += 1.0 - moves.sum(axis=1)
    balance = moves.T - np.eye(longest + 1)
    balance[-1] = 1.0
    shares = np.linalg.solve(balance, np.eye(longest + 1)[-1])
    return float((number @ shares - load) / rate)
