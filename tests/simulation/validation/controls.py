"""Queues whose means are known, fed with the customers of the simulation itself.

What is by chance busy or quiet in a replication shows in them as well; a regression on them takes that chance out of an estimate, which
then needs a tenth of the customers for the same precision. See Law, *Simulation Modeling and Analysis*, 2015, section 11.4.
"""

from heapq import heapreplace

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta, poisson

FloatArray = NDArray[np.float64]


def fifo_waits(arrivals: FloatArray, services: FloatArray, servers: int = 1) -> FloatArray:
    """Waiting times at so many servers, first come, first served; all of shape (num_customers,).

    Lindley's recursion for one server, that of Kiefer and Wolfowitz for several.
    """
    if servers == 1:
        walk = np.concatenate([[0.0], np.cumsum(services[:-1] - np.diff(arrivals))])
        return np.asarray(walk - np.minimum.accumulate(walk))
    free = [0.0] * servers
    waits = []
    for arrival, service in zip(arrivals.tolist(), services.tolist(), strict=True):
        start = max(arrival, free[0])
        heapreplace(free, start + service)
        waits.append(start - arrival)
    return np.array(waits)


def expected_wait_from_empty(num_customers: int, rate: float, mean: float, phases: int = 1) -> float:
    """Expected mean wait of the first customers at one server, for Poisson arrivals and services of so many exponential phases.

    Spitzer's identity: E[Wₙ] = Σ E[max(Sₖ, 0)] / k over k ≤ n, Sₖ the sum of k services less k gaps. With T the sum of all their unit
    exponentials, and B ~ Beta(phases · k, k) the services' share of it, Sₖ = T · (s B − g (1 − B)), T and B independent.
    """
    k = np.arange(1, num_customers)
    phase, gap = mean / phases, 1.0 / rate
    edge = gap / (phase + gap)
    total = (phases + 1) * k
    above = beta.sf(edge, phases * k, k)
    share_above = beta.sf(edge, phases * k + 1, k) * phases / (phases + 1)
    positive = total * ((phase + gap) * share_above - gap * above)
    waits = np.concatenate([[0.0], np.cumsum(positive / k)])
    return float(waits.mean())


def mean_excess(arrivals: FloatArray, services: FloatArray, over: int, window: tuple[float, float]) -> float:
    """Mean over the window of how many more than `over` are served at once where nobody ever waits."""
    moments = np.concatenate([[window[0], window[1]], arrivals, arrivals + services])
    steps = np.concatenate([[0, 0], np.ones(len(arrivals)), -np.ones(len(arrivals))])
    order = np.argsort(moments, kind="stable")
    busy = np.cumsum(steps[order])[:-1]
    spans = np.diff(np.clip(moments[order], *window))
    return float(np.maximum(busy - over, 0) @ spans / (window[1] - window[0]))


def expected_excess(load: float, over: int) -> float:
    """Expectation of `mean_excess` in the steady state: the number is Poisson(load), so E[max(N − k, 0)] = a P(N ≥ k) − k P(N > k)."""
    return float(load * poisson.sf(over - 1, load) - over * poisson.sf(over, load))
