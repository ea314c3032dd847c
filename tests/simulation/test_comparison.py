"""Variants against a base."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from tests.simulation.test_answer import SCENARIO
from tests.simulation.test_runner import BUSY, FEWER

from caserouter import compare, vary
from caserouter.domain.errors import InvalidInput
from caserouter.simulation.measures import HEADLINES

TARGET = {"measure": "service_level_resolution", "at_least": 0.9, "case_type": "claim"}
AIMING = vary(BUSY, {"case_types": {"claim": {"resolution": {"within": "4 h"}}}, "targets": [TARGET]})


@pytest.fixture(scope="module")
def answer():
    slower = vary(AIMING, {"name": "slower", "staff": {"east": {"handle_factor": 6.0}}})
    return compare(AIMING, [slower, AIMING], replications=10, jobs=1)


def test_a_comparison_shows_itself_in_one_line(answer):
    assert repr(answer) == "<ComparisonAnswer 'slower', 'by hand (2)' against 'by hand': 10 replications of each>"


def test_each_variant_is_compared_by_the_targets_and_the_headlines(answer):
    frame = answer.differences
    assert frame["variant"].unique().tolist() == ["slower", "by hand (2)"]
    for _, rows in frame.groupby("variant", observed=True):
        assert rows["measure"].tolist() == ["service_level_resolution", *HEADLINES]
        assert rows["group"].tolist() == ["claim", *["all"] * len(HEADLINES)]
        assert rows["family"].tolist() == ["targets", *["other measures"] * len(HEADLINES)]


def test_a_target_over_everything_is_not_repeated_among_the_headlines():
    aiming = vary(BUSY, {"targets": [{"measure": "waiting_time_mean", "at_most": 1}]})
    frame = compare(aiming, [FEWER], replications=2, jobs=1).differences
    assert (frame["measure"] == "waiting_time_mean").sum() == 1
    assert frame.loc[frame["measure"] == "waiting_time_mean", "family"].item() == "targets"


def test_the_same_scenario_shows_no_difference(answer):
    frame = answer.differences.query("variant == 'by hand (2)'").dropna(subset=["base"])
    assert (frame["difference"] == 0).all()
    assert (frame["verdict"] == "same").all()


def test_differences_are_those_of_the_replications(answer):
    """A second route to the mean backlog: SciPy's paired t interval over the table of replications."""
    base, slower = (
        one.replications.query("measure == 'backlog_mean' and group_by == 'all'")["value"].to_numpy()
        for one in answer.answers[:2]
    )
    row = answer.differences.query("variant == 'slower' and measure == 'backlog_mean'").iloc[0]
    num_compared = 2 * len(HEADLINES)
    interval = stats.ttest_rel(slower, base).confidence_interval(1 - 0.05 / num_compared)
    assert [row["difference"], row["low"], row["high"]] == pytest.approx([np.mean(slower - base), interval.low, interval.high])
    assert row["verdict"] == "worse"


def test_common_random_numbers_pay(answer):
    assert answer.differences.query("variant == 'slower' and measure == 'backlog_mean'")["variance_reduction"].item() > 1


def test_each_scenario_keeps_its_own_answer(answer):
    assert answer.names == ("by hand", "slower", "by hand (2)")
    assert answer.num_replications == answer.variants[1].num_replications == 10
    assert (answer.interrupted, answer.reached) == (False, None)
    assert answer.summaries["scenario"].unique().tolist() == list(answer.names)
    pd.testing.assert_frame_equal(answer.base.summary, answer.variants[1].summary)


def test_a_variant_that_keeps_the_name_of_the_base_goes_by_its_file(tmp_path):
    base, variant = tmp_path / "base.yaml", tmp_path / "two-desks.yaml"
    base.write_text(SCENARIO)
    variant.write_text("extends: base.yaml\nstaff: {ben: {capacity: 100}}\n")
    found = compare(base, [variant], replications=2, jobs=1)
    assert found.names == ("one desk", "two-desks")
    assert found.base.seed == found.variants[0].seed == 8


def test_a_half_width_is_that_of_the_differences(tmp_path):
    base, variant = tmp_path / "base.yaml", tmp_path / "two-desks.yaml"
    base.write_text(SCENARIO)
    variant.write_text("extends: base.yaml\nstaff: {ben: {capacity: 100}}\n")
    found = compare(base, [variant], half_width=0.1, jobs=1)
    assert found.reached
    assert found.differences.query("family == 'targets'")["half_width"].item() <= 0.1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"start": "2026-03-03T00:00"}, "other: its start is not that of by hand; give all of them the same one"),
        ({"window": {"length": "1 d"}}, "other: its window is not that of by hand; give all of them the same one"),
        ({"time_zone": "Europe/Berlin"}, "other: its time_zone is not that of by hand; give all of them the same one"),
        (
            {"routing": {"settings": {"currency": "EUR"}}},
            "other: its currency is not that of by hand; give all of them the same one",
        ),
    ],
)
def test_what_is_measured_differently_is_not_compared(changes, message):
    with pytest.raises(InvalidInput) as caught:
        compare(BUSY, [vary(BUSY, {"name": "other"} | changes)], replications=1)
    assert caught.value.message == message


def test_a_base_alone_has_nothing_to_be_compared_with():
    with pytest.raises(InvalidInput, match=r"^by hand: nothing to compare it with; name at least one variant$"):
        compare(BUSY, [])
