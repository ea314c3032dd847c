"""From a queue to its problem: who is a pair, what waiting costs, which limits are left as constraints."""

import dataclasses
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from tests import strategies
from tests.routing.desk import NOW, case, person, state_of

from caserouter.domain.eligibility import exclusions
from caserouter.domain.errors import InvalidInput
from caserouter.domain.rules import Situation, staffed_time
from caserouter.domain.settings import Handling, Prices, Relaxation, Settings
from caserouter.domain.specialist import HeldCase
from caserouter.routing.build import build_problem, build_queue
from caserouter.routing.clock import Clock
from caserouter.routing.roster import Roster
from caserouter.routing.state import RoutingState

LICENCE_FREE = Settings(prices=Prices(fairness=0.0, scarcity=0.0))


def built(people, cases, policy=None, **kwargs):
    state = state_of(people, policy)
    return build_problem(cases, state.roster, state, **kwargs)


def start(queue):
    roster = Roster.compile(queue.specialists, queue.accounts, queue.settings, clock=Clock(queue.now))
    return roster, RoutingState.start(roster)


@settings(max_examples=80, deadline=None)
@given(queue=strategies.queues())
def test_the_pairs_are_those_that_no_rule_excludes(queue):
    """Team caps and ties to held cases aside, which narrow the pairs further."""
    queue = queue._replace(settings=queue.settings.model_copy(update={"team_caps": {}}))
    roster, state = start(queue)
    problem = build_problem(queue.cases, roster, state).problem
    problem.validate()
    staffed = staffed_time(roster.specialists, queue.settings, queue.now)
    found = set(zip(problem.pair_case.tolist(), problem.specialist.tolist(), strict=True))
    expected = {
        (i, j)
        for i, one in enumerate(sorted(queue.cases, key=lambda one: one.id))
        for j, who in enumerate(roster.specialists)
        if not exclusions(
            one, who, Situation.of(who, now=queue.now, settings=queue.settings, roster=roster.specialists, staffed=staffed)
        )
    }
    assert found == expected


@settings(max_examples=60, deadline=None)
@given(queue=strategies.queues())
def test_waiting_costs_more_than_any_pair_with_its_load_unless_the_policy_reserves(queue):
    roster, state = start(queue)
    result = build_problem(queue.cases, roster, state)
    problem = result.problem
    if queue.settings.reserve or not problem.num_pairs:
        base = [queue.settings.prices.waiting * profile.factor for profile in result.profiles]
        assert not queue.settings.reserve or result.waiting_cost.tolist() == base
        return
    load = np.zeros(problem.num_pairs)
    if len(problem.load_price):
        load = problem.load_price[problem.load_indptr[problem.specialist + 1] - 1] * problem.weight[problem.pair_case]
    assert problem.waiting_cost.min() > (problem.cost + load).max()


@settings(max_examples=60, deadline=None)
@given(queue=strategies.queues())
def test_the_order_of_the_input_changes_nothing(queue):
    roster, state = start(queue)
    backwards, state_backwards = start(
        queue._replace(specialists=queue.specialists[::-1], accounts=queue.accounts[::-1], cases=queue.cases[::-1])
    )
    first = build_problem(queue.cases, roster, state).problem
    second = build_problem(queue.cases[::-1], backwards, state_backwards).problem
    for field in dataclasses.fields(first):
        assert np.array_equal(getattr(first, field.name), getattr(second, field.name)), field.name


def test_nobody_and_no_cases_are_problems_too():
    assert built([], []).problem.num_pairs == 0
    alone = built([], [case("C-1")]).problem
    assert (alone.num_cases, alone.num_specialists, alone.num_pairs) == (1, 0, 0)
    idle = built([person("a")], []).problem
    assert (idle.num_cases, idle.num_specialists) == (0, 1)


def test_a_case_that_nobody_may_take_has_no_pairs():
    problem = built([person("a")], [case("C-1", language="es"), case("C-2")]).problem
    assert problem.indptr.tolist() == [0, 0, 1]


def test_a_pair_costs_its_terms_in_cents():
    queue = built([person("a", cost_per_hour="30.50 USD")], [case("C-1")], LICENCE_FREE)
    assert (queue.problem.cost.tolist(), queue.problem.unit) == ([3050], 0.01)
    specialists, terms = queue.terms(0)
    assert specialists.tolist() == [0]
    assert sum(values[0] for values in terms.values()) == queue.pair_cost[0]


def test_terms_show_those_without_room_on_request():
    queue = built([person("a", capacity=0), person("b")], [case("C-1")])
    assert queue.terms(0)[0].tolist() == [0, 1]
    assert queue.terms(0, with_room=True)[0].tolist() == [1]


def test_a_case_heavier_than_the_free_capacity_is_no_pair_and_capacity_is_what_could_be_used():
    held = (HeldCase(id="H-1", weight=8),)
    problem = built(
        [person("a", held_cases=held), person("b", capacity=100_000)], [case("C-1", weight=3), case("C-2", weight=2)]
    ).problem
    assert problem.specialist.tolist() == [1, 0, 1]
    assert problem.capacity.tolist() == [2, 5]


