"""The backlog by age, against a count of the cases one by one."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.simulation.handmade import LABELS, records_of, scenario_of

from caserouter.simulation.backlog import AGE_BANDS, backlog_estimate, backlog_hours, open_by_age
from caserouter.simulation.cohort import Cohort
from caserouter.simulation.local_time import LocalTime

BANDS = list(AGE_BANDS)


def counts(hour, *rows):
    """Open cases by age band at one hour."""
    return dict(zip(BANDS, open_by_age(records_of(0, *rows), np.array([hour]))[:, 0].tolist(), strict=True))


def test_open_cases_are_counted_by_their_age():
    rows = [{"arrival": 0}, {"arrival": 90}, {"arrival": 97}, {"arrival": 99, "resolved": 99.5}, {"arrival": 101}]
    assert counts(100.0, *rows) == {"under 4 h": 1, "4 to 24 h": 1, "1 to 3 d": 0, "3 to 7 d": 1, "over 7 d": 0}


def test_a_case_enters_a_band_at_its_youngest_age():
    assert counts(4.0, {"arrival": 0})["4 to 24 h"] == 1
    assert counts(3.999, {"arrival": 0})["under 4 h"] == 1


def test_a_case_is_open_from_its_arrival_until_before_its_resolution():
    row = {"arrival": 2, "resolved": 3}
    assert [sum(counts(hour, row).values()) for hour in (1.9, 2.0, 2.9, 3.0)] == [0, 1, 1, 0]


def test_an_abandoned_case_is_open_until_then():
    row = {"arrival": 2, "abandoned": 3}
    assert [sum(counts(hour, row).values()) for hour in (2.5, 3.0)] == [1, 0]


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200) | st.none()), max_size=20), st.integers(0, 250))
def test_the_bands_hold_every_open_case_once(drawn, hour):
    rows = [{"arrival": start} | ({} if spell is None else {"resolved": start + spell}) for start, spell in drawn]
    edges = [*AGE_BANDS.values(), np.inf]
    expected = [
        sum(youngest <= hour - start < oldest and (spell is None or hour < start + spell) for start, spell in drawn)
        for youngest, oldest in pairwise(edges)
    ]
    assert list(counts(float(hour), *rows).values()) == expected


def test_a_long_window_is_counted_at_whole_hours_and_a_short_one_closely():
    assert np.diff(backlog_hours((336.0, 1008.0))).tolist() == [2.0] * 336
    assert backlog_hours((336.0, 1008.0))[[0, -1]].tolist() == [336.0, 1008.0]
    assert len(backlog_hours((0.0, 12.0))) == 401


def mean_backlog(*rows, group_by="all"):
    """Over the window from hour 0 to 24."""
    cases = Cohort([records_of(0, *rows)], LABELS, LocalTime.of(scenario_of()), measured=False)
    return backlog_estimate(cases, cases.groupings[group_by]).value.tolist()


def test_the_mean_backlog_is_that_of_the_window_alone():
    """Open for 6 of the 24 hours, from before the window for 12, and beyond its end for 4."""
    rows = [{"arrival": 3, "resolved": 9}, {"arrival": -5, "resolved": 12, "measured": 0}, {"arrival": 20}]
    assert mean_backlog(*rows) == [pytest.approx(22 / 24)]


def test_the_mean_backlog_has_groups():
    rows = [{"arrival": 0, "resolved": 12}, {"arrival": 0, "resolved": 24, "case_type": 1}, {"arrival": 30, "resolved": 40}]
    assert mean_backlog(*rows, group_by="case_type") == [0.5, 1.0]
