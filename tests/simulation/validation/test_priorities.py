"""Non-preemptive priorities."""

from tests.simulation.validation import erlang, single_server
from tests.simulation.validation.running import estimate, in_line, mean_wait_of, replications

ONE_SERVER = """
name: Three kinds of case, of different urgency and length
start: 2026-01-05T00:00
window: {warm_up: 2 d, length: 24 d, tail: 8 d}
case_types:
  outage: {priority: 1, stages: {mend: {handle: exponential(6 min)}}}
  fault: {priority: 2, stages: {mend: {handle: "gamma(10 min, cv=0.5)"}}}
  question: {priority: 5, stages: {answer: {handle: 4 min}}}
demand:
  outages: {types: outage, rate: 2 per hour}
  faults: {types: fault, rate: 1.5 per hour}
  questions: {types: question, rate: 3 per hour}
staff:
  desk: {capacity: 1}
routing: {policy: first_eligible}
"""

RATES, MEANS, CVS = (2.0, 1.5, 3.0), (1 / 10, 1 / 6, 1 / 15), (1.0, 0.5, 0.0)

SEVERAL_SERVERS = """
name: Urgent and other cases
start: 2026-01-05T00:00
window: {warm_up: 1 d, length: 12 d, tail: 4 d}
case_types:
  urgent: {priority: 1, stages: {answer: {handle: exponential(12 min)}}}
  other: {priority: 4, stages: {answer: {handle: exponential(12 min)}}}
demand:
  cases: {types: {urgent: 0.4, other: 0.6}, rate: 11 per hour}
staff:
  desk: {count: 3, capacity: 1}
routing: {policy: round_robin}
"""


def without_priorities(scale):
    """Mean wait of everybody at the one server, first come, first served, with handle times × `scale`."""
    residual = sum(rate * mean**2 * (1 + cv**2) / 2 for rate, mean, cv in zip(RATES, MEANS, CVS, strict=True))
    return residual * scale**2 / (1 - scale * sum(rate * mean for rate, mean in zip(RATES, MEANS, strict=True)))


def test_the_more_urgent_of_three_kinds_wait_less_as_cobham_says():
    runs = replications(ONE_SERVER, 32)
    lines = [in_line(1, scale, without_priorities(scale), case_type=one) for one in range(3) for scale in (0.8, 1.0)]
    for case_type, wait in enumerate(single_server.priority_waits(RATES, MEANS, CVS)):
        estimate(runs, mean_wait_of(case_type), lines).assert_agrees(wait)


def test_two_priorities_at_several_servers_wait_as_cobham_says():
    runs = replications(SEVERAL_SERVERS, 36)
    lines = [in_line(3, scale, erlang.mean_wait(3, 11, 0.2 * scale), case_type=one) for one in range(2) for scale in (0.85, 1.0)]
    for case_type, wait in enumerate(single_server.priority_waits_of_many(3, [4.4, 6.6], 0.2)):
        estimate(runs, mean_wait_of(case_type), lines).assert_agrees(wait)
