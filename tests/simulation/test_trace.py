"""The demand trace: what cases ask for, in what order they come, and what leaves whose draws alone."""

import numpy as np
import pytest
from scipy import stats
from tests.simulation.streams import ACCOUNTS, TYPES, WEEK, cases_of, scenario, trace

from caserouter.simulation.trace import build_trace

POST = {"types": {"claim": 3, "question": 1}, "rate": "25 per hour", "accounts": {"gold": 1, "small": 1}, "busy_day_cv": 0.3}
CALLS = {"types": "question", "rate": "5 per hour"}
SURGE = {"types": "claim", "surge": 22, "at": "2026-03-03T10:00", "accounts": "gold"}
CHECK_INS = {"types": "question", "every": "2 d", "accounts": "gold"}
STAFF = {"team": {"count": 2, "capacity": 5}}


@pytest.fixture(scope="module")
def post():
    """The trace of one stream with everything that a case can ask for."""
    return trace({"post": POST}, hours=4 * WEEK)


def near(share, n):
    """`share` of `n` cases within four standard errors."""
    return pytest.approx(share, abs=4 * (share * (1 - share) / n) ** 0.5)


def test_cases_come_sorted_by_arrival_then_stream_then_ordinal():
    backlog = {"types": "claim", "open_cases": 5}
    found = trace({"first": backlog, "post": POST, "second": backlog})
    keys = list(zip(found.arrival, found.stream, found.ordinal, strict=True))
    assert keys == sorted(keys)
    assert [(stream, ordinal) for _, stream, ordinal in keys[:10]] == [(s, k) for s in (0, 2) for k in range(5)]


def test_rows_are_the_columns_as_python_numbers(post):
    rows = list(post.rows())
    assert len(rows) == len(post)
    assert [row[2] for row in rows] == post.arrival.tolist()
    assert [type(value) for value in rows[0]] == [int, int, float, int, int, int, int, float, int, int, int, float]


def test_types_come_by_their_shares(post):
    assert np.mean(post.case_type == post.case_types.index("claim")) == near(0.75, len(post))


def test_categories_come_by_their_shares_and_never_without_one(post):
    claims = post.case_type == 0
    places = [post.jurisdictions[k] for k in post.jurisdiction[claims]]
    assert np.mean([place == "NY" for place in places]) == near(2 / 3, claims.sum())
    assert "CA" not in places
    assert np.mean(post.language[claims] == post.languages.index("es")) == near(0.25, claims.sum())
    assert np.mean(post.root_cause[claims] == post.root_causes.index("outage")) == near(0.5, claims.sum())


def test_a_type_that_asks_for_nothing_has_cases_that_ask_for_nothing(post):
    questions = post.case_type == 1
    for column in (post.jurisdiction, post.language, post.root_cause):
        assert set(column[questions]) == {-1}
    assert np.all(np.isnan(post.amount[questions]))
    assert not post.flags[questions].any()


def test_risk_flags_are_drawn_one_by_one_into_the_bits_of_their_sorted_names(post):
    flags = post.flags[post.case_type == 0]
    executive, legal = flags & 1, flags >> 1 & 1
    assert np.mean(executive) == near(0.5, len(flags))
    assert np.mean(legal) == near(0.25, len(flags))
    assert np.mean(executive & legal) == near(0.125, len(flags))
    assert set(flags) == {0, 1, 2, 3}


def test_amounts_are_whole_minor_units_of_the_stated_distribution(post):
    amounts = post.amount[post.case_type == 0]
    sigma = np.log(1.25) ** 0.5
    assert np.array_equal(amounts, np.rint(amounts))
    assert stats.kstest(amounts, stats.lognorm(sigma, scale=10_000 / 1.25**0.5).cdf).pvalue > 0.001


def test_a_constant_amount_is_that_amount():
    types = {"claim": TYPES["claim"] | {"amount": "150 USD"}}
    found = trace({"post": {"types": "claim", "open_cases": 3}}, case_types=types)
    assert found.amount.tolist() == [15_000.0] * 3


def test_accounts_come_by_the_share_of_their_group_and_alike_within_it(post):
    gold = post.account < 22
    assert np.mean(gold) == near(0.5, len(post))
    assert stats.chisquare(np.bincount(post.account[gold])).pvalue > 0.001
    assert (post.accounts[0], post.accounts[22]) == ("gold-0001", "small-0001")


def test_the_effort_of_drawn_cases_is_one(post):
    assert set(post.effort) == {1.0}


@pytest.mark.parametrize(
    "more",
    [
        {"demand": {"calls": CALLS}},
        {"demand": {"outage": SURGE}},
        {"demand": {"check": CHECK_INS}},
        {"staff": STAFF},
        {"accounts": ACCOUNTS | {"new": {"count": 5}}},
        {"case_types": TYPES | {"new": {"stages": {"work": {"handle": "1 min"}}, "jurisdictions": {"TX": 1}}}},
    ],
)
def test_what_is_added_leaves_every_draw_of_the_others_as_it_was(more):
    base = {"post": POST, "round": CHECK_INS | {"every": "1 d"}}
    before, after = trace(base), trace(base | more.pop("demand", {}), **more)
    for stream in base:
        assert described(after, stream) == described(before, stream)
    late = (0, "handle", 4000, 2)
    assert after.draws.uniform(*late) == before.draws.uniform(*late)


def described(found, stream):
    """The cases of a stream, jurisdictions by name."""
    return [(*row[:4], int(row[4]) >= 0 and found.jurisdictions[int(row[4])], *row[5:]) for row in cases_of(found, stream)]


def test_a_longer_horizon_adds_cases_at_the_end_alone():
    demand = {"post": POST, "round": CHECK_INS, "outage": SURGE}
    short, long = list(trace(demand, hours=100.0).rows()), list(trace(demand, hours=WEEK).rows())
    assert str(long[: len(short)]) == str(short)
    assert all(row[2] >= 100.0 for row in long[len(short) :])


def test_the_same_seed_and_replication_give_the_same_trace_whatever_was_built_before():
    world = scenario({"post": POST})
    first = list(build_trace(world, 5, 2, WEEK).rows())
    build_trace(world, 5, 3, 2 * WEEK)
    assert str(list(build_trace(world, 5, 2, WEEK).rows())) == str(first)
    assert str(list(build_trace(world, 6, 2, WEEK).rows())) != str(first)


def test_another_rate_moves_arrivals_and_redraws_nothing():
    slow, fast = (trace({"post": CALLS | {"types": "claim", "rate": rate}}) for rate in ("5 per hour", "10 per hour"))
    n = len(slow)
    assert np.array_equal(fast.amount[:n], slow.amount)
    assert fast.arrival[:n] * 2.0 == pytest.approx(slow.arrival)


def test_no_demand_is_an_empty_trace():
    found = trace({})
    assert (len(found), list(found.rows()), found.streams) == (0, [], ())
    assert found.accounts[0] == "gold-0001"
