"""Customers who come back: Erlang-R."""

from tests.simulation.validation import erlang
from tests.simulation.validation.controls import expected_excess
from tests.simulation.validation.running import cohort, crowd, estimate, in_line, mean_time_to_resolution, occupancy, replications

ERLANG_R = """
name: A ward whose patients need a nurse again and again
start: 2026-01-05T00:00
window: {warm_up: 2 d, length: 24 d, tail: 8 d}
case_types:
  patient:
    assignment: per_contact
    stages:
      need: {by: anyone, handle: exponential(15 min), next: {rest: 0.5, resolved: 0.5}}
      rest: {by: customer, handle: exponential(30 min), next: need}
demand:
  patients: {types: patient, rate: 2 per hour}
staff:
  nurses: {count: 2, capacity: 1}
routing: {policy: longest_idle}
"""


def mean_wait_of_a_visit(records):
    """Mean hours that a patient of the cohort waits for a nurse, each time."""
    patients = cohort(records)
    return (patients["wait_unassigned"].sum() + patients["wait_in_book"].sum()) / patients["num_contacts"].sum()


def test_returning_patients_wait_at_each_visit_as_if_all_visits_were_arrivals():
    runs = replications(ERLANG_R, 76)
    # All visits of a patient in one go: a geometric number of exponential times is exponential as well.
    lines = [in_line(2, scale, erlang.mean_wait(2, 2, 0.5 * scale)) for scale in (0.9, 1.1)]
    controls = [*lines, crowd(1.0, 0, expected_excess(1.0, 0)), crowd(4.0, 8, expected_excess(4.0, 8))]
    wait = erlang.erlang_r_wait(2, 2, 0.25, back=0.5)
    estimate(runs, mean_wait_of_a_visit, controls).assert_agrees(wait)
    estimate(runs, mean_time_to_resolution, controls).assert_agrees((wait + 0.25) / 0.5 + 0.5 * 0.5 / 0.5)
    estimate(runs, occupancy, controls).assert_agrees(0.5)
