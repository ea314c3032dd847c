"""The waiting line: who is next, what is passed over, and that it decides as a pull of everything would."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.routing.desk import case, person, state_of
from tests.strategies import Queue, queues

from caserouter.domain.errors import NotFound
from caserouter.routing.clock import Clock
from caserouter.routing.kind_queue import KindQueue
from caserouter.routing.policies import USUAL_RULES, policy_by_name
from caserouter.routing.result import WAITING
from caserouter.routing.roster import Roster
from caserouter.routing.state import RoutingState
from caserouter.routing.usual import FirstEligible, LeastLoaded
from caserouter.routing.waiting_line import WaitingLine


def line_of(profiles, order="urgency", seed=0) -> WaitingLine:
    """A line in which `profiles` wait."""
    line = WaitingLine(order, seed)
    for profile in profiles:
        line.add(profile)
    return line


def hours_later(template, names: str, effort=None):
    """Cases like `template`, one created each hour."""
    return [template.arriving(name, float(hour), float("inf"), float("inf")) for hour, name in enumerate(names)]


def served(line: WaitingLine, state: RoutingState, specialists=None, policy=None) -> list[str]:
    """Ids of what is given out, each applied at once."""
    found = []
    for profile, decision in line.serve(policy or FirstEligible(), specialists, state):
        state.apply(profile, decision.specialist)
        found.append(profile.id)
    return found


def test_the_most_urgent_case_comes_first_and_then_the_oldest():
    state = state_of([person("a", capacity=2)])
    low, high = state.roster.profile(case("low", priority=4)), state.roster.profile(case("high", priority=2))
    line = line_of([*hours_later(low, "ab"), *hours_later(high, "cd")])
    assert served(line, state) == ["c", "d"]
    assert [profile.id for profile in line] == ["a", "b"]


def test_a_case_that_came_late_to_the_line_takes_its_place_by_age():
    state = state_of([person("a", capacity=3)])
    first, second, third = hours_later(state.roster.profile(case("t")), "abc")
    assert served(line_of([first, third, second]), state) == ["a", "b", "c"]


def test_a_kind_that_the_freed_specialist_may_not_take_is_passed_over():
    state = state_of([person("a", capacity=1), person("b", skills={"claims": 3}, capacity=1)])
    claims = state.roster.profile(case("claims", required_skills={"claims": 1}, priority=1))
    line = line_of([*hours_later(claims, "ab"), *hours_later(state.roster.profile(case("any")), "cd")])
    assert served(line, state, specialists=(0,)) == ["c"]


def test_a_heavy_kind_lets_a_light_one_pass():
    """Two units are free: the older case asks for three."""
    state = state_of([person("a", capacity=2)])
    heavy, light = (state.roster.profile(case(str(weight), weight=weight)) for weight in (3, 2))
    assert served(line_of([*hours_later(heavy, "a"), *hours_later(light, "bc")]), state) == ["b"]


def test_a_declined_pair_lets_the_next_case_of_the_kind_pass():
    state = state_of([person("a", capacity=1)])
    state.declined["a"] = {0: 24.0}
    assert served(line_of(hours_later(state.roster.profile(case("t")), "abc")), state) == ["b"]


def test_a_case_out_of_the_line_is_given_to_nobody():
    state = state_of([person("a")])
    line = line_of(hours_later(state.roster.profile(case("t")), "abc"))
    assert line.remove("b").id == "b"
    assert served(line, state) == ["a", "c"]
    assert not len(line)


def test_another_roster_is_asked_anew_who_may_take_what_waits():
    """a knows claims on the second roster only; nothing that was found out on the first one is used."""
    asked = case("C-1", required_skills={"claims": 1})
    before, after = state_of([person("a")]), state_of([person("a", skills={"claims": 3})])
    line = line_of([before.roster.profile(asked)])
    assert served(line, before) == []
    line.forget()
    assert served(line, after) == ["C-1"]


def test_only_a_waiting_case_can_be_taken_out():
    with pytest.raises(NotFound, match=r"^a: does not wait in this line; only a waiting case can be taken out$"):
        WaitingLine().remove("a")


def test_a_line_knows_who_waits():
    (profile,) = hours_later(state_of([]).roster.profile(case("t")), "a")
    line = line_of([profile, profile])
    assert ("a" in line, "b" in line, len(line)) == (True, False, 1)
    assert (line.get("a"), line.get("b")) == (profile, None)


def test_cases_that_join_and_leave_for_long_stay_in_order():
    """The front of the line is thrown away now and then."""
    state = state_of([person("a")])
    template = state.roster.profile(case("t"))
    line = line_of(template.arriving(f"{k:03}", float(k), float("inf"), float("inf")) for k in range(200))
    for k in range(150):
        line.remove(f"{k:03}")
    line.add(template.arriving("late", 0.0, float("inf"), float("inf")))
    assert [profile.id for profile in line][:3] == ["late", "150", "151"]
    assert served(line, state)[:3] == ["late", "150", "151"]


def test_the_shortest_expected_case_comes_first_whatever_its_priority():
    """Claims take less at proficiency 5 than billing at 1."""
    state = state_of([person("a", capacity=1, skills={"claims": 5, "billing": 1})])
    claims, billing = (
        state.roster.profile(case(name, required_skills={name: 1}, priority=priority))
        for name, priority in (("claims", 5), ("billing", 1))
    )
    line = line_of([*hours_later(billing, "a"), *hours_later(claims, "bc")], "shortest_expected")
    assert served(line, state) == ["b"]


def test_equal_efforts_are_served_by_age():
    state = state_of([person("a", capacity=4)])
    low, high = (state.roster.profile(case(str(k), priority=k, weight=w)) for k, w in ((5, 1), (1, 2)))
    line = line_of([*hours_later(high, "xb")[1:], *hours_later(low, "ayc")[::2]], "shortest_expected")
    assert served(line, state) == ["a", "b", "c"]


def test_random_service_gives_each_kind_the_same_chance_and_takes_its_oldest_case():
    """Of 4 cases of two kinds, the oldest of each is first in half of 2000 rounds: 1000, standard deviation 22."""
    state = state_of([person("a", capacity=1)])
    one, other = (
        state.roster.profile(case(str(priority), weight=1, preferred_skills=p)) for priority, p in ((1, ()), (2, ("x",)))
    )
    profiles = [*hours_later(one, "abc"), *hours_later(other, "d")]
    first = [served(line_of(profiles, "random", seed), state.copy())[0] for seed in range(2000)]
    assert first.count("a") + first.count("d") == 2000
    assert abs(first.count("a") - 1000) < 110


def test_random_service_leaves_out_what_stays_and_repeats_itself():
    state = state_of([person("a", capacity=9)])
    state.declined["c"] = {0: 24.0}
    templates = [state.roster.profile(case("t", preferred_skills={f"skill {k}"})) for k in range(8)]
    profiles = [template.arriving(name, 0.0, 9.0, 9.0) for template, name in zip(templates, "abcdefgh", strict=True)]
    rounds = [served(line_of(profiles, "random", seed), state.copy()) for seed in (1, 1, 2)]
    assert sorted(rounds[0]) == list("abdefgh")
    assert rounds[0] == rounds[1] != rounds[2]


def test_linked_cases_are_served_together_or_not_at_all():
    state = state_of([person("a", capacity=2)])
    cases = [case("C-1", linked_cases={"C-3"}), case("C-2"), case("C-3"), case("C-4")]
    assert served(line_of(state.roster.profile(one) for one in cases), state) == ["C-1", "C-3"]


@pytest.mark.parametrize("name", [*USUAL_RULES, "priced"])
@given(queue=queues())
@hypothesis_settings(max_examples=40, deadline=None)
def test_serving_by_urgency_is_one_pull_of_the_whole_line(name: str, queue: Queue):
    state = RoutingState.start(Roster.compile(queue.specialists, queue.accounts, queue.settings, clock=Clock(queue.now)))
    profiles = [state.roster.profile(one) for one in queue.cases]
    for profile in profiles:
        state.apply(profile, WAITING)
    policy = policy_by_name(name, sample=queue.cases)
    pulled = [decision for decision in policy.pull(profiles, None, state) if decision.specialist != WAITING]
    found = []
    for profile, decision in line_of(profiles).serve(policy, None, state):
        state.apply(profile, decision.specialist)
        found.append(decision)
    assert sorted(found) == sorted(pulled)


def test_a_policy_that_decides_jointly_is_asked_once():
    """One by one, the first case would go to b, who alone may take the second."""
    state = state_of([person("a", capacity=1), person("b", capacity=1, skills={"claims": 3})])
    asked = [case("C-1", required_skills={}), case("C-2", required_skills={"claims": 1})]
    line = line_of(state.roster.profile(one) for one in asked)
    assert sorted(served(line, state, policy=policy_by_name("optimizer"))) == ["C-1", "C-2"]
    assert not len(line)


def test_nothing_is_asked_while_nobody_has_room():
    state = state_of([person("a", capacity=0)])

    class Unasked(LeastLoaded):
        def decide(self, _group, _specialists, _state):
            raise AssertionError

    assert served(line_of(hours_later(state.roster.profile(case("t")), "ab")), state, policy=Unasked()) == []


@pytest.mark.parametrize("order", ["urgency", "shortest_expected", "random"])
def test_cases_may_come_back_and_leave_while_the_line_is_served(order):
    """Whoever is given a case hands it back and takes another one away: none is tried twice in one round."""
    state = state_of([person("a", capacity=9)])
    template = state.roster.profile(case("t"))
    line = line_of(hours_later(template, "abcdef"), order)
    tried = []
    for profile, decision in line.serve(FirstEligible(), None, state):
        state.apply(profile, decision.specialist)
        state.release(profile)
        tried.append(profile.id)
        if len(tried) < 3:
            line.add(template.arriving(profile.id, profile.created, float("inf"), float("inf")))
            line.remove(max(one.id for one in line))
    assert 1 <= len(tried) <= 6
    assert order == "random" or len(tried) == len(set(tried))


@given(moves=st.lists(st.tuples(st.booleans(), st.integers(0, 99)), max_size=200))
def test_a_queue_of_one_kind_stays_sorted_whatever_joins_and_leaves(moves):
    queue, kept = KindQueue(state_of([]).roster.profile(case("C-1")).kind), []
    for joins, number in moves:
        if joins and number not in kept:
            queue.add((number,))
            kept.append(number)
        elif kept:
            queue.remove((kept.pop(number % len(kept)),))
        kept.sort()
        assert [entry[0] for entry in queue] == kept
        after = queue.after((number,))
        assert after == next(((other,) for other in kept if other > number), None)
