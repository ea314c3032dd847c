"""A scenario in words."""

import pytest
from tests.reporting.conftest import DATA

from caserouter import load_scenario
from caserouter.domain.calendar import parse_shifts
from caserouter.reporting.scenario_text import (
    Change,
    case_type_text,
    changes,
    hours_text,
    staff_text,
    stage_text,
    stream_text,
    timing_text,
)
from caserouter.simulation.language.demand import Stream
from caserouter.simulation.language.quantities import Timing


@pytest.fixture(scope="module")
def desk():
    return load_scenario(DATA / "desk.yaml")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("25 min", "constant 25.0 min"),
        ("exponential(2 h)", "exponential, mean 2.0 h"),
        ("lognormal(3 d, cv=0.8)", "lognormal, mean 3.0 d, cv 0.8"),
    ],
)
def test_a_random_time_is_its_shape_its_mean_and_its_variation(written, text):
    assert timing_text(Timing.model_validate(written)) == text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Mon-Fri 09:00-17:00; Sat 10:00-14:00", "Mon–Fri 09:00–17:00; Sat 10:00–14:00"),
        ("Mon, Wed 22:00-06:00", "Mon, Wed 22:00–06:00"),
    ],
)
def test_hours_are_written_as_people_do(written, text):
    assert hours_text(parse_shifts(written)) == text


def test_no_hours_at_all_means_always():
    assert hours_text(()) == "always"


@pytest.mark.parametrize(
    ("stream", "text"),
    [
        (
            {"rate": "2 per hour", "growth": 1.02, "busy_day_cv": 0.2},
            "Poisson, 2 per hour always, growing by a factor of 1.02 a week, busy days with cv 0.2",
        ),
        ({"surge": 22, "at": "2026-03-10T10:00", "over": "2 h"}, "22 cases from 2026-03-10 10:00 on, over 2.0 h"),
        ({"every": "30 d", "accounts": "gold"}, "one case per account every 30.0 d"),
        ({"open_cases": 7}, "7 cases that are open at the start"),
        ({"trace": "log.csv"}, "as recorded in log.csv"),
    ],
)
def test_each_kind_of_demand_is_told(stream, text):
    assert stream_text(Stream.model_validate({"types": "question"} | stream)) == text


def test_a_stage_tells_who_how_long_and_what_follows(desk):
    stages = desk.case_types["claim"].stages
    assert stage_text(stages["decide"]) == "by owner, constant 20.0 min; then resolved 90 %, desk 10 %"
    assert stage_text(stages["desk"]) == "by department back_office, exponential, mean 5.0 h; then resolved"


def test_a_case_type_tells_its_needs_and_targets(desk):
    text = case_type_text(desk.case_types["question"])
    assert text == "priority 3, weight 1; first response within 2 business hours; resolution within 16 business hours"


def test_staff_tell_their_number_room_and_hours(desk):
    assert staff_text(desk.staff["anna"]) == "1 with a capacity of 12; Mon–Fri 09:00–17:00"


def test_a_variant_is_told_by_what_it_changes(desk):
    more = desk.staff["anna"].model_copy(update={"capacity": 20})
    variant = desk.model_copy(update={"name": "other", "staff": {**desk.staff, "anna": more}})
    assert changes(desk, variant) == [Change("staff.anna.capacity", "12", "20")]


def test_what_a_variant_adds_is_told_as_one_would_write_it(desk):
    (change,) = changes(desk, load_scenario(DATA / "desk_three.yaml"))
    assert (change.key, change.before) == ("staff.carla", "")
    assert change.after.startswith(
        "{capacity: 12, cost_per_hour: {minor: 4000}, shifts: [{days: [0, 1, 2, 3, 4], start: 09:00:00"
    )


def test_a_scenario_does_not_differ_from_itself(desk):
    assert changes(desk, desk) == []
