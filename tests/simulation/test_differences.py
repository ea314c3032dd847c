"""Paired differences."""

import numpy as np
import pytest
from scipy import stats

from caserouter.simulation.differences import OTHERS, TARGETS, Difference, differences_frame
from caserouter.simulation.jackknife import estimate_ratio, shared_confidence

LUCK = np.array([3.0, 9.0, 4.0, 8.0, 6.0, 7.0])
"""What the demand of each replication does to every scenario alike."""


def mean_of(values, measure="waiting_time_mean"):
    values = np.asarray(values, float)[None]
    return estimate_ratio(measure, "all", ("all",), values, np.ones(values.shape))


def row_of(base, variant, measure="waiting_time_mean"):
    difference = Difference(mean_of(base, measure), mean_of(variant, measure))
    return differences_frame(["variant"], [(TARGETS, [[difference]])], "USD").iloc[0]


def test_the_interval_of_a_difference_of_means_is_the_paired_t_interval():
    variant = LUCK - [1.0, 2.0, 1.5, 1.0, 0.5, 1.2]
    row, test = row_of(LUCK, variant), stats.ttest_rel(variant, LUCK)
    interval = test.confidence_interval(0.95)
    assert row[["difference", "low", "high"]].tolist() == pytest.approx([-1.2, interval.low, interval.high])
    assert row[["base", "value"]].tolist() == pytest.approx([LUCK.mean(), variant.mean()])


def test_the_difference_of_ratios_pairs_their_pseudo_values():
    """Base sums 1/2, 2/4, 6/6, variant 2/2, 2/4, 6/6: pseudo-values 0.65, 0.5, 1.25 and, with θ = 10/12, 0.9, 0.5, 7/6."""
    ones = [
        estimate_ratio("occupancy", "all", ("all",), np.array([top]), np.array([[2.0, 4, 6]]))
        for top in ([1.0, 2, 6], [2.0, 2, 6])
    ]
    found = Difference(*ones).estimate
    assert found.pseudo_values[0] == pytest.approx([0.25, 0.0, -1 / 12])
    assert found.value == pytest.approx([1 / 12])


def test_the_variance_reduction_is_what_pairing_saves():
    """Var A = Var B = 1 and Var(B − A) = 1 where half the movement is shared: twice the replications would have been needed."""
    base, noise = np.array([1.0, -1, 1, -1]), np.array([1.0, 1, -1, -1])
    variant = base / 2 + noise * 0.75**0.5
    assert row_of(base, variant)["variance_reduction"] == pytest.approx(2.0)
    assert row_of(base, noise)["variance_reduction"] == pytest.approx(1.0)


def test_what_never_differs_has_no_width_and_an_infinite_variance_reduction():
    row = row_of(LUCK, LUCK)
    assert row[["difference", "half_width"]].tolist() == [0.0, 0.0]
    assert row["variance_reduction"] == np.inf
    assert row["verdict"] == "same"


@pytest.mark.parametrize(
    ("measure", "change", "verdict"),
    [
        ("waiting_time_mean", -1.0, "better"),
        ("waiting_time_mean", 1.0, "worse"),
        ("commitments_kept", 1.0, "better"),
        ("occupancy", 1.0, "higher"),
        ("occupancy", -1.0, "lower"),
        ("waiting_time_mean", 0.01, "unclear"),
    ],
)
def test_a_verdict_is_given_where_the_interval_excludes_zero(measure, change, verdict):
    wobble = np.array([0.1, -0.1, 0.1, -0.1, 0.1, -0.1])
    assert row_of(LUCK, LUCK + change + wobble, measure)["verdict"] == verdict


def test_one_replication_has_a_difference_and_no_interval():
    row = row_of([3.0], [2.0])
    assert row["difference"] == -1.0
    assert row[["low", "high", "half_width", "variance_reduction"]].isna().all()
    assert row["verdict"] == "unclear"


def test_each_family_holds_at_once_over_variants_and_measures():
    """Four differences in one family: each interval has 98.75 %. The other family has one, at 95 %."""
    pair = Difference(mean_of(LUCK), mean_of(LUCK[::-1]))
    frame = differences_frame(["a", "b"], [(TARGETS, [[pair, pair], [pair, pair]]), (OTHERS, [[pair], []])], "USD")
    ratio = frame["half_width"].iloc[0] / frame["half_width"].iloc[-1]
    assert ratio == pytest.approx(stats.t.ppf(1 - 0.05 / 8, 5) / stats.t.ppf(0.975, 5))
    assert frame["variant"].tolist() == ["a", "a", "b", "b", "a"]
    assert frame["family"].tolist() == ["targets"] * 4 + ["other measures"]


def test_simultaneous_intervals_cover_together():
    """400 times ten null differences from ten replications: all ten cover in 95 % or more, less four standard errors."""
    values = np.random.default_rng(7).normal(size=(400, 10, 10))
    confidence = shared_confidence(10)
    found = estimate_ratio("occupancy", "all", ("all",) * 4000, values.reshape(4000, 10), np.ones((4000, 10)))
    covers = (np.abs(found.value) <= found.half_width(confidence)).reshape(400, 10)
    assert covers.all(axis=1).mean() >= 0.95 - 4 * (0.95 * 0.05 / 400) ** 0.5
    assert covers.mean() < 1.0
