"""One queue and one team: the textbook's lines as scenarios."""

import pytest
from tests.simulation.validation import deterministic, erlang, single_server
from tests.simulation.validation.controls import expected_excess
from tests.simulation.validation.line import Line
from tests.simulation.validation.running import (
    Control,
    answered_within,
    cohort,
    crowd,
    delayed,
    estimate,
    impatience,
    in_line,
    mean_wait,
    num_abandoned,
    occupancy,
    replications,
)

M_M_C = """
name: Five specialists, each with one case at a time
start: 2026-01-05T00:00
window: {warm_up: 1 d, length: 7 d, tail: 2 d}
case_types:
  request: {stages: {answer: {handle: exponential(15 min)}}}
demand:
  requests: {types: request, rate: 16 per hour}
staff:
  desk: {count: 5, capacity: 1}
routing: {policy: longest_idle}
"""

IMPATIENT = """
name: Customers who give up
start: 2026-01-05T00:00
window: {warm_up: 4 h, length: 3 d, tail: 1 d}
case_types:
  call:
    assignment: per_contact
    patience: exponential(10 min)
    stages: {talk: {by: anyone, handle: exponential(6 min)}}
demand:
  calls: {types: call, rate: 65 per hour}
staff:
  agents: {count: 5, capacity: 1}
routing: {policy: longest_idle}
"""

ONE_SERVER = """
name: One specialist
start: 2026-01-05T00:00
window: {{warm_up: 2 d, length: 12 d, tail: 4 d}}
case_types:
  request: {{stages: {{answer: {{handle: "{handle}"}}}}}}
demand:
  requests: {{types: request, rate: 6 per hour}}
staff:
  desk: {{capacity: 1}}
routing: {{policy: first_eligible}}
"""

CONSTANT = """
name: Three specialists whose work always takes the same time
start: 2026-01-05T00:00
window: {warm_up: 1 d, length: 7 d, tail: 2 d}
case_types:
  request: {stages: {answer: {handle: 10 min}}}
demand:
  requests: {types: request, rate: 12.6 per hour}
staff:
  desk: {count: 3, capacity: 1}
routing: {policy: least_loaded}
"""


def test_m_m_c_waits_as_erlang_says():
    runs = replications(M_M_C, 26)
    # The same customers served a tenth faster and a twentieth slower, in lines that Erlang knows as well.
    waits = [in_line(5, scale, erlang.mean_wait(5, 16, 0.25 * scale)) for scale in (0.9, 1.05)]
    shares = [in_line(5, scale, erlang.erlang_c(5, 4.0 * scale), of=lambda waits: waits > 0) for scale in (0.9, 1.05)]
    estimate(runs, mean_wait, waits).assert_agrees(erlang.mean_wait(5, 16, 0.25))
    estimate(runs, delayed, shares).assert_agrees(erlang.erlang_c(5, 4.0))
    estimate(runs, answered_within(1 / 6), [*waits, *shares]).assert_agrees(erlang.service_level(5, 16, 0.25, 1 / 6))
    estimate(runs, occupancy, [*shares, crowd(1.0, 0, expected_excess(4.0, 0))]).assert_agrees(0.8)


def test_impatient_customers_leave_as_palm_says():
    runs = replications(IMPATIENT, 20)
    line = Line(servers=5, rate=65, mean=0.1, impatience=6)
    steady = line.steady()
    controls = [impatience(1 / 6), Control(lambda records: len(cohort(records)), 65 * 72)]
    estimate(runs, lambda records: num_abandoned(records) / len(cohort(records)), controls).assert_agrees(line.abandoned(steady))
    estimate(runs, mean_wait, controls).assert_agrees(line.mean_wait(steady))
    estimate(runs, occupancy, controls).assert_agrees(line.occupancy(steady))


@pytest.mark.parametrize(
    ("handle", "cv"),
    [("lognormal(5 min, cv=1.2)", 1.2), ("gamma(5 min, cv=0.6)", 0.6), ("uniform(1 min, 9 min)", 8 / 10 / 3**0.5)],
)
def test_one_server_waits_as_pollaczek_and_khinchine_say(handle, cv):
    runs = replications(ONE_SERVER.format(handle=handle), 16)
    waits = [in_line(1, scale, single_server.mean_wait(6, scale / 12, cv)) for scale in (0.9, 1.1)]
    estimate(runs, mean_wait, waits).assert_agrees(single_server.mean_wait(6, 1 / 12, cv))


def test_constant_service_at_several_servers_waits_as_crommelin_says():
    runs = replications(CONSTANT, 16)
    waits = [in_line(3, scale, deterministic.mean_wait(3, 12.6, scale / 6)) for scale in (0.9, 1.1)]
    estimate(runs, mean_wait, waits).assert_agrees(deterministic.mean_wait(3, 12.6, 1 / 6))
