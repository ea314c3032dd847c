"""Five small service networks under three policies, against published simulations of the same.

Published: jeroenmiddelhuis/BPO_rollouts at commit e97298b (MIT licence), `results/heuristics`: mean time in system of the first 2,500 cases
from empty, over 300 replications. There, *random* draws one of the free resources, or one of the waiting task types for a resource that
comes free; *FIFO* takes the case that has been in the system longest, to one of the free resources at random; *SPT* takes the pair with the
least mean time. Within a task type it is always first come, first served.
"""

import numpy as np
import pytest
from tests.simulation.validation.controls import expected_wait_from_empty, fifo_waits
from tests.simulation.validation.running import Control, estimate, replications

TANDEM = """
name: Two tasks, one after the other, that either resource can do at its own speed
start: 2026-01-05T00:00
window: {{length: 5500 h}}
case_types:
  case:
    assignment: per_contact
    stages:
      a: {{by: anyone, handle: 1 h, handle_of: {{r1: exponential({0} h), r2: exponential({1} h)}}, next: b}}
      b: {{by: anyone, handle: 1 h, handle_of: {{r1: exponential({2} h), r2: exponential({3} h)}}}}
demand:
  cases: {{types: case, rate: 0.5 per hour}}
staff:
  r1: {{capacity: 1}}
  r2: {{capacity: 1}}
routing: {routing}
"""

N_SYSTEM = """
name: Two kinds of task, one of which only the second resource can do
start: 2026-01-05T00:00
window: {{length: 5500 h}}
case_types:
  a:
    assignment: per_contact
    skills: {{a: 1}}
    stages: {{a: {{by: anyone, handle: exponential({1} h)}}}}
  b:
    assignment: per_contact
    stages: {{b: {{by: anyone, handle: 1 h, handle_of: {{r1: exponential({2} h), r2: exponential({3} h)}}}}}}
demand:
  cases: {{types: {{a: 0.5, b: 0.5}}, rate: 0.5 per hour}}
staff:
  r1: {{capacity: 1}}
  r2: {{capacity: 1, skills: {{a: 3}}}}
routing: {routing}
"""

MEANS = {
    "low_utilization": (1.6, 1.4, 1.4, 1.6),
    "high_utilization": (2.0, 1.8, 1.8, 2.0),
    "slow_server": (1.4, 1.8, 1.6, 3.0),
    "down_stream": (1.6, 1.6, 1.8, 1.8),
    "n_system": (np.nan, 2.4, 3.0, 2.0),
}
"""Mean hours of task a at the first and second resource, then of task b."""

ROUTING = {
    "random": "{policy: random, order: random}",
    "fifo": "{policy: random, order: urgency}",
    "spt": "{policy: fastest, order: shortest_expected}",
}

PUBLISHED = {
    ("low_utilization", "random"): (6.6568, 0.0414, 10),
    ("low_utilization", "fifo"): (5.9375, 0.0323, 10),
    ("low_utilization", "spt"): (5.8809, 0.0278, 10),
    ("n_system", "random"): (6.4782, 0.0469, 18),
    ("n_system", "fifo"): (5.8750, 0.0305, 14),
    ("n_system", "spt"): (7.1840, 0.0542, 20),
}
"""Mean time in system, its standard error, and how many replications of ours match its precision; by network and policy."""

PUBLISHED_OF_BUSY = {
    ("high_utilization", "random"): (36.0568, 1.0828, 100),
    ("high_utilization", "fifo"): (26.8346, 0.6888, 10),
    ("high_utilization", "spt"): (19.6186, 0.3230, 16),
    ("slow_server", "random"): (22.8191, 0.4896, 92),
    ("slow_server", "fifo"): (18.5655, 0.3456, 30),
    ("slow_server", "spt"): (29.4030, 0.6898, 60),
    ("down_stream", "random"): (11.5467, 0.1268, 12),
    ("down_stream", "fifo"): (9.9952, 0.0947, 12),
    ("down_stream", "spt"): (14.7461, 0.1791, 12),
}

FIRST = 2500
"""Cases of a replication that count."""

RATE = 0.5
"""Cases per hour."""


@pytest.mark.parametrize(("network", "policy"), PUBLISHED)
def test_a_network_takes_as_long_as_published(network, policy):
    mean, error, num_replications = PUBLISHED[network, policy]
    time_in_system(network, policy, num_replications).assert_agrees(mean, reference_error=error)


@pytest.mark.validation_slow
@pytest.mark.parametrize(("network", "policy"), PUBLISHED_OF_BUSY)
def test_a_busy_network_takes_as_long_as_published(network, policy):
    mean, error, num_replications = PUBLISHED_OF_BUSY[network, policy]
    time_in_system(network, policy, num_replications).assert_agrees(mean, reference_error=error)


def time_in_system(network, policy, num_replications):
    """Mean time in system of the first cases."""
    template, controls = (N_SYSTEM, n_controls()) if network == "n_system" else (TANDEM, tandem_controls(network))
    runs = replications(template.format(*MEANS[network], routing=ROUTING[policy]), num_replications)
    return estimate(runs, mean_time, controls)


def mean_time(records):
    """Mean hours from arrival to resolution of the first cases."""
    return (records.cases["resolved"] - records.cases["arrival"])[:FIRST].mean()


def tandem_controls(network):
    """One server who does both tasks in one go, at several loads, and for the slow networks one who does a single task."""
    loads = {"low_utilization": (0.6, 0.7, 0.8), "down_stream": (0.8, 0.85, 0.9)}.get(network, (0.9, 0.95))
    for load in loads:
        yield alone(network, lambda tasks: tasks.sum(axis=1), load, phases=2)
    if network in {"slow_server", "high_utilization"}:
        for task in range(2):
            yield alone(network, lambda tasks, task=task: tasks[:, task], 0.92)


def n_controls():
    """One server who does everything, at two loads; one for either kind of case; how many are of the first kind, and all work."""
    for load in (0.7, 0.8):
        yield alone("n_system", lambda tasks: tasks.sum(axis=1), load)
    for kind in range(2):
        # Of 2,500 cases at least 1,150 are of either kind, which arrive at half the rate.
        yield alone("n_system", lambda tasks, kind=kind: tasks[:, kind], 0.7, first=1150, rate=RATE / 2)
    yield Control(lambda records: (records.cases["case_type"][:FIRST] == 0).mean(), 0.5)
    yield Control(lambda records: tasks_of(records, "n_system").sum(), FIRST)


def alone(network, work, load, *, phases=1, first=FIRST, rate=RATE):
    """Mean wait, from empty, of the first cases that have such work, at one server whose speed makes it that load."""

    def measure(records):
        services = work(tasks_of(records, network))
        asking = services > 0
        arrivals = records.cases["arrival"][:FIRST][asking][:first]
        return fifo_waits(arrivals, services[asking][:first] * load / rate / phases).mean()

    return Control(measure, expected_wait_from_empty(first, rate, load / rate, phases))


def tasks_of(records, network):
    """Handle times of the first cases as multiples of their means; shape (FIRST, 2), nought for a task that a case does not have."""
    contacts = records.contacts.take(records.contacts["ordinal"] < FIRST)
    ordinal, specialist = contacts["ordinal"].astype(int), contacts["specialist"].astype(int)
    task = contacts["case_type" if network == "n_system" else "stage"].astype(int)
    found = np.zeros((FIRST, 2))
    found[ordinal, task] = contacts["handle"] / np.reshape(MEANS[network], (2, 2))[task, specialist]
    return found
