"""What routing is told of a contact that is routed on its own."""

import pytest

from caserouter.simulation.engine.templates import Templates
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.trace import build_trace
from caserouter.simulation.world import World

TWO_STAGES = {
    "name": "two stages",
    "start": "2026-03-02T00:00",
    "window": {"length": "1 h"},
    "case_types": {
        "case": {
            "assignment": "per_contact",
            "stages": {
                "long": {"handle": "1 h", "handle_of": {"ann": "3 h", "bob": "3 h"}, "next": "short"},
                "short": {"handle": "1 h", "documentation": "30 min"},
            },
        }
    },
    "demand": {"cases": {"types": "case", "surge": "1", "at": "2026-03-02T00:00"}},
    "staff": {"ann": {"capacity": "1"}, "bob": {"capacity": "1"}},
}
ANY = (0, -1, -1, 0, 0, -1)
"""A case of the first type that asks for nothing."""


def profile_of(stage):
    world = World(Scenario.model_validate(TWO_STAGES), None)
    templates = Templates(world, build_trace(world.scenario, 0, 0, 1.0))
    return templates.of_contact(ANY, world.plans[0].stages[stage], float("nan"))


def test_hours_that_are_the_same_for_everybody_but_not_the_usual_ones_are_told():
    assert profile_of(0).effort == pytest.approx([3.0, 3.0])


def test_usual_hours_need_no_saying():
    assert profile_of(1).effort is None
    assert profile_of(1).handling_hours == pytest.approx(1.5)
