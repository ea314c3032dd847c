"""Two skills and a pool of generalists: the N-design."""

import numpy as np
from tests.simulation.validation import erlang
from tests.simulation.validation.controls import expected_excess
from tests.simulation.validation.networks import NDesign
from tests.simulation.validation.running import crowd, estimate, in_line, mean_wait_of, replications

N_DESIGN = """
name: Cards for everybody, loans for generalists
start: 2026-01-05T00:00
window: {warm_up: 1 d, length: 20 d, tail: 8 d}
case_types:
  card: {priority: 1, skills: {cards: 1}, stages: {answer: {handle: exponential(12 min)}}}
  loan: {priority: 3, skills: {loans: 1}, stages: {answer: {handle: exponential(12 min)}}}
demand:
  cases: {types: {card: 0.5, loan: 0.5}, rate: 8 per hour}
staff:
  card_desk: {count: 1, skills: {cards: 3}, capacity: 1}
  generalists: {count: 2, skills: {cards: 3, loans: 3}, capacity: 1, handle_factor: 1.25}
routing: {policy: most_specialised}
"""


def generalists_busy(records):
    """Occupancy of the generalists, who come after the card desk in the order of ids."""
    return records.staff.busy[1:].sum() / records.staff.staffed[1:].sum()


def at_the_card_desk(cases):
    """Hours that each case would have taken without the generalists' factor."""
    return cases["contact_hours"] / np.where(cases["specialist"] > 0, 1.25, 1.0)


def test_generalists_share_the_work_of_two_skills_as_the_chain_says():
    runs = replications(N_DESIGN, 64)
    design = NDesign(specialists=1, generalists=2, rates=(4.0, 4.0), specialist_mean=0.2, generalist_mean=0.25)
    card, loan = design.waits()
    lines = [
        in_line(3, scale, erlang.mean_wait(3, 8, 0.2 * scale), services=at_the_card_desk, case_type=one)
        for one in range(2)
        for scale in (1.0, 1.2)
    ]
    controls = [
        *lines,
        crowd(1.0, 2, expected_excess(1.6, 2), services=at_the_card_desk),
        crowd(4.0, 6, expected_excess(6.4, 6), services=at_the_card_desk),
    ]
    estimate(runs, mean_wait_of(0), controls).assert_agrees(card)
    estimate(runs, mean_wait_of(1), controls).assert_agrees(loan)
    estimate(runs, generalists_busy, controls).assert_agrees(design.generalists_busy())
