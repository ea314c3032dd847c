"""Targets: met, missed, or open."""

import numpy as np
import pytest
from pydantic import ValidationError
from tests.simulation.handmade import LABELS, records_of, scenario_of

from caserouter.simulation.jackknife import shared_confidence
from caserouter.simulation.language.scenario import Goal
from caserouter.simulation.targets import estimate_goals, targets_frame

LEVEL = "service_level_first_response"
RECORDS = [
    records_of(k, *[{"first_response_met": int(n >= late), "first_contact": 2} for n in range(100)])
    for k, late in enumerate((18, 20, 22))
]
"""Service levels of 82, 80 and 78 %: 80 % on average, with a half-width of 4.97 points."""


def frame_of(*goals, records=RECORDS):
    return targets_frame(goals, estimate_goals(scenario_of(), LABELS, records, goals), "USD")


@pytest.mark.parametrize(
    ("bound", "verdict"),
    [
        ({"at_least": 0.7}, "met"),
        ({"at_least": 0.78}, "open"),
        ({"at_least": 0.9}, "missed"),
        ({"at_most": 0.7}, "missed"),
        ({"at_most": 0.82}, "open"),
        ({"at_most": 0.9}, "met"),
    ],
)
def test_a_target_is_met_or_missed_where_the_whole_interval_is(bound, verdict):
    row = frame_of(Goal(measure=LEVEL, **bound)).iloc[0]
    assert row["estimate"] == pytest.approx(0.8)
    assert row["half_width"] == pytest.approx(4.3027 * 0.02 / 3**0.5, abs=1e-5)
    assert row["verdict"] == verdict


def test_one_replication_leaves_every_target_open():
    row = frame_of(Goal(measure=LEVEL, at_least=0.1), records=RECORDS[:1]).iloc[0]
    assert row["verdict"] == "open"
    assert np.isnan(row["half_width"])


def test_several_targets_hold_at_once():
    one, other = Goal(measure=LEVEL, at_least=0.7), Goal(measure="waiting_time_mean", at_most=3)
    alone, together = frame_of(one).iloc[0], frame_of(one, other).iloc[0]
    (found,) = estimate_goals(scenario_of(), LABELS, RECORDS, [one])
    assert together["half_width"] == found.half_width(shared_confidence(2))[0] > alone["half_width"]


def test_a_target_may_be_about_one_case_type():
    records = [records_of(k, {"case_type": 1, "first_response_met": 1}, {"first_response_met": 0}) for k in range(2)]
    row = frame_of(Goal(measure=LEVEL, at_least=0.5, case_type="claim"), records=records).iloc[0]
    assert row[["group_by", "group", "estimate", "verdict"]].tolist() == ["case_type", "claim", 1.0, "met"]


def test_targets_keep_their_order_and_their_units():
    goals = [Goal(measure="cost_per_resolved_case", at_most=9), Goal(measure=LEVEL, at_least=0.7)]
    frame = frame_of(*goals)
    assert frame["measure"].tolist() == ["cost_per_resolved_case", LEVEL]
    assert frame["unit"].tolist() == ["USD", "proportion"]
    assert frame["at_most"].tolist() == [9.0, pytest.approx(np.nan, nan_ok=True)]


def test_no_targets_make_an_empty_frame():
    assert list(frame_of()) == "measure group_by group at_least at_most estimate low high half_width verdict unit".split()
    assert len(frame_of()) == 0


def test_a_case_type_that_a_variant_does_not_have_is_not_estimated():
    row = frame_of(Goal(measure=LEVEL, at_least=0.5, case_type="gone")).iloc[0]
    assert np.isnan(row["estimate"])
    assert row["verdict"] == "open"


@pytest.mark.parametrize("measure", ["occupancy", "cost_per_resolved_case"])
def test_hours_that_are_paid_for_all_types_are_no_target_of_one(measure):
    with pytest.raises(
        ValidationError, match=f"{measure} of case type claim: hours are paid for all types together; leave case_type out"
    ):
        Goal(measure=measure, at_most=0.9, case_type="claim")
