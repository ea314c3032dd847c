"""Estimates as data frames."""

import numpy as np
import pandas as pd
import pytest
from tests.simulation.handmade import LABELS, records_of, scenario_of, staff_of

from caserouter.simulation.estimates import estimate
from caserouter.simulation.frames import backlog_frame, replications_frame, summary_frame, waits_frame
from caserouter.simulation.local_time import LocalTime

RECORDS = [
    records_of(3, {"first_response_met": 1, "wait_customer": 3.0}, {"first_response_met": 1}, staff=staff_of(cost=[1, 2, 3])),
    records_of(5, {"first_response_met": 0, "wait_customer": 1.0, "wait_review": 4.0}, staff=staff_of(cost=[1, 2, 6])),
]


def found(*measures, records=RECORDS):
    return estimate(scenario_of(), LABELS, records, measures)


def test_the_summary_has_a_row_per_measure_and_group():
    frame = summary_frame(found("cost"), "EUR")
    assert list(frame) == "measure group_by group estimate low high half_width num_replications unit".split()
    overall = frame.iloc[0]
    assert overall[["measure", "group_by", "group", "unit"]].tolist() == ["cost", "all", "all", "EUR"]
    assert overall["estimate"] == 7.5
    assert overall["num_replications"] == 2
    assert frame["group"].tolist() == ["all", "east", "west", "ana", "ben", "cem"]


def test_an_interval_is_the_estimate_and_its_half_width():
    """Values 6 and 9: t with one degree of freedom, 12.7062, times 1.5."""
    overall = summary_frame(found("cost"), "EUR").iloc[0]
    assert overall["half_width"] == pytest.approx(19.0593, abs=1e-4)
    assert overall["high"] == pytest.approx(7.5 + 19.0593, abs=1e-4)
    assert overall["low"] == 0.0


def test_the_interval_of_a_proportion_ends_at_one():
    overall = summary_frame(found("service_level_first_response"), "EUR").iloc[0]
    assert (overall["low"], overall["high"]) == (0.0, 1.0)
    assert overall["half_width"] > 1.0


def test_one_replication_has_estimates_and_no_intervals():
    frame = summary_frame(found("cost", records=RECORDS[:1]), "EUR")
    assert frame["estimate"].tolist()[0] == 6.0
    assert frame[["low", "high", "half_width"]].isna().all(axis=None)


def test_groups_that_nobody_observed_have_no_row_but_the_whole_has():
    frame = summary_frame(found("service_level_resolution"), "EUR")
    assert frame["group"].tolist() == ["all"]
    assert np.isnan(frame["estimate"][0])
    assert frame["num_replications"][0] == 0


def test_each_replication_has_its_own_value_under_its_own_number():
    frame = replications_frame(found("service_level_first_response"), [3, 5])
    assert list(frame) == "replication measure group_by group value".split()
    overall = frame[frame["group_by"] == "all"]
    assert overall[["replication", "value"]].to_numpy().tolist() == [[3, 1.0], [5, 0.0]]
    assert "hour_of_week" not in set(frame["group_by"])


def test_a_replication_without_observations_of_a_group_has_no_row():
    frame = replications_frame(found("wait_customer_mean", records=[records_of(0, {}), records_of(1)]), [0, 1])
    assert set(frame["replication"]) == {0}


def test_waits_are_split_by_cause():
    frame = waits_frame(summary_frame(found("wait_customer_mean", "wait_review_mean"), "EUR"))
    overall = frame[frame["group_by"] == "all"].set_index("cause")
    assert overall["estimate"].to_dict() == pytest.approx({"customer": 4 / 3, "review": 4 / 3})
    assert overall["share"].tolist() == [0.5, 0.5]


def test_where_nobody_waits_the_causes_have_no_shares():
    frame = waits_frame(summary_frame(found("wait_customer_mean", records=[records_of(0, {})]), "EUR"))
    assert frame["share"].isna().all()


def test_the_backlog_has_a_row_per_moment_and_age():
    records = [records_of(0, {"arrival": 0}), records_of(1, {"arrival": 0}, {"arrival": 0, "resolved": 1})]
    frame = backlog_frame(records, LocalTime.of(scenario_of()))
    assert list(frame) == "hour at age open_cases low high half_width".split()
    start = frame[frame["hour"] == 0].set_index("age")["open_cases"]
    assert start.to_dict() == {"all": 1.5, "under 4 h": 1.5, "4 to 24 h": 0, "1 to 3 d": 0, "3 to 7 d": 0, "over 7 d": 0}
    assert frame["at"].iloc[0] == pd.Timestamp("2026-03-02", tz="UTC")
    assert frame["half_width"].iloc[0] == pytest.approx(12.7062 / 2, abs=1e-4)


def test_the_same_records_give_the_same_frames():
    first, second = (summary_frame(estimate(scenario_of(), LABELS, RECORDS), "EUR") for _ in range(2))
    pd.testing.assert_frame_equal(first, second, check_exact=True)
