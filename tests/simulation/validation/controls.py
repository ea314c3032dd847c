"""Control variates: queues whose means are known exactly, fed with the arrivals and handle times of the simulation itself.

What is by chance busy or quiet in a replication shows in them as well; regressing on them takes that chance out of the estimate, and a
run needs a tenth of the customers for the same precision. See Law, *Simulation Modeling and Analysis*, 2015, section 11.4.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta, poisson

FloatArray = NDArray[np.float64]


def mean_wait(arrivals: FloatArray, services: FloatArray) -> float:
    """Mean waiting time of all customers at one server first come, first served, by Lindley's recursion; both of shape (num_customers,)."""
    walk = np.concatenate([[0.0], np.cumsum(services[:-1] - np.diff(arrivals))])
    return float((walk - np.minimum.accumulate(walk)).mean())


def expected_wait(num_customers: int, rate: float, mean: float, phases: int = 1) -> float:
    """Expectation of `mean_wait` for Poisson arrivals and a service of so many exponential phases, with `mean` in all.

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


def expected_excess(rate: float, mean: float, over: int, window: tuple[float, float], points: int = 2001) -> float:
    """Expectation of `mean_excess` for Poisson arrivals and exponential services from empty: Poisson(λ · mean · (1 − e^(−t / mean)))."""
    moments = np.linspace(*window, points)
    load = rate * mean * -np.expm1(-moments / mean)
    # E[max(N − k, 0)] = a P(N ≥ k) − k P(N ≥ k + 1)
    excess = load * poisson.sf(over - 1, load) - over * poisson.sf(over, load)
    return float(np.trapezoid(excess, moments) / (window[1] - window[0]))
