"""The online policy: the compiled pass agrees with the cost terms, and scarce capacity is kept for those who need it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from tests.routing.desk import case, person, placed, pulled, state_of
from tests.strategies import Queue, queues

from caserouter.domain.settings import Prices, Settings
from caserouter.domain.specialist import HeldCase
from caserouter.routing.build import build_queue
from caserouter.routing.clock import Clock
from caserouter.routing.costs import pair_cost, pair_terms, waiting_cost
from caserouter.routing.pairs import Pairs
from caserouter.routing.priced import PricedPolicy
from caserouter.routing.result import WAITING
from caserouter.routing.roster import Roster
from caserouter.routing.scarcity import case_mix, scarcity_price
from caserouter.routing.state import RoutingState

NO_RISK = Prices(fairness=0.0, breach=0.0)


@given(queues())
@hypothesis_settings(max_examples=100, deadline=None)
def test_the_compiled_pass_agrees_with_the_cost_terms(queue: Queue):
    """Case after case, the cost is that of the cheapest pair by `pair_cost`, on the books that the cases before it left."""
    roster = Roster.compile(queue.specialists, queue.accounts, queue.settings, clock=Clock(queue.now))
    state, policy = RoutingState.start(roster), PricedPolicy(queue.cases)
    mix = case_mix([roster.profile(one) for one in queue.cases], roster, 0.0)
    for one in queue.cases:
        profile = roster.profile(one)
        decision = policy.place(profile, state)
        pairs = Pairs.of([profile], state)
        costs = pair_cost(pairs, state, scarcity_price(mix, state.free, queue.settings.prices.scarcity))
        if decision.cost is not None:
            chosen = costs[pairs.specialist == decision.specialist]
            assert chosen == pytest.approx(costs.min())
            assert decision.cost == pytest.approx(costs.min())
        elif not state.ties.awaits(one):
            assert not len(costs) or (queue.settings.reserve and costs.min() > waiting_cost(profile, queue.settings))
        state.apply(profile, decision.specialist)


def test_the_only_expert_is_kept_for_those_who_need_one():
    """The expert is cheaper by an hour's cost, 1.00, but a unit of the one book that fraud cases need is worth more."""
    people = [person("expert", skills={"fraud": 3}, cost_per_hour="47 USD", capacity=2), person("other", capacity=2)]
    easy, fraud = case("C-1"), case("C-2", required_skills={"fraud": 2})
    settings = Settings(prices=NO_RISK)
    assert placed(PricedPolicy(), state_of(people, settings), [easy]) == ["expert"]
    assert placed(PricedPolicy([fraud] * 24), state_of(people, settings), [easy]) == ["other"]


def test_the_price_of_scarcity_follows_the_books():
    """With κ = 60 and 2 fraud cases per hour a unit of a costs 120 / (50 + 1)² = 0.05 while b has room for 40, and

    120 / (10 + 1)² = 0.99 once b is full: then c, who costs 0.50 more per hour, is the cheaper.
    """
    people = [
        person("a", skills={"fraud": 3}),
        person("b", skills={"fraud": 3}, capacity=40),
        person("c", cost_per_hour="48.50 USD"),
    ]
    fraud = case("F-1", required_skills={"fraud": 2})
    state = state_of(people, Settings(prices=NO_RISK))
    policy = PricedPolicy([fraud] * 48)
    first = policy.place(state.roster.profile(case("C-1")), state)
    state.caseload[1] = 40
    second = policy.place(state.roster.profile(case("C-2")), state)
    assert (first.specialist, second.specialist) == (0, 2)


def test_hours_of_work_ahead_of_a_deadline_have_a_price():
    """Both cost the same per hour; a's book of eight open cases is likely to make the case late."""
    people = [person("a", held_cases=[HeldCase(id=f"H-{k}") for k in range(8)]), person("b")]
    state = state_of(people, Settings(prices=Prices(fairness=0.0)))
    due = case("C-1", resolution_due="2026-03-02T19:00:00Z")
    assert placed(PricedPolicy(), state, [due]) == ["b"]


@pytest.mark.parametrize(("reserve", "taker"), [(True, None), (False, "a")])
def test_only_with_a_reserve_does_a_case_wait_for_its_price(reserve, taker):
    """An hour costs 48.00, waiting at priority 5 costs 0.50."""
    settings = Settings(reserve=reserve, prices=Prices(waiting=1.0))
    assert placed(PricedPolicy(), state_of([person("a")], settings), [case("C-1", priority=5)]) == [taker]