def test_fairness_becomes_a_rising_price_per_unit_of_load():
    held = (HeldCase(id="H-1", weight=3),)
    problem = built([person("a", capacity=8, held_cases=held)], [case(f"C-{k}", weight=5) for k in range(2)]).problem
    assert problem.load_indptr.tolist() == [0, 5]
    assert problem.load_price.tolist() == [375, 625, 625, 875, 875]  # 40 ÷ (4 · 8) × 3, 5, 5, 7, 7


def test_without_a_price_of_fairness_load_is_free():
    assert built([person("a")], [case("C-1")], LICENCE_FREE).problem.load_price.shape == (0,)


def test_waiting_keeps_the_ratio_of_the_priorities_when_it_is_raised():
    cases = [case("C-1", priority=1), case("C-2", priority=5)]
    queue = built([person("a", cost_per_hour="900 USD")], cases, LICENCE_FREE)
    assert queue.waiting_cost[0] / queue.waiting_cost[1] == pytest.approx(8.0 / 0.5)
    assert 900 < queue.waiting_cost[1] < 920


def test_priorities_without_a_price_still_do_not_wait_for_the_price_of_a_pair():
    policy = Settings(prices=Prices(waiting=0.0))
    queue = built([person("a")], [case("C-1")], policy)
    assert queue.problem.waiting_cost[0] > queue.problem.cost[0]


def test_links_join_through_others_and_separations_bind_from_either_side():
    cases = [
        case("C-1", linked_cases=frozenset({"C-3"})),
        case("C-2", separated_cases=frozenset({"C-1", "elsewhere"})),
        case("C-3"),
        case("C-4", linked_cases=frozenset({"C-3", "elsewhere"})),
    ]
    problem = built([person("a")], cases).problem
    assert problem.linked == ((0, 2, 3),)
    assert problem.separated == ((0, 1),)


def test_the_holder_of_a_case_to_be_kept_apart_is_no_pair():
    people = person("a", held_cases=(HeldCase(id="H-1"),)), person("b")
    problem = built(people, [case("C-1", separated_cases=frozenset({"H-1"}))]).problem
    assert problem.specialist.tolist() == [1]


def test_an_intake_limit_is_a_constraint_only_where_it_can_bind():
    cases = [case("C-1"), case("C-2")]
    assert built([person("a", intake={"limit": 1})], cases).problem.intake.tolist() == [1]
    assert built([person("a", intake={"limit": 2})], cases).problem.intake.shape == (0,)
    assert built([person("a", intake={"limit": 1}, capacity=1)], cases).problem.intake.shape == (0,)


def test_a_used_up_intake_admits_only_the_cases_for_which_it_is_relaxed():
    policy = Settings(relaxations={"intake_limit": Relaxation(after_hours=4, price=30)})
    cases = [case("C-1"), case("C-2", created=NOW - timedelta(hours=5))]
    queue = built([person("a", intake={"limit": 2, "used": 2})], cases, policy)
    assert queue.problem.indptr.tolist() == [0, 0, 1]
    assert queue.problem.intake.shape == (0,)
    assert queue.terms(1)[1]["relaxation"].tolist() == [30.0]


def test_a_team_cap_is_a_constraint_only_where_it_can_bind():
    people = (
        person("a", team="east", held_cases=(HeldCase(id="H-1", weight=2),)),
        person("b", team="west"),
        person("c", team="west"),
        person("d"),
    )
    cases = [case(f"C-{k}", weight=2) for k in range(3)]
    policy = Settings(team_caps={"east": 40, "west": 7})
    problem = built(people, cases, policy).problem
    assert problem.team.tolist() == [-1, 0, 0, -1]
    assert problem.team_capacity.tolist() == [7]
    assert built(people, cases, Settings(team_caps={"east": 40})).problem.team.shape == (0,)


def test_a_full_team_takes_nothing():
    people = person("a", team="east", held_cases=(HeldCase(id="H-1", weight=2),)), person("b", team="east")
    assert built(people, [case("C-1")], Settings(team_caps={"east": 2})).problem.num_pairs == 0


def test_only_the_specialists_asked_for_are_pairs():
    state = state_of([person("a"), person("b"), person("c")])
    queue = build_queue([state.roster.profile(case("C-1"))], state, specialists=np.array([1, 2]))
    assert queue.problem.specialist.tolist() == [1, 2]


def test_enormous_prices_take_a_coarser_unit():
    minutes = Handling(minutes=1e12)
    problem = built([person("a")], [case("C-1")], Settings(prices=Prices(hour=1e9), handling=minutes)).problem
    problem.validate()
    assert problem.unit > 1e3
    assert problem.waiting_cost[0] > problem.cost[0] > 0


def test_two_cases_with_one_id_are_refused():
    with pytest.raises(InvalidInput, match="case C-1: the id occurs more than once"):
        built([person("a")], [case("C-1"), case("C-1")])
