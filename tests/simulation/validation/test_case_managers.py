"""Case managers who hold several cases at once, up to a cap."""

import numpy as np
import pytest
from tests.simulation.validation.controls import expected_excess
from tests.simulation.validation.networks import CaseManagers
from tests.simulation.validation.running import cohort, crowd, estimate, in_line, mean_time_to_resolution, replications
from tests.simulation.validation.single_server import mean_wait_of_moments, moments_of_a_walk

MANAGERS = """
name: Two case managers with at most two cases each
start: 2026-01-05T00:00
window: {warm_up: 5 d, length: 80 d, tail: 10 d}
case_types:
  case:
    stages:
      contact: {handle: exponential(20 min), next: {outside: 0.5, resolved: 0.5}}
      outside: {by: customer, handle: exponential(45 min), next: contact}
demand:
  cases: {types: case, rate: 1.4 per hour}
staff:
  managers: {count: 2, capacity: 2}
routing: {policy: least_loaded}
"""


def mean_wait_for_a_manager(records):
    """Mean hours from arrival until a manager takes the case."""
    cases = cohort(records)
    return (cases["assigned"] - cases["arrival"]).mean()


def mean_wait_in_the_book(records):
    """Mean hours that a contact waits with its manager."""
    cases = cohort(records)
    return cases["wait_in_book"].sum() / cases["num_contacts"].sum()


def slow(part, load):
    """One slow server who does the contacts, and `part` of the delays between them; at that load."""
    mean, square = moments_of_a_walk(1 / 3, 0.75 * part, again=0.5)
    scale = load / (1.4 * mean)
    expected = mean_wait_of_moments(1.4, scale * mean, scale**2 * square)
    return in_line(1, scale, expected, services=lambda cases: cases["contact_hours"] + part * cases["wait_customer"])


@pytest.mark.validation_slow
def test_managers_hold_their_cases_as_the_chain_says():
    runs = replications(MANAGERS, 84)
    controls = [
        slow(0.3, 0.7),
        slow(0.5, 0.6),
        slow(1.0, 0.7),
        crowd(1.0, 0, expected_excess(2.8 / 3, 0)),
        crowd(1.0, 2, expected_excess(2.8 / 3, 2)),
    ]
    assignment, held, ready = CaseManagers(2, 2, 1.4, 1 / 3, 0.75, again=0.5).solve()
    estimate(runs, mean_wait_for_a_manager, controls).assert_agrees(assignment)
    estimate(runs, lambda records: np.mean(records.staff.caseload), controls).assert_agrees(held)
    estimate(runs, mean_time_to_resolution, controls).assert_agrees(assignment + held * 2 / 1.4)
    estimate(runs, mean_wait_in_the_book, controls).assert_agrees(ready / 1.4 - 1 / 3)