def test_linked_cases_go_where_they_are_cheapest_together():
    """Apart, C-1 is cheapest with a and C-2 with b; together b wins: b saves 30.00 on C-2 and costs 20.00 more on C-1."""
    people = [person("a", skills={"claims": 3}), person("b", skills={"claims": 3})]
    settings = Settings(prices=Prices(fairness=0.0, breach=0.0, not_preferred=20.0, missing_preferred_skill=0.0))
    first = case("C-1", preferred_specialists={"a"}, linked_cases={"C-2"})
    second = case("C-2", preferred_specialists={"b"})
    third = case("C-3", preferred_specialists={"b"}, linked_cases={"C-2"})
    assert pulled(PricedPolicy(), state_of(people, settings), [first, second, third]) == {"C-1": "b", "C-2": "b", "C-3": "b"}


def test_the_most_urgent_case_gets_the_last_place():
    cases = [case("C-1", priority=3), case("C-2", priority=1), case("C-3", created="2026-03-02T14:00:00Z", priority=3)]
    assert pulled(PricedPolicy(), state_of([person("a", capacity=2)]), cases) == {"C-2": "a", "C-3": "a", "C-1": None}


def test_a_pull_offers_only_to_those_who_are_asked_for():
    state = state_of([person("a"), person("b")])
    profile = state.roster.profile(case("C-1"))
    (decision,) = PricedPolicy().pull([profile], np.array([1]), state)
    assert decision.specialist == 1


def test_a_policy_serves_one_roster_after_another():
    policy = PricedPolicy([case("C-1")])
    assert placed(policy, state_of([person("a")]), [case("C-1")]) == ["a"]
    assert placed(policy, state_of([person("b"), person("c")]), [case("C-1")]) == ["b"]


def test_a_single_case_costs_online_what_it_costs_in_a_batch():
    state = state_of([person("a", held_cases=[HeldCase(id="H-1", weight=3)])])
    profile = state.roster.profile(case("C-1", resolution_due="2026-03-03T15:00:00Z"))
    queue = build_queue([profile], state)
    online = PricedPolicy([profile.case]).place(profile, state)
    load = queue.problem.load_price[0] * queue.problem.unit
    assert online.cost == pytest.approx(queue.pair_cost[0] + load, abs=queue.problem.unit)
    assert online.specialist != WAITING


def test_what_was_decided_before_changes_no_decision():
    """A licence that lapses at 18:30 UTC, three and a half hours on, is in the outlook of the whole day, whenever the policy is first asked."""
    licensed = {"required_credentials": [["hipaa"]]}
    credentials = ({"kind": "hipaa", "valid_until": "2026-03-02"},)
    people = [person("a", credentials=credentials, time_zone="Asia/Kolkata"), person("b", cost_per_hour="48.50")]
    sample = [case("H-1", weight=6, **licensed)]
    state = state_of(people, Settings(prices=Prices(fairness=0.0)))
    early, late = PricedPolicy(sample), PricedPolicy(sample)
    early.place(state.roster.profile(case("C-1")), state)
    state.now = 6.0
    profile = state.roster.profile(case("C-2"))
    assert early.place(profile, state) == late.place(profile, state)


@given(queues())
@hypothesis_settings(max_examples=100, deadline=None)
def test_what_evidence_states_is_every_term_of_the_cheapest_pairs(queue: Queue):
    """Case after case, on the books that the cases before it left."""
    roster = Roster.compile(queue.specialists, queue.accounts, queue.settings, clock=Clock(queue.now))
    state, policy = RoutingState.start(roster), PricedPolicy(queue.cases)
    for one in queue.cases:
        profile = roster.profile(one)
        pairs = Pairs.of([profile], state)
        expected = pair_terms(pairs, state, scarcity_price(policy.mix(state), state.free, queue.settings.prices.scarcity))
        cost = np.sum(list(expected.values()), axis=0)
        who, terms = policy.weigh(profile, 3, None, state)
        assert (len(who), terms._fields) == (min(len(pairs.specialist), 3), tuple(expected))
        np.testing.assert_allclose(np.sum(terms, axis=0), np.sort(cost)[: len(who)], rtol=1e-9)
        at = np.searchsorted(pairs.specialist, who)
        for name, values in expected.items():
            np.testing.assert_allclose(getattr(terms, name), values[at], rtol=1e-9, atol=1e-12, err_msg=name)
        state.apply(profile, policy.place(profile, state).specialist)
