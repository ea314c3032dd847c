"""The reference page of the scenario language names every key, with what it may be and its default."""

import re
from pathlib import Path
from typing import get_args

import pytest

from caserouter.simulation.language.case_type import CaseType, Chase, Commitment, Confirmation, Reopening, Stage, Target
from caserouter.simulation.language.demand import AccountGroup, Stream
from caserouter.simulation.language.quantities import Timing, hours_of
from caserouter.simulation.language.scenario import Goal, Retention, Review, Routing, Scenario, Window
from caserouter.simulation.language.staff import Department, Ramp, StaffGroup

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "scenario-language.md"
SECTIONS = {
    "The file": Scenario,
    "Window": Window,
    "Case types": CaseType,
    "Clocks": Target,
    "Stages": Stage,
    "Commitments": Commitment,
    "Reopening": Reopening,
    "Chases": Chase,
    "Confirmations": Confirmation,
    "Demand": Stream,
    "Accounts": AccountGroup,
    "Staff": StaffGroup,
    "Ramps": Ramp,
    "Departments": Department,
    "Routing": Routing,
    "Reviews": Review,
    "Targets": Goal,
    "Retention": Retention,
}


def rows(section: str) -> dict[str, list[str]]:
    """Cells of each row of a section's table, by key."""
    text = PAGE.read_text(encoding="utf-8").split(f"\n## {section}\n")[1].split("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    return {line.split("`")[1]: [cell.strip() for cell in line.strip("|").split("|")] for line in lines}


@pytest.mark.parametrize(("section", "model"), SECTIONS.items(), ids=SECTIONS)
def test_every_key_has_a_row(section, model):
    assert list(rows(section)) == list(model.model_fields)


@pytest.mark.parametrize(("section", "model"), SECTIONS.items(), ids=SECTIONS)
def test_exactly_what_is_required_says_so(section, model):
    said = {key for key, cells in rows(section).items() if cells[-1] == "required"}
    assert said == {key for key, field in model.model_fields.items() if field.is_required()}


@pytest.mark.parametrize(("section", "model"), SECTIONS.items(), ids=SECTIONS)
def test_numbers_and_words_are_given_with_their_defaults(section, model):
    for key, cells in rows(section).items():
        default = model.model_fields[key].default
        if isinstance(default, bool):
            assert cells[-1] == str(default).lower(), key
        elif isinstance(default, int | float) and cells[2] not in {"duration", "time", "`specialist`, `coordinator`, `manager`"}:
            assert cells[-1].split(":")[0] == f"{default:g}", key


@pytest.mark.parametrize(("section", "model"), SECTIONS.items(), ids=SECTIONS)
def test_every_choice_is_listed(section, model):
    for key, cells in rows(section).items():
        choices = [choice for choice in get_args(model.model_fields[key].annotation) if isinstance(choice, str)]
        named = re.findall(r"`([^`]+)`", "".join(cells[1:3]))
        assert set(choices) <= set(named), key


@pytest.mark.parametrize(("section", "model"), SECTIONS.items(), ids=SECTIONS)
def test_durations_and_times_are_given_with_their_defaults(section, model):
    for key, cells in rows(section).items():
        default = model.model_fields[key].default
        mean = default.mean if isinstance(default, Timing) else default
        if cells[2] in {"duration", "time"} and isinstance(mean, float):
            assert hours_of(cells[-1].split("`")[1]) == pytest.approx(mean), key
