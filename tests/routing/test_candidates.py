"""Who may take a case now: one by one, by arrays, in a batch and in the compiled pass the answer is the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.routing.desk import case, person, placed, state_of
from tests.strategies import Queue, queues

from caserouter.domain.settings import Relaxation, Settings
from caserouter.routing import candidates as module
from caserouter.routing.candidates import candidates, may_take, open_to
from caserouter.routing.clock import Clock
from caserouter.routing.pairs import Pairs
from caserouter.routing.priced import PricedPolicy
from caserouter.routing.roster import Roster
from caserouter.routing.state import RoutingState
from caserouter.routing.usual import FirstEligible

UNTIL = st.sampled_from((-np.inf, 0.0, 5.0))


@st.composite
def desks(draw: st.DrawFn) -> tuple[RoutingState, Queue]:
    """A state in which some are absent and some pairs have been declined."""
    queue = draw(queues())
    state = RoutingState.start(Roster.compile(queue.specialists, queue.accounts, queue.settings, clock=Clock(queue.now)))
    for j in range(len(queue.specialists)):
        state.away_until[j] = draw(UNTIL)
    for one in queue.cases[:2]:
        state.declined[one.id] = {j: draw(UNTIL) for j in range(len(queue.specialists))}
    return state, queue


@given(desk=desks())
@hypothesis_settings(max_examples=150, deadline=None)
def test_every_way_of_asking_gives_the_same_answer(desk):
    state, queue = desk
    for one in queue.cases:
        profile = state.roster.profile(one)
        found = list(candidates((profile,), state))
        assert found == module._by_arrays((profile,), state, None).tolist()
        assert found == [j for j in range(len(queue.specialists)) if may_take(profile, j, state)]
        assert state.ties.awaits(profile) or found == Pairs.of((profile,), state).specialist.tolist()
        assert set(found) <= set(open_to(profile, state))
        state.apply(profile, found[0] if found else -1)


@given(desk=desks())
@hypothesis_settings(max_examples=60, deadline=None)
def test_the_compiled_pass_finds_somebody_just_where_there_is_somebody(desk):
    state, queue = desk
    state.roster.settings = queue.settings.model_copy(update={"reserve": False})
    policy = PricedPolicy(queue.cases)
    for one in queue.cases:
        profile = state.roster.profile(one)
        found = list(candidates((profile,), state))
        chosen = policy.place(profile, state).specialist
        assert chosen in found if found else chosen == -1
        for j in range(len(queue.specialists)):
            assert policy.pull((profile,), (j,), state)[0].specialist == (j if j in found else -1)
        state.apply(profile, chosen)


@given(desk=desks())
@hypothesis_settings(max_examples=60, deadline=None)
def test_what_is_open_to_a_kind_is_asked_in_two_ways_as_well(desk):
    state, queue = desk
    for one in queue.cases:
        profile = state.roster.profile(one)
        at_once = open_to(profile, state, np.repeat(np.arange(len(queue.specialists)), module.FEW + 1))
        assert list(open_to(profile, state)) == list(at_once)


def test_an_absence_beside_the_calendar_counts_until_it_ends():
    state = state_of([person("a"), person("b")])
    state.away_until[0] = 8.0
    assert placed(FirstEligible(), state, [case("C-1")]) == ["b"]
    state.now = 8.0
    assert placed(FirstEligible(), state, [case("C-2")]) == ["a"]


def test_an_absence_bends_where_the_policy_relaxes_shifts():
    state = state_of([person("a")], Settings(relaxations={"off_shift": Relaxation(after_hours=0.0, price=5.0)}))
    state.away_until[0] = 8.0
    assert placed(FirstEligible(), state, [case("C-1")]) == ["a"]
    assert Pairs.of([state.roster.profile(case("C-2"))], state).relaxation.tolist() == [5.0]


def test_a_backup_stands_in_for_an_absent_owner():
    from caserouter.routing.relations import stand_in

    state = state_of([person("a", backup="b"), person("b")])
    assert stand_in(0, state) == 0
    state.away_until[0] = 8.0
    assert stand_in(0, state) == 1


def test_a_declined_pair_is_left_alone_for_a_while():
    state = state_of([person("a"), person("b")])
    state.declined["C-1"] = {0: 24.0}
    profile, other = (state.roster.profile(case(name)) for name in ("C-1", "C-2"))
    assert list(candidates((profile,), state)) == [1]
    assert list(candidates((other,), state)) == [0, 1]
    state.now = 24.0
    assert list(candidates((profile,), state)) == [0, 1]


@pytest.mark.parametrize("specialists", [(1,), [2, 1], np.array([1]), ()])
def test_only_those_who_are_asked_are_candidates(specialists):
    state = state_of([person("a"), person("b"), person("c", capacity=0)])
    expected = [j for j in specialists if j == 1]
    assert list(candidates((state.roster.profile(case("C-1")),), state, specialists)) == expected


def test_nobody_is_asked_while_nobody_has_room(monkeypatch):
    state = state_of([person("a", capacity=1)])
    placed(FirstEligible(), state, [case("C-1")])
    monkeypatch.setattr(module, "_asked_in_turn", None)
    assert not candidates((state.roster.profile(case("C-2")),), state)
