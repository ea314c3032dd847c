"""The service's policy: a sound default, and documents that would not do what they say refused."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from caserouter.domain.case import Case, RiskFlag
from caserouter.domain.service_policy import ServicePolicy, TargetRule, rules_behind

CREATED = datetime(2026, 11, 23, 9, tzinfo=UTC)


def case(**fields) -> Case:
    return Case(id="C-1", created=CREATED, **fields)


def test_the_default_survives_json():
    policy = ServicePolicy()
    assert ServicePolicy.model_validate_json(policy.model_dump_json()) == policy


def test_a_whole_document_survives_json():
    policy = ServicePolicy(
        acceptance={"minutes": 10},
        targets=[{"types": ["billing"], "priorities": [1, 2], "risk_flags": ["media"], "resolution_hours": 8}],
        calendar={"time_zone": "Europe/Berlin", "shifts": "Mon-Fri 09:00-17:00", "holidays": ["2026-12-25"]},
        ramp=None,
    )
    assert ServicePolicy.model_validate_json(policy.model_dump_json()) == policy


def test_the_first_rule_that_matches_counts():
    urgent, claims = TargetRule(priorities={1}, resolution_hours=4), TargetRule(types={"claim"}, resolution_hours=8)
    policy = ServicePolicy(targets=(urgent, claims))
    assert policy.target_of(case(type="claim", priority=1)) is urgent
    assert policy.target_of(case(type="claim", priority=2)) is claims
    assert policy.target_of(case(type="billing", priority=2)) is None


def test_one_of_the_flags_is_enough():
    rule = TargetRule(risk_flags={"media", "legal"}, resolution_hours=4)
    assert rule.matches(case(risk_flags={RiskFlag.LEGAL}))
    assert not rule.matches(case(risk_flags={RiskFlag.EXECUTIVE}))
    assert not rule.matches(case())


def test_a_regulator_counts_every_hour():
    with pytest.raises(ValidationError, match="clock business for the risk flag regulator: a regulator counts every hour"):
        TargetRule(risk_flags={"regulator"}, resolution_hours=24, clock="business")


@pytest.mark.parametrize("flags", [{"regulator"}, ["legal", "regulator"], (RiskFlag.REGULATOR,)])
def test_a_rule_for_a_regulator_counts_every_hour_unasked(flags):
    assert TargetRule(risk_flags=flags, resolution_hours=24).clock == "calendar"
    assert TargetRule.model_validate_json('{"risk_flags": ["regulator"]}').clock == "calendar"
    assert TargetRule(risk_flags={"legal"}).clock == "business"


@pytest.mark.parametrize("flags", [None, "regulator", 3, {"regulator": 1}, [["regulator"]]])
def test_flags_that_are_no_set_are_refused_as_ever(flags):
    with pytest.raises(ValidationError, match="risk_flags"):
        TargetRule.model_validate({"risk_flags": flags})


def test_a_regulators_clock_never_stops():
    with pytest.raises(ValidationError, match="a regulator's clock never stops; leave it out"):
        TargetRule(risk_flags={"regulator"}, resolution_hours=24, clock="calendar", pauses_on_customer=True)


def test_a_parked_case_counts_whole_units():
    assert ServicePolicy(parked_factor=0.7).units_of(10, parked=True) == 7
    assert ServicePolicy(parked_factor=0.25).units_of(5, parked=True) == 2
    assert ServicePolicy(parked_factor=0).units_of(5, parked=True) == 0
    assert ServicePolicy(parked_factor=0.25).units_of(5, parked=False) == 5


def test_a_rule_behind_a_wider_one_is_found():
    wide, narrow, other = TargetRule(priorities={1, 2}), TargetRule(priorities={2}, types={"claim"}), TargetRule(types={"claim"})
    assert rules_behind([wide, narrow, other]) == [1]
    assert rules_behind([TargetRule(), narrow]) == [1]


def test_an_unknown_setting_is_refused():
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        ServicePolicy(acceptence={"minutes": 10})
