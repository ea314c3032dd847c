"""Accounts at risk under the stated churn curve."""

import numpy as np
import pytest
from tests.simulation.handmade import LABELS, cases_of, records_of, scenario_of

from caserouter.simulation.cohort import Cohort
from caserouter.simulation.language.scenario import Retention
from caserouter.simulation.local_time import LocalTime
from caserouter.simulation.retention import churn_probability, retention_estimates

CURVE = Retention(late_first_response=0.1, late_resolution=0.2, broken_commitment=0.3, chase=0.4)


def leaving(*rows, curve=CURVE):
    """Probability that the account of number 0 leaves."""
    return churn_probability(cases_of(*({"account": 0} | row for row in rows)), curve, 3)[0]


@pytest.mark.parametrize(
    ("row", "probability"),
    [
        ({"first_response_met": 0}, 0.1),
        ({"resolution_met": 0}, 0.2),
        ({"commitments": 3, "commitments_kept": 2}, 0.3),
        ({"chases": 1}, 0.4),
        ({"first_response_met": 1, "resolution_met": 1, "commitments": 2, "commitments_kept": 2}, 0.0),
        ({"first_response_met": np.nan, "resolution_met": np.nan}, 0.0),
        ({"first_response_met": 0, "measured": 0}, 0.0),
    ],
)
def test_each_disappointment_has_its_own_probability(row, probability):
    assert leaving(row) == pytest.approx(probability)


def test_an_account_stays_if_it_stays_after_each():
    """1 − 0.9 · 0.8 · 0.6², over a case late twice and another one chased twice."""
    assert leaving({"first_response_met": 0, "resolution_met": 0}, {"chases": 2}) == pytest.approx(1 - 0.9 * 0.8 * 0.36)


def test_an_account_that_certainly_leaves_does_not_leave_twice():
    assert leaving({"chases": 3}, curve=Retention(chase=1.0)) == 1.0


def test_cases_without_an_account_put_none_at_risk():
    assert churn_probability(cases_of({"chases": 1}), CURVE, 3).tolist() == [0.0, 0.0, 0.0]


def estimated(records, group_bys):
    cases = Cohort(records, LABELS, LocalTime.of(scenario_of()))
    return {one.measure: one.value.tolist() for one in retention_estimates(cases, CURVE, group_bys)}


def test_accounts_and_revenue_at_risk_are_expected_numbers():
    """Account 0 (gold, 1000) leaves with 0.4 in one of two replications, account 1 (no tier, 500) with 0.1 in both."""
    late = {"account": 1, "first_response_met": 0}
    records = [records_of(0, {"account": 0, "chases": 1}, late), records_of(1, late)]
    assert estimated(records, ["all"]) == {"accounts_at_risk": [pytest.approx(0.3)], "revenue_at_risk": [pytest.approx(250.0)]}
    by_tier = estimated(records, ["account_tier"])
    assert by_tier["accounts_at_risk"] == pytest.approx([0.2, 0.1])
    assert by_tier["revenue_at_risk"] == pytest.approx([200.0, 50.0])
