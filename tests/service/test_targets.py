"""Targets: due on the rule's own clock, announced ahead on it, and moved by what the clock stood still."""

from datetime import UTC, datetime

from caserouter.domain.case import Case
from caserouter.domain.service_policy import ServicePolicy, TargetRule
from caserouter.service.targets import (
    due_after_reopening,
    due_after_wait,
    pauses,
    targets_for,
    warn_at,
    warn_at_commitment,
    with_targets,
)

FRIDAY = datetime(2026, 11, 20, 16, tzinfo=UTC)
DOCUMENT = ServicePolicy(
    targets=[
        {"risk_flags": ["regulator"], "first_response_hours": 24, "resolution_hours": 72, "clock": "calendar"},
        {"types": ["claim"], "first_response_hours": 2, "resolution_hours": 10, "pauses_on_customer": True},
        {"types": ["outage"], "resolution_hours": 10, "clock": "calendar", "pauses_on_customer": True},
        {"types": ["chat"], "first_response_hours": 1},
    ],
    calendar={"shifts": "Mon-Fri 09:00-17:00"},
)


def utc(*parts: int) -> datetime:
    return datetime(2026, *parts, tzinfo=UTC)


def case(**fields) -> Case:
    return Case(**{"id": "C-1", "created": FRIDAY, "type": "claim"} | fields)


def test_targets_count_business_hours():
    """An hour is left on Friday: the second is Monday's first; ten hours end on Tuesday at 10."""
    assert targets_for(DOCUMENT, case(), FRIDAY) == (utc(11, 23, 10), utc(11, 24, 10))


def test_a_regulator_counts_every_hour():
    assert targets_for(DOCUMENT, case(risk_flags={"regulator"}), FRIDAY) == (utc(11, 21, 16), utc(11, 23, 16))


def test_a_due_time_of_the_cases_own_stands():
    stated = case(resolution_due=utc(12, 1))
    assert targets_for(DOCUMENT, stated, FRIDAY) == (utc(11, 23, 10), utc(12, 1))
    assert with_targets(DOCUMENT, stated).resolution_due == utc(12, 1)


def test_a_case_that_no_rule_matches_has_only_its_own():
    other = case(type="billing")
    assert targets_for(DOCUMENT, other, FRIDAY) == (None, None)
    assert with_targets(DOCUMENT, other) is other


def test_a_rule_may_set_one_target_alone():
    assert targets_for(DOCUMENT, case(type="chat"), FRIDAY) == (utc(11, 20, 17), None)


def test_a_warning_comes_ahead_on_the_targets_clock():
    """Two business hours before Monday 10:00 is Friday 16:00; calendar clocks warn in calendar time."""
    assert warn_at(DOCUMENT, case(), utc(11, 23, 10)) == FRIDAY
    assert warn_at(DOCUMENT, case(risk_flags={"regulator"}), utc(11, 23, 10)) == utc(11, 23, 8)
    assert warn_at_commitment(DOCUMENT, utc(11, 23, 10)) == utc(11, 23, 8)


def test_a_wait_moves_the_due_time_by_its_business_hours():
    """From Friday 16:00 to Monday 11:00 are three business hours: Tuesday 10:00 becomes 13:00."""
    assert due_after_wait(DOCUMENT, case(), utc(11, 24, 10), FRIDAY, utc(11, 23, 11)) == utc(11, 24, 13)


def test_a_wait_may_carry_the_due_time_over_a_night():
    assert due_after_wait(DOCUMENT, case(), utc(11, 23, 16), utc(11, 23, 10), utc(11, 23, 15)) == utc(11, 24, 13)


def test_a_wait_outside_business_hours_moves_nothing():
    assert due_after_wait(DOCUMENT, case(), utc(11, 24, 10), utc(11, 20, 18), utc(11, 22, 12)) == utc(11, 24, 10)


def test_a_calendar_clock_moves_by_every_hour():
    outage = case(type="outage")
    assert due_after_wait(DOCUMENT, outage, utc(11, 21, 2), FRIDAY, utc(11, 22, 16)) == utc(11, 23, 2)


def test_a_clock_that_does_not_pause_goes_on():
    assert not pauses(DOCUMENT, case(type="billing"))
    assert due_after_wait(DOCUMENT, case(type="billing"), utc(11, 24), FRIDAY, utc(11, 23)) == utc(11, 24)


def test_a_regulator_counts_every_hour_by_any_rule():
    plain = DOCUMENT.model_copy(update={"targets": (TargetRule(resolution_hours=72),)})
    assert targets_for(plain, case(risk_flags={"regulator"}), FRIDAY).resolution_due == utc(11, 23, 16)
    assert targets_for(plain, case(), FRIDAY).resolution_due > utc(11, 24)


def test_a_regulators_clock_never_pauses():
    """Not even where a rule for other reasons matches first."""
    document = DOCUMENT.model_copy(update={"targets": DOCUMENT.targets[1:]})
    watched = case(risk_flags={"regulator"})
    assert document.target_of(watched).pauses_on_customer
    assert not pauses(document, watched)
    assert due_after_wait(document, watched, utc(11, 24), FRIDAY, utc(11, 23)) == utc(11, 24)
    assert due_after_reopening(document, watched, utc(11, 24), FRIDAY, utc(11, 23)) == utc(11, 24)


def test_reopening_goes_on_where_the_resolution_stopped_the_clock():
    assert due_after_reopening(DOCUMENT, case(), utc(11, 24, 10), FRIDAY, utc(11, 23, 11)) == utc(11, 24, 13)
    assert due_after_reopening(DOCUMENT, case(type="billing"), utc(11, 24), utc(11, 21), utc(11, 22)) == utc(11, 25)


def test_a_target_missed_before_the_pause_stays_missed():
    assert due_after_wait(DOCUMENT, case(), utc(11, 20, 15), FRIDAY, utc(11, 24)) == utc(11, 20, 15)


def test_no_target_has_nothing_to_move():
    assert due_after_wait(DOCUMENT, case(), None, FRIDAY, utc(11, 24)) is None
    assert due_after_reopening(DOCUMENT, case(), None, FRIDAY, utc(11, 24)) is None
