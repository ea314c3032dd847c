"""The STRESS-DES section."""

import pytest

from caserouter.reporting.results import manifest_of
from caserouter.reporting.stress import stress_sections

ITEMS = "1.1 1.2 1.3 2.1 2.2 2.3 2.4 2.5.1 2.5.2 2.5.3 2.5.4 2.5.5 3.1 3.2 3.3 3.4 4.1 4.2 4.3 5.1 5.2 5.3 5.4 6.1"


def items(manifest):
    return {item.number: item for section in stress_sections(manifest) for item in section.items}


def test_every_item_of_the_checklist_is_answered(manifest):
    assert " ".join(items(manifest)) == ITEMS
    assert all(item.text for item in items(manifest).values())


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1.1", "Two people at a help desk, for a week."),
        ("2.4", "routed by the policy least_loaded"),
        ("4.1", "The system starts empty. Nothing is deleted as warm-up."),
        ("4.2", "The measured window is 7.0 d"),
        ("4.3", "4 independent replications; asked for: 4 replications."),
        ("5.2", "the seed being 5"),
        ("5.4", "the run took 2 s"),
    ],
)
def test_the_answers_are_those_of_the_run(manifest, number, text):
    assert text in items(manifest)[number].text


def test_the_parts_of_the_model_are_listed(manifest):
    found = items(manifest)
    assert [name for name, _ in found["2.2"].rows][:2] == ["question: answer", "claim: read"]
    assert [name for name, _ in found["2.5.3"].rows] == ["anna", "ben", "department back_office"]
    assert [name for name, _ in found["2.5.5"].rows] == ["calls"]
    assert found["3.1"].rows[0][0].endswith("desk.yaml")


def test_an_interrupted_run_is_told(manifest):
    text = items(manifest.model_copy(update={"interrupted": True}))["4.3"].text
    assert text.endswith("The run was interrupted before that was reached.")


def test_a_comparison_tells_what_varies(comparison, compared):
    found = items(manifest_of(comparison, compared))
    assert [name for name, _ in found["2.3"].rows] == ["desk-three: staff.carla"]
    assert "paired differences" in found["4.3"].text
