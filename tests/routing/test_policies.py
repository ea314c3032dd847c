"""Properties of every policy, whatever the input."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.routing.desk import case, person, state_of
from tests.strategies import Queue, queues

from caserouter.cli.route import POLICIES as OFFERED
from caserouter.domain.errors import NotFound
from caserouter.domain.rules import HARD_RULES
from caserouter.routing.clock import Clock
from caserouter.routing.masks import broken_rules, relaxed_rules
from caserouter.routing.policies import POLICIES, USUAL_RULES, policy_by_name
from caserouter.routing.policy import Decision
from caserouter.routing.result import WAITING
from caserouter.routing.roster import Roster
from caserouter.routing.state import RoutingState


def start(queue: Queue) -> RoutingState:
    """The books of a drawn queue."""
    return RoutingState.start(Roster.compile(queue.specialists, queue.accounts, queue.settings, clock=Clock(queue.now)))


def assert_admissible(profile, specialist: int, state: RoutingState) -> None:
    """No rule is broken unless the policy relaxes it, hard rules never, on the books of this moment."""
    broken = broken_rules(profile, state.roster, state.now, state.caseload, state.intake_left)
    relaxed = relaxed_rules(profile, state.roster.settings, state.now)
    found = {rule for rule, mask in broken.items() if mask[specialist]}
    assert not found & HARD_RULES
    assert found <= set(relaxed)


def assert_within_limits(state: RoutingState, queue: Queue, decisions: list[Decision]) -> None:
    """Books, team caps, links and separations, after all decisions."""
    taker = {decision.case_id: decision.specialist for decision in decisions}
    gained = {j for j in taker.values() if j != WAITING}
    assert all(state.free[j] >= 0 for j in gained)
    assert all(state.team_left[state.roster.team[j]] >= 0 for j in gained)
    for one in queue.cases:
        assert all(taker[other] == taker[one.id] for other in one.linked_cases if other in taker)
        assert all(taker[other] != taker[one.id] or taker[one.id] == WAITING for other in one.separated_cases if other in taker)


@pytest.mark.parametrize("name", POLICIES)
@given(queue=queues())
@hypothesis_settings(max_examples=40, deadline=None)
def test_a_pull_breaks_no_rule_and_no_limit(name: str, queue: Queue):
    state = start(queue)
    profiles = {one.id: state.roster.profile(one) for one in queue.cases}
    decisions = policy_by_name(name, sample=queue.cases).pull(list(profiles.values()), None, state)
    assert sorted(decision.case_id for decision in decisions) == sorted(profiles)
    for decision in decisions:
        profile = profiles[decision.case_id]
        if decision.specialist != WAITING:
            assert_admissible(profile, decision.specialist, state)
        state.apply(profile, decision.specialist)
    assert_within_limits(state, queue, decisions)


@pytest.mark.parametrize("name", POLICIES)
@given(queue=queues())
@hypothesis_settings(max_examples=25, deadline=None)
def test_placing_one_by_one_breaks_no_rule_and_no_limit(name: str, queue: Queue):
    """Links hold too: once a linked case waits, the others wait for a pull."""
    state = start(queue)
    policy = policy_by_name(name, sample=queue.cases)
    decisions = []
    for one in queue.cases:
        profile = state.roster.profile(one)
        decision = policy.place(profile, state)
        if decision.specialist != WAITING:
            assert_admissible(profile, decision.specialist, state)
        state.apply(profile, decision.specialist)
        decisions.append(decision)
    taker = {decision.case_id: decision.specialist for decision in decisions}
    for one, other in itertools.permutations(queue.cases, 2):
        if other.id in one.linked_cases and WAITING not in (taker[one.id], taker[other.id]):
            assert taker[one.id] == taker[other.id]
        if other.id in one.separated_cases and taker[one.id] != WAITING:
            assert taker[one.id] != taker[other.id]
    assert all(state.free[j] >= 0 for j in taker.values() if j != WAITING)


@pytest.mark.parametrize("name", POLICIES)
@given(queue=queues(), data=st.data())
@hypothesis_settings(max_examples=20, deadline=None)
def test_the_order_of_rows_changes_nothing(name: str, queue: Queue, data: st.DataObject):
    shuffled = queue._replace(
        cases=tuple(data.draw(st.permutations(queue.cases))), specialists=tuple(data.draw(st.permutations(queue.specialists)))
    )
    answers = []
    for each in (queue, shuffled):
        state = start(each)
        policy = policy_by_name(name, sample=each.cases)
        answers.append(policy.pull([state.roster.profile(one) for one in each.cases], None, state))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("name", POLICIES)
@given(queue=queues())
@hypothesis_settings(max_examples=15, deadline=None)
def test_a_policy_changes_nothing_and_repeats_itself(name: str, queue: Queue):
    state = start(queue)
    profiles = [state.roster.profile(one) for one in queue.cases]
    policy = policy_by_name(name, seed=3, sample=queue.cases)
    first, again = policy.pull(profiles, None, state), policy.pull(profiles, None, state)
    anew = policy_by_name(name, seed=3, sample=queue.cases).pull(profiles, None, state)
    assert first == again == anew
    assert (state.caseload == state.roster.caseload).all()
    assert not state.ties.waiting


@pytest.mark.parametrize("name", POLICIES)
def test_a_pull_for_some_gives_nothing_to_others(name):
    state = state_of([person("a"), person("b"), person("c")])
    profiles = [state.roster.profile(case(f"C-{k}")) for k in range(6)]
    decisions = policy_by_name(name).pull(profiles, np.array([0, 2]), state)
    assert {decision.specialist for decision in decisions} <= {0, 2}
    assert WAITING not in {decision.specialist for decision in decisions}


@pytest.mark.parametrize("name", POLICIES)
def test_an_empty_queue_has_no_decisions(name):
    assert policy_by_name(name).pull([], None, state_of([person("a")])) == []


def test_an_unknown_policy_is_named_with_those_that_exist():
    with pytest.raises(NotFound, match=r"^quickest: no policy has that name; choose one of optimizer, priced, round_robin"):
        policy_by_name("quickest")


@pytest.mark.parametrize("name", sorted(set(POLICIES) - set(USUAL_RULES)))
def test_only_usual_rules_can_ignore_the_rules(name):
    with pytest.raises(NotFound, match=rf"^{name}: never ignores the rules; choose one of round_robin"):
        policy_by_name(name, ignore_rules=True)


def test_the_command_line_offers_every_policy_beside_the_optimiser():
    """It lists them by hand, so that its help need not import the solver."""
    assert sorted(OFFERED) == sorted(set(POLICIES) - {"optimizer"})
