"""Specialists: every validator by its message, and the text forms of their fields."""

import pytest
from pydantic import ValidationError

from caserouter.domain.calendar import parse_leave, parse_shifts
from caserouter.domain.money import Money
from caserouter.domain.specialist import HeldCase, IntakeLimit, Role, Specialist


def make(**fields):
    return Specialist(id="ann", **{"capacity": 10, **fields})


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"backup": "ann"}, "ann is named as their own backup; name someone else or nobody"),
        ({"held_cases": [{"id": "C"}, {"id": "C"}]}, "held cases C: listed more than once; list each case once"),
        ({"held_cases": [{"id": "C", "weight": 0}]}, "greater than or equal to 1"),
        ({"role": "boss"}, "not a role; use specialist, coordinator, manager"),
        ({"role": 2}, "not a role; use specialist, coordinator, manager"),
        ({"time_zone": "Mars/Olympus"}, "not an IANA time zone; write it as America/New_York"),
        ({"time_zone": "../etc/passwd"}, "not an IANA time zone; write it as America/New_York"),
        ({"capacity": -1}, "greater than or equal to 0"),
        ({"skills": {"claims": 6}}, "less than or equal to 5"),
        ({"authority": {"refund": "plenty"}}, "not an amount; write it as 1,500.00 USD"),
        ({"authority": {"refund": "-1 USD"}}, "below zero; amounts are zero or more"),
        ({"intake": {"limit": -1}}, "greater than or equal to 0"),
        ({"intake": {"limit": 1, "window_hours": 0}}, "greater than 0"),
        ({"intake": {"limit": 1, "window_hours": 1e9}}, "less than or equal to 87600"),
        ({"shifts": "Mon-Fri"}, "'Mon-Fri' is not days followed by hours"),
        ({"leave": "soon"}, "'soon' is not a date or a range of dates"),
    ],
)
def test_a_specialist_that_contradicts_a_rule_is_refused(fields, message):
    with pytest.raises(ValidationError) as caught:
        make(**fields)
    assert message in str(caught.value)


def test_one_bad_amount_is_one_error():
    """Authority is an amount or `unlimited`; the error speaks of the one that was meant."""
    with pytest.raises(ValidationError) as caught:
        make(authority={"refund": "plenty"})
    assert caught.value.error_count() == 1


def test_authority_is_an_amount_or_unlimited():
    authority = make(authority={"refund": "150 USD", "credit": " Unlimited "}).authority
    assert authority == {"refund": Money(minor=15_000), "credit": "unlimited"}


def test_a_role_is_read_and_written_by_name():
    assert make(role=" Manager ").role is Role.MANAGER
    assert '"role":"coordinator"' in make(role="coordinator").model_dump_json()
    assert Role.SPECIALIST < Role.COORDINATOR < Role.MANAGER


def test_shifts_and_leave_may_be_written_as_text():
    person = make(shifts="Mon-Fri 09:00-17:00; Sat 10:00-14:00", leave="2026-12-24")
    assert person.shifts == parse_shifts("Mon-Fri 09:00-17:00; Sat 10:00-14:00")
    assert person.leave == parse_leave("2026-12-24")
    assert make(shifts=["Mon 09:00-17:00"], leave=["2026-12-24"]).leave == person.leave


def test_caseload_is_the_weight_held_and_may_exceed_capacity():
    person = make(capacity=2, held_cases=[HeldCase(id="C-1", weight=3), HeldCase(id="C-2")])
    assert person.caseload == 4


def test_intake_left_is_never_negative():
    assert IntakeLimit(limit=2, used=1).left == 1
    assert IntakeLimit(limit=2, used=5).left == 0
