"""The rate of a stream over local time, and Poisson arrivals by it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from scipy import stats
from tests.simulation.streams import WEEK, scenario, trace

from caserouter.domain.errors import InvalidInput
from caserouter.domain.model import FrozenDict
from caserouter.simulation.draws import Draws
from caserouter.simulation.intensity import intensity_of, mean_intensity

NEW_YORK = ZoneInfo("America/New_York")


def pieces(rates, start=datetime(2026, 3, 2, tzinfo=NEW_YORK), growth=1.0, horizon=WEEK):
    """The rate as (start, end, rate) from a local moment on."""
    found = mean_intensity(FrozenDict(rates), growth, start, NEW_YORK, horizon)
    return list(zip(found.starts.tolist(), found.ends.tolist(), found.rates.tolist(), strict=True))


def test_hours_of_the_week_are_local_and_hours_not_named_have_no_arrivals():
    assert pieces({"Mon-Tue 09:00-17:00": 3.0}) == [(9.0, 17.0, 3.0), (33.0, 41.0, 3.0)]


def test_hours_named_twice_have_both_rates():
    found = pieces({"Mon 09:00-12:00": 3.0, "Mon 11:00-13:00": 2.0})
    assert found == [(9.0, 11.0, 3.0), (11.0, 12.0, 5.0), (12.0, 13.0, 2.0)]


def test_a_night_rate_runs_over_midnight_and_the_end_of_the_run_cuts_it():
    assert pieces({"Mon 22:00-06:00": 1.0}, horizon=29.0) == [(22.0, 24.0, 1.0), (24.0, 29.0, 1.0)]


def test_the_day_on_which_summer_time_begins_is_an_hour_short():
    found = pieces({"always": 1.0}, start=datetime(2026, 3, 8, tzinfo=NEW_YORK), horizon=47.0)
    assert found == [(0.0, 23.0, 1.0), (23.0, 47.0, 1.0)]
    assert pieces({"Sun 09:00-17:00": 1.0}, start=datetime(2026, 3, 8, tzinfo=NEW_YORK)) == [(8.0, 16.0, 1.0)]


def test_the_day_on_which_summer_time_ends_is_an_hour_long():
    assert pieces({"Mon 00:00-12:00": 1.0}, start=datetime(2026, 11, 1, tzinfo=NEW_YORK)) == [(25.0, 37.0, 1.0)]


def test_growth_multiplies_the_rate_of_a_day_by_its_part_of_a_week():
    found = pieces({"always": 2.0}, growth=1.1, horizon=24.0 * 8)
    assert len(found) == 9  # the last hour of the eighth day belongs to the ninth: a clock went forward
    assert [rate for _, _, rate in found] == pytest.approx([2.0 * 1.1 ** (day / 7) for day in range(9)])


def test_days_that_begin_late_in_the_scenario_count_from_local_midnight():
    assert pieces({"always": 1.0}, start=datetime(2026, 3, 2, 15, tzinfo=NEW_YORK), horizon=20.0) == [
        (0.0, 9.0, 1.0),
        (9.0, 20.0, 1.0),
    ]


def test_a_rate_of_zero_has_no_arrivals():
    assert len(trace({"post": {"types": "question", "rate": "0 per hour"}})) == 0


def test_gaps_between_arrivals_are_exponential():
    arrivals = trace({"post": {"types": "question", "rate": "60 per hour"}}).arrival
    assert stats.kstest(np.diff(arrivals) * 60.0, "expon").pvalue > 0.001
    assert len(arrivals) == pytest.approx(60 * WEEK, abs=4 * (60 * WEEK) ** 0.5)


def test_arrivals_keep_to_their_hours():
    arrivals = trace({"post": {"types": "question", "rate": {"Mon-Fri 09:00-17:00": "100 per hour"}}}).arrival
    assert set(np.floor(arrivals % 24.0)) == set(range(9, 17))
    assert set(np.floor(arrivals / 24.0)) == set(range(5))


def test_counts_of_equal_hours_vary_as_a_poisson_process_does():
    demand = {"post": {"types": "question", "rate": "20 per hour"}}
    counts = [np.bincount(trace(demand, replication=k).arrival.astype(int), minlength=168) for k in range(20)]
    assert np.var(counts) / np.mean(counts) == pytest.approx(1.0, abs=4 * (2 / 3360) ** 0.5)


def test_arrivals_before_a_moment_are_the_same_whatever_the_rate_is_after_it():
    slow = trace({"post": {"types": "question", "rate": {"Mon 00:00-12:00": 10.0}}}).arrival
    both = trace({"post": {"types": "question", "rate": {"Mon 00:00-12:00": 10.0, "Mon 12:00-18:00": 90.0}}}).arrival
    assert np.array_equal(both[both < 12.0], slow)


def test_busy_days_have_a_gamma_factor_with_mean_one_and_the_stated_cv():
    stream = scenario({"post": {"types": "question", "rate": "10 per hour", "busy_day_cv": 0.4}}).demand["post"]
    start, zone = datetime(2026, 1, 5, tzinfo=ZoneInfo("UTC")), ZoneInfo("UTC")
    factors = [intensity_of("post", stream, Draws(1, k), start, zone, 24.0 * 70).rates / 10.0 for k in range(60)]
    assert np.mean(factors) == pytest.approx(1.0, abs=4 * 0.4 / 4200**0.5)
    assert stats.kstest(np.ravel(factors), stats.gamma(1 / 0.16, scale=0.16).cdf).pvalue > 0.001


def test_a_busy_day_is_busy_from_midnight_to_midnight():
    stream = scenario({"post": {"types": "question", "rate": {"Mon 08:00-10:00": 1.0, "Mon 20:00-22:00": 1.0}, "busy_day_cv": 1}})
    found = intensity_of("post", stream.demand["post"], Draws(1, 0), datetime(2026, 3, 2, tzinfo=NEW_YORK), NEW_YORK, WEEK)
    assert found.rates[0] == found.rates[1] != 1.0


def test_more_cases_than_anyone_could_mean_are_refused():
    with pytest.raises(InvalidInput, match=r"16,800,000,000 cases of stream post: more than the 10,000,000 .* lower its rate"):
        trace({"post": {"types": "question", "rate": 1e8}})
