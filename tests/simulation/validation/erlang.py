"""Closed forms of queues with several servers and exponential service.

Sources: Erlang, "Solution of some problems in the theory of probabilities of significance in automatic telephone exchanges", 1917;
Cooper, *Introduction to Queueing Theory*, 1981; Yom-Tov and Mandelbaum, "Erlang-R: a time-varying queue with reentrant customers",
Manufacturing & Service Operations Management 16 (2014), which in the steady state is a Jackson network.
"""

import math


def erlang_b(servers: int, load: float) -> float:
    """Share of arrivals lost where nobody waits; `load` in erlangs."""
    lost = 1.0
    for n in range(1, servers + 1):
        lost = load * lost / (n + load * lost)
    return lost


def erlang_c(servers: int, load: float) -> float:
    """Share of arrivals that wait; `load` in erlangs, below `servers`."""
    lost = erlang_b(servers, load)
    return servers * lost / (servers - load * (1.0 - lost))


def mean_wait(servers: int, rate: float, mean: float) -> float:
    """Mean waiting time of M/M/c: arrivals at `rate`, service of `mean`."""
    load = rate * mean
    return erlang_c(servers, load) * mean / (servers - load)


def service_level(servers: int, rate: float, mean: float, within: float) -> float:
    """Share of M/M/c that waits no longer than `within`."""
    load = rate * mean
    return 1.0 - erlang_c(servers, load) * math.exp(-(servers - load) * within / mean)


def erlang_r_wait(servers: int, rate: float, mean: float, back: float) -> float:
    """Mean waiting time of each visit where a served customer comes back with probability `back`, some time later."""
    return mean_wait(servers, rate / (1.0 - back), mean)
