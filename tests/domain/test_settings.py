"""The policy: its defaults hold together, and what it may not say is refused by name."""

import pytest
from pydantic import ValidationError

from caserouter.domain.case import RiskFlag
from caserouter.domain.eligibility import HARD_RULES, Rule
from caserouter.domain.settings import Prices, Settings
from caserouter.domain.specialist import Role


@pytest.mark.parametrize("rule", sorted(HARD_RULES))
def test_no_policy_relaxes_a_hard_rule(rule):
    with pytest.raises(
        ValidationError, match=f"{rule.value}: no policy relaxes it; only skill, proficiency, language, role_floor"
    ):
        Settings(relaxations={rule.value: {"price": 10}})


@pytest.mark.parametrize("rule", sorted(set(Rule) - HARD_RULES))
def test_every_other_rule_may_be_relaxed(rule):
    assert Settings(relaxations={rule.value: {"price": 10}}).relaxations[rule.value].after_hours == 0


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"currency": "dollars"}, "should match pattern"),
        ({"time_zone": "Mars"}, "not an IANA time zone; write it as America/New_York"),
        ({"prices": {"hour": -1}}, "greater than or equal to 0"),
        ({"prices": {"hours": 1}}, "Extra inputs are not permitted"),
        ({"role_floors": {"media": "boss"}}, "not a role; use specialist, coordinator, manager"),
        ({"handling": {"minutes_by_type": {"claim": 0}}}, "greater than 0"),
        ({"handling": {"proficiency_factor": [1, 1, 1, 1, 0]}}, "greater than 0"),
        ({"priority_factors": [1, 1, 1]}, "Field required"),
        ({"priority_factors": [1, 1, 1, 1, -1]}, "greater than or equal to 0"),
        ({"team_caps": {"east": -1}}, "greater than or equal to 0"),
        ({"mix": {"claim": -1}}, "greater than or equal to 0"),
        ({"relaxations": {"skill": {"price": 1, "after_hours": 1e9}}}, "less than or equal to 87600"),
        ({"reach_hours": -1}, "greater than or equal to 0"),
        ({"work_limit": -1}, "greater than or equal to 0"),
    ],
)
def test_a_price_or_a_limit_out_of_range_is_refused(fields, message):
    with pytest.raises(ValidationError) as caught:
        Settings(**fields)
    assert message in str(caught.value)


def test_the_defaults_are_shared_and_cannot_be_changed():
    with pytest.raises(TypeError, match="does not change"):
        Settings().role_floors[RiskFlag.MEDIA] = Role.SPECIALIST


def test_role_floors_are_written_by_name():
    settings = Settings(role_floors={"media": "coordinator"})
    assert settings.role_floors == {RiskFlag.MEDIA: Role.COORDINATOR}
    assert settings.model_dump(mode="json")["role_floors"] == {"media": "coordinator"}


def test_a_price_beyond_any_meaning_is_refused():
    """Sums of such costs would lose their cents."""
    with pytest.raises(ValidationError, match="less than or equal to 1000000000"):
        Prices(hand_off=1e13)
