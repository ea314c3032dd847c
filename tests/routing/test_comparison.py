"""The same queue under several policies."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from tests.routing.desk import case, person, state_of
from tests.strategies import Queue, queues

from caserouter.domain.account import Account
from caserouter.domain.rules import Rule
from caserouter.domain.settings import Prices, Settings
from caserouter.domain.specialist import HeldCase
from caserouter.routing.build import RoutingQueue, build_problem
from caserouter.routing.clock import Clock
from caserouter.routing.comparison import compare_policies, count_breaches, judge
from caserouter.routing.policies import POLICIES
from caserouter.routing.result import WAITING
from caserouter.routing.roster import Roster
from caserouter.routing.state import RoutingState
from caserouter.routing.usual import LeastLoaded, RoundRobin


def queue_of(people, cases, settings: Settings | None = None, **kwargs) -> RoutingQueue:
    """The problem of `cases` on the books of `people`."""
    state = state_of(people, settings, **kwargs)
    return build_problem(cases, state.roster, state)


@given(queues())
@hypothesis_settings(max_examples=25, deadline=None)
def test_every_case_is_accounted_for_and_the_optimiser_proved_optimal_costs_least(queue: Queue):
    settings = queue.settings.model_copy(update={"priority": "weighted"})
    roster = Roster.compile(queue.specialists, queue.accounts, settings, clock=Clock(queue.now))
    built = build_problem(queue.cases, roster, RoutingState.start(roster))
    outcomes = compare_policies(built)
    assert [one.policy for one in outcomes] == list(POLICIES)
    assert all(one.num_assigned + one.num_waiting == len(queue.cases) for one in outcomes)
    assert all(0 <= one.expected_late <= len(queue.cases) for one in outcomes)
    assert min(one.total_cost for one in outcomes) == pytest.approx(outcomes[0].total_cost)


def test_round_robin_without_the_rules_gives_cases_to_those_who_may_not_take_them():
    """In turn a, b, a: b lacks the skill and is named on C-2; a's book holds one, so C-3 overfills it."""
    people = [person("a", skills={"claims": 3}, capacity=1), person("b")]
    cases = [
        case(f"C-{k}", required_skills={"claims": 2}, excluded_specialists={"b"} if k == 2 else frozenset()) for k in (1, 2, 3)
    ]
    breaches = count_breaches(RoundRobin(ignore_rules=True), queue_of(people, cases))
    assert breaches == {Rule.SKILL: 1, Rule.EXCLUDED: 1, Rule.CAPACITY: 1}


def test_hard_and_other_breaches_are_told_apart():
    people = [person("a", skills={"claims": 3}, capacity=1), person("b")]
    (outcome,) = compare_policies(
        queue_of(people, [case(f"C-{k}", required_skills={"claims": 2}) for k in (1, 2, 3)]), ["round_robin"]
    )
    assert (outcome.hard_breaches, outcome.other_breaches) == (1, 1)


def test_rules_that_the_policy_relaxes_are_no_breaches():
    settings = Settings(relaxations={"skill": {"price": 5.0}})
    queue = queue_of([person("a")], [case("C-1", required_skills={"claims": 2})], settings)
    assert count_breaches(LeastLoaded(ignore_rules=True), queue) == {}


def test_policies_that_never_ignore_the_rules_have_no_breaches_to_tell():
    (outcome,) = compare_policies(queue_of([person("a")], [case("C-1")]), ["optimizer"])
    assert outcome.breaches is None
    assert outcome.hard_breaches is None


def test_a_known_assignment_is_judged_as_it_is():
    """Not serving anybody is what no policy would do here."""
    queue = queue_of([person("a")], [case("C-1")])
    (outcome,) = compare_policies(queue, ["optimizer"], known={"optimizer": np.array([WAITING])})
    assert (outcome.num_assigned, outcome.num_waiting) == (0, 1)


def test_measures_of_one_assignment():
    """Both cases go to a, who holds 2 of 4 in the end against b's 0 of 4: shares 0.5 and 0, deviation 0.25. C-1 belongs to b's account."""
    accounts = [Account(id="A-1", owner="b")]
    prices = Prices(fairness=0.0, scarcity=0.0)
    queue = queue_of(
        [person("a", capacity=4), person("b", capacity=4)],
        [case("C-1", account="A-1"), case("C-2")],
        Settings(prices=prices),
        accounts=accounts,
    )
    outcome = judge("by hand", np.array([0, 0]), queue)
    assert outcome.spread == pytest.approx(0.25)
    assert outcome.num_hand_offs == 1
    assert outcome.total_cost == outcome.pair_cost == pytest.approx(48 + 35 + 48)


def test_expected_late_counts_the_work_ahead_in_the_same_book():
    """Three hours to the target, one of them the case's own: slack 2. The first finds nothing ahead, the second one hour: exp(−2 ÷ 1)."""
    cases = [case(f"C-{k}", resolution_due="2026-03-02T18:00:00Z") for k in (1, 2)]
    queue = queue_of([person("a")], cases)
    assert judge("by hand", np.array([0, 0]), queue).expected_late == pytest.approx(np.exp(-2.0))


def test_a_case_with_a_target_that_waits_counts_as_late():
    queue = queue_of(
        [person("a", held_cases=[HeldCase(id="H-1")])], [case("C-1", resolution_due="2026-03-05T18:00:00Z"), case("C-2")]
    )
    assert judge("by hand", np.array([WAITING, WAITING]), queue).expected_late == 1.0
