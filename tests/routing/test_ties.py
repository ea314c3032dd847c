"""Side constraints in online decisions: linked and separated cases, team caps and intake limits."""

import pytest
from tests.routing.desk import case, person, placed, pulled, state_of

from caserouter.domain.settings import Settings
from caserouter.domain.specialist import HeldCase, IntakeLimit
from caserouter.routing.ties import linked_groups
from caserouter.routing.usual import LeastLoaded, RoundRobin


def test_a_case_follows_the_one_that_it_is_linked_to():
    state = state_of([person("a"), person("b")])
    assert placed(RoundRobin(), state, [case("C-1"), case("C-2", linked_cases={"C-1"})]) == ["a", "a"]


def test_a_link_binds_both_whichever_names_the_other():
    state = state_of([person("a"), person("b")])
    assert placed(RoundRobin(), state, [case("C-1", linked_cases={"C-2"}), case("C-2")]) == ["a", "a"]


def test_a_case_linked_to_one_held_at_the_start_goes_to_its_holder():
    state = state_of([person("a"), person("b", held_cases=[HeldCase(id="H-1", weight=1)])])
    assert placed(LeastLoaded(), state, [case("C-1", linked_cases={"H-1"})]) == ["b"]


def test_a_case_linked_to_two_holders_waits():
    people = [person("a", held_cases=[HeldCase(id="H-1")]), person("b", held_cases=[HeldCase(id="H-2")])]
    assert placed(RoundRobin(), state_of(people), [case("C-1", linked_cases={"H-1", "H-2"})]) == [None]


def test_a_case_waits_with_the_linked_one_that_waits_and_both_are_pulled_together():
    """C-1 asks for more than anybody's room until a's book is empty again; C-2 alone would fit, but not before C-1."""
    state = state_of([person("a", capacity=4), person("b", capacity=1)])
    held = state.roster.profile(case("H-1", weight=4))
    state.apply(held, 0)
    first, second = case("C-1", weight=3), case("C-2", linked_cases={"C-1"})
    assert placed(RoundRobin(), state, [first, second]) == [None, None]
    state.release(held)
    assert pulled(RoundRobin(), state, [first, second]) == {"C-1": "a", "C-2": "a"}


def test_linked_cases_that_fit_nowhere_together_all_wait():
    """Either fits into a book of 3, both together do not."""
    cases = [case("C-1", weight=2), case("C-2", weight=2, linked_cases={"C-1"})]
    assert pulled(RoundRobin(), state_of([person("a", capacity=3), person("b", capacity=3)]), cases) == {"C-1": None, "C-2": None}


def test_a_pull_without_the_linked_partner_leaves_the_case_waiting():
    state = state_of([person("a", capacity=1)])
    first, second = case("C-1", weight=2), case("C-2", linked_cases={"C-1"})
    placed(RoundRobin(), state, [first, second])
    assert pulled(RoundRobin(), state, [second]) == {"C-2": None}


@pytest.mark.parametrize("names", [("C-1", "C-2"), ("C-2", "C-1")])
def test_separated_cases_go_to_different_people(names):
    state = state_of([person("a"), person("b")])
    first, second = (case(name, separated_cases={"C-2"} if name == "C-1" else frozenset()) for name in names)
    assert placed(LeastLoaded(), state, [first]) == ["a"]
    state.caseload[1] = 9
    assert placed(LeastLoaded(), state, [second]) == ["b"]


def test_a_resolved_case_separates_nobody():
    state = state_of([person("a")])
    first, second = case("C-1"), case("C-2", separated_cases={"C-1"})
    assert placed(RoundRobin(), state, [first, second]) == ["a", None]
    state.release(state.roster.profile(first))
    assert placed(RoundRobin(), state, [second]) == ["a"]


def test_a_team_cap_holds_across_its_members():
    """Team red may hold 3 units, of which 1 is held; one of weight 2 fits, the next goes to blue."""
    people = [person("a", team="red", held_cases=[HeldCase(id="H-1")]), person("b", team="red"), person("c", team="blue")]
    state = state_of(people, Settings(team_caps={"red": 3}))
    assert placed(RoundRobin(), state, [case("C-1", weight=2), case("C-2"), case("C-3")]) == ["a", "c", "c"]


def test_an_intake_limit_counts_down():
    state = state_of([person("a", intake=IntakeLimit(limit=3, used=1)), person("b", capacity=0)])
    assert placed(RoundRobin(), state, [case(f"C-{k}") for k in range(3)]) == ["a", "a", None]


def test_linked_cases_need_an_intake_for_each():
    people = [person("a", intake=IntakeLimit(limit=1)), person("b", intake=IntakeLimit(limit=2))]
    assert pulled(RoundRobin(), state_of(people), [case("C-1", linked_cases={"C-2"}), case("C-2")]) == {"C-1": "b", "C-2": "b"}


def test_links_through_others_are_one_group():
    cases = [
        case("C-1", linked_cases={"C-3"}),
        case("C-2"),
        case("C-3", linked_cases={"C-4"}),
        case("C-4"),
        case("C-5", linked_cases={"X"}),
    ]
    assert linked_groups(cases) == [(0, 2, 3), (1,), (4,)]


def test_a_copy_of_the_state_is_independent():
    state = state_of([person("a", capacity=1)])
    placed(RoundRobin(), state.copy(), [case("C-1", linked_cases={"C-2"})])
    assert state.caseload.tolist() == [0]
    assert not state.ties.linked
    assert not state.ties.holder


def test_a_layer_adds_to_what_lies_below_and_hides_what_has_changed():
    below = state_of([person("a"), person("b")]).ties
    below.hold(case("C-1", separated_cases={"C-3"}), 0)
    below.wait(case("C-2", linked_cases={"C-4"}))
    layer = below.layer()
    layer.hold(case("C-2"), 1)
    layer.wait(case("C-1"))
    assert (layer.holder_of("C-1"), layer.holder_of("C-2")) == (None, 1)
    assert (layer.waits("C-1"), layer.waits("C-2")) == (True, False)
    assert (layer.linked_to(case("C-4")), layer.separated_from(case("C-3"))) == ({"C-2"}, {"C-1"})
    assert layer.binds(case("C-3"))
    assert (below.holder_of("C-1"), below.waits("C-2")) == (0, True)
