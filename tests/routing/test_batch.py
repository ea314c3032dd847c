"""The optimiser as a policy."""

from tests.routing.desk import case, person, placed, pulled, state_of

from caserouter.domain.settings import Prices, Settings
from caserouter.routing.batch import BatchPolicy
from caserouter.routing.result import WAITING


def test_it_weighs_all_cases_at_once():
    """C-1 may go to either, C-2 to a alone, and each has room for one: only a batch leaves a free for the later C-2."""
    people = [person("a", skills={"claims": 3}, capacity=1, cost_per_hour="10 USD"), person("b", capacity=1)]
    cases = [case("C-1", priority=1), case("C-2", required_skills={"claims": 2}, priority=5)]
    assert pulled(BatchPolicy(), state_of(people), cases) == {"C-1": "b", "C-2": "a"}


def test_strict_priority_serves_the_highest_level_first():
    """One place: five of weight 1 at level 2 are worth less than one of weight 5 at level 1, whatever the factors say."""
    factors = (1.0, 1.0, 1.0, 1.0, 1.0)
    cases = [case("C-0", priority=1, weight=5), *(case(f"C-{k}", priority=2) for k in range(1, 6))]
    strict = Settings(priority="strict", priority_factors=factors)
    weighted = Settings(priority="weighted", priority_factors=factors)
    assert pulled(BatchPolicy(), state_of([person("a", capacity=5)], strict), cases)["C-0"] == "a"
    assert pulled(BatchPolicy(), state_of([person("a", capacity=5)], weighted), cases)["C-0"] is None


def test_decisions_come_by_priority_age_and_id():
    cases = [case("C-3"), case("C-1"), case("C-2", created="2026-03-01T15:00:00Z"), case("C-4", priority=1)]
    assert list(pulled(BatchPolicy(), state_of([person("a")]), cases)) == ["C-4", "C-2", "C-1", "C-3"]


def test_a_decision_carries_the_cost_of_its_pair():
    """An hour at 48.00, plus 12.00 for the preferred skill that is missing."""
    state = state_of([person("a")], Settings(prices=Prices(scarcity=0.0)))
    profile = state.roster.profile(case("C-1", preferred_skills={"fraud"}))
    decision = BatchPolicy().place(profile, state)
    assert (decision.specialist, decision.cost, decision.attempt) == (0, 60.0, 0)


def test_a_waiting_case_has_no_cost():
    state = state_of([person("a", capacity=0)])
    decision = BatchPolicy().place(state.roster.profile(case("C-1")), state)
    assert (decision.specialist, decision.cost) == (WAITING, None)


def test_a_case_whose_linked_partner_waits_elsewhere_is_left_out():
    state = state_of([person("a", capacity=1)])
    assert placed(BatchPolicy(), state, [case("C-1", weight=2), case("C-2", linked_cases={"C-1"})]) == [None, None]
