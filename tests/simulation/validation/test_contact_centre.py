"""A contact centre's day that starts empty, with and without impatience: published simulations, and the chain of the same day.

Published: umontreal-simul/contactcenters, `doc/examples/MMC.res` and `MMCAb.res` at commit f5ddb4a, 1,000 days each: means to three
decimals, with the standard deviation of a day. The steady state of the first has a service level of 0.89908 and a mean wait of 0.10216 min,
and is not what a day is like.
"""

import numpy as np
import pytest
from tests.simulation.validation.line import Line
from tests.simulation.validation.running import (
    Control,
    cohort,
    crowd,
    estimate,
    impatience,
    in_line,
    mean_wait,
    num_abandoned,
    occupancy,
    replications,
    waits,
)

DAY = """
name: A day of a contact centre, from empty
start: 2026-01-05T09:00
window: {length: 8 h, tail: 4 h}
case_types:
  call:
    assignment: per_contact
    stages: {talk: {by: anyone, handle: exponential(2 min)}}
demand:
  calls: {types: call, rate: 4.2 per min}
staff:
  agents: {count: 12, capacity: 1}
routing: {policy: longest_idle}
"""

IMPATIENT_DAY = DAY.replace("assignment: per_contact", "assignment: per_contact\n    patience: exponential(1 min)")

MINUTE = 1 / 60
SOON = 20 / 3600
LINE = Line(servers=12, rate=4.2 / MINUTE, mean=2 * MINUTE)
IMPATIENT_LINE = Line(servers=12, rate=4.2 / MINUTE, mean=2 * MINUTE, impatience=1 / MINUTE)


def service_level(records):
    """Answered within 20 seconds ÷ all but those who gave up before."""
    answered = np.isnan(cohort(records)["abandoned"])
    early = waits(records) < SOON
    return (answered & early).sum() / (answered | ~early).sum()


def published_error(deviation, decimals=3):
    """Standard error of a published mean over 1,000 days, that of its rounding included."""
    return (deviation**2 / 1000 + 10.0 ** (-2 * decimals) / 12) ** 0.5


def lines():
    """The same calls, answered a little faster and a little slower, on days that the chain knows as well."""
    for scale in (0.95, 1.05):
        line = Line(LINE.servers, LINE.rate, LINE.mean * scale)
        shares = line.day(8.0)
        yield in_line(12, scale, line.mean_wait(shares))
        yield in_line(12, scale, line.answered_and_lost(shares, SOON)[0], of=lambda waits: waits < SOON)


def crowds():
    """Everybody answered at once: how many more than eleven are talking."""
    shares = Line(servers=120, rate=LINE.rate, mean=LINE.mean).day(8.0)
    yield crowd(1.0, 11, float(np.maximum(np.arange(len(shares)) - 11, 0) @ shares))


CONTROLS = [*lines(), *crowds(), Control(lambda records: len(cohort(records)), 8 * LINE.rate)]


@pytest.fixture(scope="module")
def days():
    return replications(DAY, 60)


@pytest.fixture(scope="module")
def twin_days(days):
    """Impatient days, each with the day of the same calls and handle times on which everybody waits."""
    return list(zip(replications(IMPATIENT_DAY, len(days)), days, strict=True))


def of_impatient(measure):
    return lambda twins: measure(twins[0])


CONTROLS_OF_TWINS = [
    Control(of_impatient(impatience(MINUTE).measure), 0.0),
    *(Control(lambda twins, of=one: of.measure(twins[1]), one.expected) for one in CONTROLS),
]


def test_a_day_has_the_published_service_level_wait_and_occupancy(days):
    estimate(days, service_level, CONTROLS).assert_agrees(0.902, reference_error=published_error(0.033))
    estimate(days, mean_wait, CONTROLS).assert_agrees(0.099 * MINUTE, reference_error=published_error(0.045) * MINUTE)
    estimate(days, occupancy, CONTROLS).assert_agrees(0.695, reference_error=published_error(0.023))


def test_a_day_is_what_its_chain_says(days):
    shares = LINE.day(8.0)
    estimate(days, service_level, CONTROLS).assert_agrees(LINE.answered_and_lost(shares, SOON)[0])
    estimate(days, mean_wait, CONTROLS).assert_agrees(LINE.mean_wait(shares))
    estimate(days, occupancy, CONTROLS).assert_agrees(LINE.occupancy(shares))


def test_a_day_that_starts_empty_waits_measurably_less_than_the_steady_state(days):
    found = estimate(days, mean_wait, CONTROLS)
    assert found.value + 4 * found.error < LINE.mean_wait(LINE.steady())


def test_a_day_with_impatient_callers_has_the_published_service_level_occupancy_and_abandonments(twin_days):
    found = [estimate(twin_days, of_impatient(one), CONTROLS_OF_TWINS) for one in (service_level, occupancy, num_abandoned)]
    found[0].assert_agrees(0.968, reference_error=published_error(0.0099))
    found[1].assert_agrees(0.675, reference_error=published_error(0.019))
    found[2].assert_agrees(58.609, reference_error=published_error(15.295))


def test_a_day_with_impatient_callers_is_what_its_chain_says(twin_days):
    shares = IMPATIENT_LINE.day(8.0)
    answered, lost = IMPATIENT_LINE.answered_and_lost(shares, SOON)
    found = [estimate(twin_days, of_impatient(one), CONTROLS_OF_TWINS) for one in (service_level, occupancy, num_abandoned)]
    found[0].assert_agrees(answered / (1 - lost))
    found[1].assert_agrees(IMPATIENT_LINE.occupancy(shares))
    found[2].assert_agrees(IMPATIENT_LINE.abandoned(shares) * 8 * LINE.rate)
