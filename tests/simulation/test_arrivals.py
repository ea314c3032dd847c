"""Surges, recurring work and open cases."""

import numpy as np
import pytest
from tests.simulation.streams import ACCOUNTS, WEEK, cases_of, trace

OUTAGE = {"types": "claim", "surge": 22, "at": "2026-03-10T10:00", "accounts": "gold"}
CHECK_INS = {"types": "question", "every": "1 w", "accounts": {"gold": 1, "small": 1}}


def test_a_surge_arrives_all_at_once():
    assert trace({"outage": OUTAGE}, hours=2 * WEEK).arrival.tolist() == [8 * 24 + 10.0] * 22


def test_a_surge_is_spread_evenly_over_its_time():
    found = trace({"outage": OUTAGE | {"surge": 4, "over": "2 h"}}, hours=2 * WEEK).arrival
    assert found.tolist() == [202.0, 202.5, 203.0, 203.5]


def test_a_surge_keeps_the_offset_or_else_the_time_zone_of_its_moment():
    offset = trace({"outage": OUTAGE | {"surge": 1, "at": "2026-03-02T05:00-05:00"}})
    local = trace({"outage": OUTAGE | {"surge": 1, "at": "2026-03-02T05:00"}}, time_zone="America/New_York")
    assert (offset.arrival.tolist(), local.arrival.tolist()) == ([10.0], [5.0])


def test_what_lies_outside_the_run_is_left_out_of_a_surge():
    early = trace({"outage": OUTAGE | {"surge": 4, "at": "2026-03-01T22:00", "over": "4 h"}})
    assert (early.ordinal.tolist(), early.arrival.tolist()) == ([2, 3], [0.0, 1.0])
    assert len(trace({"outage": OUTAGE})) == 0


def test_each_account_has_one_case_of_a_surge_that_reaches_them_all():
    assert sorted(trace({"outage": OUTAGE}, hours=2 * WEEK).account) == list(range(22))


def test_a_surge_beyond_the_accounts_comes_round_to_them_again():
    found = trace({"outage": OUTAGE | {"surge": 50}}, hours=2 * WEEK).account
    assert set(np.bincount(found)) == {2, 3}


def test_shares_decide_whose_accounts_a_surge_hits_first():
    surge = OUTAGE | {"surge": 1, "accounts": {"gold": 3, "small": 1}}
    gold = [trace({"outage": surge}, hours=2 * WEEK, replication=k).account[0] < 22 for k in range(300)]
    assert np.mean(gold) == pytest.approx(0.75, abs=4 * (0.1875 / 300) ** 0.5)


def test_a_group_without_a_share_is_not_hit():
    surge = OUTAGE | {"surge": 30, "accounts": {"gold": 1, "small": 0}}
    assert trace({"outage": surge}, hours=2 * WEEK).account.max() < 22


def test_each_account_has_recurring_work_once_per_period():
    found = trace({"check": CHECK_INS}, hours=4 * WEEK)
    assert np.bincount(found.account).tolist() == [4] * 122
    one = found.arrival[found.account == 7]
    assert np.diff(one).tolist() == pytest.approx([WEEK] * 3)


def test_phases_are_spread_over_the_period():
    found = trace({"check": CHECK_INS | {"accounts": "small"}}).arrival
    assert 0.0 < found.min() < found.max() < WEEK
    assert found.mean() == pytest.approx(WEEK / 2, abs=4 * WEEK / 12**0.5 / 10)


def test_recurring_work_with_a_period_beyond_the_run_reaches_some_accounts():
    found = trace({"check": CHECK_INS | {"every": "8 w"}}, hours=4 * WEEK)
    assert len(found) == pytest.approx(61, abs=4 * (122 / 4) ** 0.5)
    assert np.bincount(found.account).max() == 1


def test_one_account_more_leaves_the_recurring_work_of_the_others_alone():
    before = trace({"check": CHECK_INS}, hours=4 * WEEK)
    after = trace({"check": CHECK_INS}, hours=4 * WEEK, accounts=ACCOUNTS | {"gold": ACCOUNTS["gold"] | {"count": 23}})
    others = [row for row in cases_of(after, "check") if row[3] != "gold-0023"]
    assert others == cases_of(before, "check")
    assert len(after) == len(before) + 4


def test_outreach_goes_to_accounts_at_risk_alone():
    found = trace({"outreach": CHECK_INS | {"at_risk_only": True}}, hours=WEEK)
    again = trace({"outreach": CHECK_INS | {"at_risk_only": True, "every": "1 d"}}, hours=WEEK)
    assert set(found.account) == set(again.account)
    assert 0 < len(set(found.account)) < 22
    assert found.account.max() < 22  # nobody in the group of small accounts is at risk


def test_open_cases_are_there_at_the_start_at_their_stages():
    backlog = {"types": "claim", "open_cases": 2000, "open_stages": {"work": 1, "check": 3}}
    found = trace({"backlog": backlog})
    assert (len(found), found.arrival.max()) == (2000, 0.0)
    assert np.mean(found.first_stage) == pytest.approx(0.75, abs=4 * (0.1875 / 2000) ** 0.5)


def test_open_cases_of_a_type_without_those_stages_stand_at_its_first():
    backlog = {"types": {"claim": 1, "question": 1}, "open_cases": 50, "open_stages": {"check": 1}}
    found = trace({"backlog": backlog})
    assert set(zip(found.case_type.tolist(), found.first_stage.tolist(), strict=True)) == {(0, 1), (1, 0)}
