"""Changes in Python mean what a file that extends another one means."""

from pathlib import Path

import pytest

from caserouter.domain.errors import InvalidInput
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.loading import load_scenario
from caserouter.simulation.variation import vary

SCENARIOS = Path(__file__).parents[2] / "scenarios"


DESK = Scenario.model_validate(
    {
        "name": "desk",
        "start": "2026-03-02T00:00",
        "window": {"length": "4 weeks"},
        "case_types": {"question": {"stages": {"call": {"handle": "exponential(20 min)"}}}},
        "demand": {"customers": {"types": "question", "rate": {"Mon-Fri 09:00-17:00": "8 per hour"}}},
        "staff": {
            "team": {"count": 4, "capacity": 10, "shifts": "Mon-Fri 09:00-17:00", "blocks": {"coaching": "Mon 09:00-10:00"}}
        },
    }
)


def test_a_change_reaches_one_number_and_leaves_the_rest():
    varied = vary(DESK, {"name": "narrow", "staff": {"team": {"capacity": 3}}})
    assert varied.staff["team"].capacity == 3
    assert vary(varied, {"name": "desk", "staff": {"team": {"capacity": 10}}}) == DESK


def test_none_takes_an_entry_away():
    assert not vary(DESK, {"staff": {"team": {"blocks": {"coaching": None}}}}).staff["team"].blocks


def test_a_new_entry_is_read_in_its_written_form():
    varied = vary(DESK, {"staff": {"night": {"capacity": 5, "shifts": "Mon-Fri 22:00-06:00"}}})
    assert varied.staff["night"].shifts[0].start.hour == 22


def test_changes_that_make_no_scenario_are_refused_with_every_key():
    with pytest.raises(InvalidInput, match=r"changes of desk: 2 problems, first window\.length: 4: not a duration") as refused:
        vary(DESK, {"staff": {"team": {"capacity": -1}}, "window": {"length": "4"}})
    assert [finding.column for finding in refused.value.findings] == ["window.length", "staff.team.capacity"]


@pytest.mark.parametrize("name", ["insurance-escalations", "bank-disputes", "health-plan", "b2b-portfolio", "support-tiers"])
def test_no_change_at_all_is_the_same_scenario(name):
    scenario = load_scenario(SCENARIOS / f"{name}.yaml")
    assert vary(scenario, {}) == scenario


def test_python_and_a_file_that_extends_agree():
    base = load_scenario(SCENARIOS / "bank-disputes.yaml")
    above = {group: {"authority": {"refund": f"{amount} USD"}} for group, amount in HIGHER.items()}
    from_file = load_scenario(SCENARIOS / "bank-higher-authority.yaml")
    assert vary(base, {"name": from_file.name, "description": from_file.description, "staff": above}) == from_file


HIGHER = {"disputes": 600, "evening": 600, "weekend": 600, "fraud": 5000, "manila": 2000, "manila_late": 2000}
