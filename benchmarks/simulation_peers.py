"""M/M/c, first come, first served, as others simulate it; every one keeps each customer's waiting time."""

from collections import deque
from collections.abc import Callable, Generator
from heapq import heappop, heappush

import ciw
import numpy as np
import simpy
from numba import njit
from numpy.typing import NDArray
from simpy.events import Event

Waits = NDArray[np.float64]
Peer = Callable[[float, float, int, int, int], Waits]


def simpy_resource(arrival_rate: float, service_rate: float, num_servers: int, num_customers: int, seed: int) -> Waits:
    """A process per customer and `simpy.Resource`, as SimPy's own documentation has it."""
    rng = np.random.default_rng(seed)
    gaps, services = (
        rng.exponential(1 / arrival_rate, num_customers).tolist(),
        rng.exponential(1 / service_rate, num_customers).tolist(),
    )
    env = simpy.Environment()
    servers = simpy.Resource(env, num_servers)
    waits = []

    def customer(service: float) -> Generator[Event, None, None]:
        arrived = env.now
        with servers.request() as request:
            yield request
            waits.append(env.now - arrived)
            yield env.timeout(service)

    def source() -> Generator[Event, None, None]:
        for gap, service in zip(gaps, services, strict=True):
            yield env.timeout(gap)
            env.process(customer(service))

    env.process(source())
    env.run()
    return np.array(waits)


def simpy_callbacks(arrival_rate: float, service_rate: float, num_servers: int, num_customers: int, seed: int) -> Waits:
    """Two callbacks and a deque on SimPy's event queue: about the least that SimPy can do."""
    rng = np.random.default_rng(seed)
    gaps, services = (
        rng.exponential(1 / arrival_rate, num_customers).tolist(),
        rng.exponential(1 / service_rate, num_customers).tolist(),
    )
    env = simpy.Environment()
    line: deque[tuple[float, float]] = deque()
    waits: list[float] = []
    free = num_servers
    customers = iter(zip(gaps, services, strict=True))

    def later(delay: float, callback: Callable[[Event], None], value: object) -> None:
        env.timeout(delay, value).callbacks.append(callback)

    def begin(arrived: float, service: float) -> None:
        waits.append(env.now - arrived)
        later(service, end, None)

    def end(_event: Event) -> None:
        nonlocal free
        if line:
            begin(*line.popleft())
        else:
            free += 1

    def arrive(event: Event) -> None:
        nonlocal free
        if free:
            free -= 1
            begin(env.now, event.value)
        else:
            line.append((env.now, event.value))
        expect_next()

    def expect_next() -> None:
        customer = next(customers, None)
        if customer is not None:
            later(customer[0], arrive, customer[1])

    expect_next()
    env.run()
    return np.array(waits)


def ciw_network(arrival_rate: float, service_rate: float, num_servers: int, num_customers: int, seed: int) -> Waits:
    """A network of one node in Ciw."""
    ciw.seed(seed)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=arrival_rate)],
        service_distributions=[ciw.dists.Exponential(rate=service_rate)],
        number_of_servers=[num_servers],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(num_customers, method="Finish")
    return np.array([record.waiting_time for record in simulation.get_all_records()])


@njit(cache=True)
def _compiled(gaps: Waits, services: Waits, num_servers: int) -> Waits:
    free_at = [0.0 for _ in range(num_servers)]
    waits = np.empty(len(gaps))
    now = 0.0
    for k in range(len(gaps)):
        now += gaps[k]
        begin = max(heappop(free_at), now)
        waits[k] = begin - now
        heappush(free_at, begin + services[k])
    return waits


def compiled_loop(arrival_rate: float, service_rate: float, num_servers: int, num_customers: int, seed: int) -> Waits:
    """The recursion of first come, first served, compiled: a floor, not a simulator."""
    rng = np.random.default_rng(seed)
    return _compiled(
        rng.exponential(1 / arrival_rate, num_customers), rng.exponential(1 / service_rate, num_customers), num_servers
    )
