"""Which prices matter: on queues where the decisive price is known by hand."""

import json

import pytest
from tests.routing.desk import case, person
from tests.routing.test_explain import solved

from caserouter.domain.settings import Prices, Settings
from caserouter.routing.sensitivity import find_sensitivity
from caserouter.routing.solver import solve

ONLY = {"hand_off": 0.0, "approval": 0.0, "not_preferred": 0.0, "missing_preferred_skill": 0.0, "breach": 0.0}
HOUR_OR_SKILL = Settings(prices=Prices(**ONLY | {"missing_preferred_skill": 12.0}, fairness=0.0, scarcity=0.0))
PEOPLE = person("a", skills={"claims": 1}, cost_per_hour="60 USD"), person("b")
CASES = [case("C-1", preferred_skills={"claims"})]


def changes(policy=HOUR_OR_SKILL, people=PEOPLE, cases=CASES):
    found = find_sensitivity(solved(people, cases, policy)[0])
    return {(one.price, one.factor): one for one in found.changes}


def test_a_price_that_tips_the_balance_changes_the_decision():
    """a costs 60; b 48 and 12 for the skill: equal. At half the price b is 6 cheaper, at twice a is 12 cheaper."""
    found = changes(people=(person("a", skills={"claims": 1}, cost_per_hour="58 USD"), PEOPLE[1]))
    assert found["missing_preferred_skill", 0.5].num_changed == 1
    assert found["missing_preferred_skill", 0.5].regret == pytest.approx(4.0)
    assert found["missing_preferred_skill", 0.5].objective_change == pytest.approx(-4.0)
    assert found["missing_preferred_skill", 2.0].num_changed == 0
    assert found["hour", 2.0].regret == 0.0


def test_a_price_of_nothing_has_no_double_and_every_other_has_two_factors():
    assert set(changes()) == {(name, factor) for name in ("hour", "missing_preferred_skill", "waiting") for factor in (0.5, 2.0)}


def test_under_a_reserve_the_price_of_waiting_decides_who_is_served():
    policy = Settings(prices=Prices(**ONLY, fairness=0.0, scarcity=0.0, waiting=60.0), reserve=True)
    found = changes(policy, [person("a")], [case("C-1"), case("C-2")])
    assert (found["waiting", 0.5].num_changed, found["waiting", 0.5].num_assigned) == (2, 0)
    assert found["waiting", 0.5].regret == pytest.approx(2 * (48 - 30))
    assert found["waiting", 2.0].num_changed == 0


def test_nothing_changes_where_there_is_no_choice():
    found = find_sensitivity(solved([person("a")], [case("C-1")])[0])
    assert (found.num_cases, found.num_assigned, found.num_changed_by_seed, found.complete) == (1, 1, 0, True)
    assert {one.num_changed for one in found.changes} == {0}


def test_strict_priority_is_kept_at_every_price():
    cases = [case("C-1", priority=1), case("C-2", priority=2)]
    policy = HOUR_OR_SKILL.model_copy(update={"priority": "strict"})
    found = find_sensitivity(solved([person("a", capacity=1)], cases, policy)[0])
    assert {(one.num_changed, one.num_assigned) for one in found.changes} == {(0, 1)}


def test_progress_counts_the_solves_up_to_their_total():
    steps = []
    find_sensitivity(solved(PEOPLE, CASES, HOUR_OR_SKILL)[0], progress=lambda *step: steps.append(step))
    assert [done for done, _, _ in steps] == list(range(8))
    assert {total for _, total, _ in steps} == {8}
    assert [what for _, _, what in steps][:4] == ["own prices", "another seed", "hour × 0.5", "hour × 2"]


def test_an_interruption_leaves_what_was_known_by_then(monkeypatch):
    solves = []

    def interrupted(problem, **kwargs):
        solves.append(problem)
        if len(solves) == 4:
            raise KeyboardInterrupt
        return solve(problem, **kwargs)

    monkeypatch.setattr("caserouter.routing.sensitivity.solve", interrupted)
    queue, _ = solved((person("a", skills={"claims": 1}), PEOPLE[1]), CASES, HOUR_OR_SKILL)
    found = find_sensitivity(queue)
    assert not found.complete
    assert [(one.price, one.factor) for one in found.changes] == [("hour", 0.5)]
    json.dumps(found.to_dict())


def test_a_known_assignment_is_kept_unless_something_is_better():
    queue, assignment = solved((person("a"), person("b")), [case("C-1")])
    found = find_sensitivity(queue, 1 - assignment)
    assert {one.num_changed for one in found.changes} == {0}
