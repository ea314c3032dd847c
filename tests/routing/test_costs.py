"""Every cost term by hand, and that a pair costs their sum."""

import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from tests import strategies
from tests.routing.desk import NOW, case, person, state_of

from caserouter.domain.account import Account
from caserouter.domain.calendar import Leave
from caserouter.domain.credentials import Credential, CredentialNeed
from caserouter.domain.settings import Handling, Prices, Relaxation, Settings
from caserouter.domain.specialist import HeldCase
from caserouter.routing.clock import Clock
from caserouter.routing.costs import TERMS, pair_cost, pair_terms, probability_of_missing, waiting_cost
from caserouter.routing.pairs import Pairs
from caserouter.routing.roster import Roster
from caserouter.routing.state import RoutingState


def terms_of(state, one, *, unit_price=None, with_room=True):
    pairs = Pairs.of([state.roster.profile(one)], state, with_room=with_room)
    price = np.zeros(state.roster.num_specialists) if unit_price is None else np.array(unit_price)
    return {name: values.tolist() for name, values in pair_terms(pairs, state, price).items()}


def test_a_case_that_asks_for_nothing_costs_its_handling_alone():
    settings = Settings(prices=Prices(hour=48.0, fairness=0.0), handling=Handling(minutes=30))
    terms = terms_of(state_of([person("a"), person("b", cost_per_hour="60 USD")], settings), case("C-1"))
    assert terms.pop("handling") == [24.0, 30.0]
    assert all(values == [0.0, 0.0] for values in terms.values())


def test_effort_takes_the_factor_of_the_lowest_proficiency_asked():
    people = person("a", skills={"claims": 5, "fraud": 2}), person("b", skills={"claims": 5, "fraud": 5})
    terms = terms_of(state_of(people), case("C-1", required_skills={"claims": 1, "fraud": 1}))
    assert terms["handling"] == [48.0 * 1.25, 48.0 * 0.75]


def test_a_missing_skill_that_may_be_missing_counts_as_proficiency_1_and_costs_its_price():
    settings = Settings(relaxations={"skill": Relaxation(price=7.0)})
    terms = terms_of(
        state_of([person("a"), person("b", skills={"claims": 3})], settings), case("C-1", required_skills={"claims": 2})
    )
    assert terms["handling"] == [48.0 * 1.6, 48.0]
    assert terms["relaxation"] == [7.0, 0.0]


def test_lateness_is_the_chance_that_the_ready_work_outlasts_the_slack():
    state = state_of([person("a"), person("b"), person("c")])
    state.ready_hours[:] = 0.0, 4.0, 8.0
    one = case("C-1", priority=2, first_response_due=NOW + timedelta(hours=4))
    assert terms_of(state, one)["lateness"] == pytest.approx([0.0, 120 * 3 * math.exp(-1), 120 * 3 * math.exp(-0.5)])


def test_before_a_resolution_the_case_itself_has_to_fit():
    state = state_of([person("a")])
    state.ready_hours[:] = 2.0
    one = case("C-1", resolution_due=NOW + timedelta(hours=5))
    assert terms_of(state, one)["lateness"] == pytest.approx([120 * math.exp(-(5 - 1) / 2)])


def test_slack_counts_the_specialists_own_staffed_hours():
    # 15:00 UTC on a Monday: a works until 16:00, one hour before the target; b works through.
    state = state_of([person("a", shifts=("Mon-Fri 08:00-16:00",)), person("b")])
    state.ready_hours[:] = 1.0
    one = case("C-1", first_response_due=NOW + timedelta(hours=2))
    assert terms_of(state, one)["lateness"] == pytest.approx([120 * math.exp(-1), 120 * math.exp(-2)])


def test_a_target_that_is_due_is_missed_whoever_takes_the_case():
    one = case("C-1", created=NOW - timedelta(hours=5), first_response_due=NOW - timedelta(hours=1), resolution_due=NOW)
    assert terms_of(state_of([person("a")]), one)["lateness"] == [240.0]


def test_passing_on_an_account_costs_a_hand_off():
    people = person("a"), person("b")
    state = state_of(people, accounts=[Account(id="A-1", owner="b")])
    assert terms_of(state, case("C-1", account="A-1"))["hand_off"] == [35.0, 0.0]


def test_the_backup_stands_in_while_the_owner_is_away():
    away = Leave(start=date(2026, 3, 1), end=date(2026, 3, 20))
    people = person("a"), person("b", leave=(away,), backup="c"), person("c")
    state = state_of(people, accounts=[Account(id="A-1", owner="b")])
    assert terms_of(state, case("C-1", account="A-1"))["hand_off"] == [35.0, 0.0]  # a and c; b is away


def test_approval_is_paid_where_the_own_authority_is_short():
    people = person("a", authority={"credit": "10 USD"}), person("b", authority={"credit": "unlimited"})
    assert terms_of(state_of(people), case("C-1", action="credit", amount="50 USD"))["approval"] == [25.0, 0.0]


def test_each_preferred_skill_that_is_lacking_costs_its_price():
    people = person("a", skills={"claims": 1}), person("b")
    one = case("C-1", preferred_skills=frozenset({"claims", "fraud"}))
    assert terms_of(state_of(people), one)["preferred_skill"] == [12.0, 24.0]


def test_someone_else_than_preferred_costs_and_a_preferred_stranger_changes_nothing():
    state = state_of([person("a"), person("b")])
    assert terms_of(state, case("C-1", preferred_specialists=frozenset({"b"})))["preference"] == [20.0, 0.0]
    assert terms_of(state, case("C-2", preferred_specialists=frozenset({"x"})))["preference"] == [0.0, 0.0]


def test_a_lapse_ahead_costs_the_chance_that_the_case_is_still_open_then():
    # a's licence ends at midnight, nine hours from now; the case takes one hour, after two of ready work.
    licences = Credential(kind="series_7", valid_until=NOW.date()), Credential(kind="series_7")
    state = state_of([person(name, credentials=(licence,)) for name, licence in zip("ab", licences, strict=True)])
    state.ready_hours[:] = 2.0
    one = case("C-1", required_credentials=((CredentialNeed(kind="series_7"),),))
    assert terms_of(state, one)["lapse"] == pytest.approx([35 * math.exp(-9 / 3), 0.0])


def test_relaxed_presence_and_intake_cost_their_prices():
    settings = Settings(reach_hours=0, relaxations={"off_shift": Relaxation(price=3.0), "intake_limit": Relaxation(price=5.0)})
    people = person("a", shifts=("Sun 09:00-10:00",)), person("b", intake={"limit": 0}), person("c")
    assert terms_of(state_of(people, settings), case("C-1"))["relaxation"] == [3.0, 5.0, 0.0]


def test_fairness_charges_the_fuller_book_more():
    people = person("a", held_cases=(HeldCase(id="H-1", weight=4),), capacity=8), person("b", capacity=8)
    fairness = terms_of(state_of(people), case("C-1", weight=2))["fairness"]
    assert fairness == pytest.approx([40 / 32 * 5 * 2, 40 / 32 * 1 * 2])


def test_scarcity_charges_each_unit_of_weight():
    assert terms_of(state_of([person("a"), person("b")]), case("C-1", weight=3), unit_price=[0.5, 2.0])["scarcity"] == [1.5, 6.0]


def test_waiting_costs_its_price_times_the_priority_factor():
    state = state_of([person("a")])
    assert waiting_cost(state.roster.profile(case("C-1", priority=1)), state.roster.settings) == 1200.0


def test_probabilities_stay_between_0_and_1():
    slack, ahead = np.array([-1.0, 0.0, 5.0, 5.0, 1e9]), np.array([3.0, 0.0, 0.0, 5.0, 1e-9])
    assert probability_of_missing(slack, ahead) == pytest.approx([1.0, 1.0, 0.0, math.exp(-1), 0.0])


@settings(max_examples=60, deadline=None)
@given(queue=strategies.queues(max_cases=4))
def test_a_pair_costs_the_sum_of_its_terms_and_no_term_is_negative(queue):
    roster = Roster.compile(queue.specialists, queue.accounts, queue.settings, clock=Clock(queue.now))
    state = RoutingState.start(roster)
    pairs = Pairs.of([roster.profile(one) for one in queue.cases], state, with_room=False)
    unit_price = np.linspace(0.0, 1.0, roster.num_specialists)
    terms = pair_terms(pairs, state, unit_price)
    assert list(terms) == list(TERMS)
    assert all(np.isfinite(values).all() and (values >= 0).all() for values in terms.values())
    assert pair_cost(pairs, state, unit_price) == pytest.approx(sum(terms.values()))
    without = pair_cost(pairs, state, unit_price, without=frozenset({"fairness", "lapse"}))
    assert without == pytest.approx(sum(terms.values()) - terms["fairness"] - terms["lapse"])


@settings(max_examples=60, deadline=None)
@given(queue=strategies.queues(max_cases=4))
def test_pairs_of_a_queue_are_the_pairs_of_its_cases(queue):
    roster = Roster.compile(queue.specialists, queue.accounts, queue.settings, clock=Clock(queue.now))
    state = RoutingState.start(roster)
    profiles = [roster.profile(one) for one in queue.cases]
    together = Pairs.of(profiles, state)
    unit_price = np.zeros(roster.num_specialists)
    cost = pair_cost(together, state, unit_price)
    for i, profile in enumerate(profiles):
        alone = Pairs.of([profile], state)
        assert alone.specialist.tolist() == together.specialist[together.case == i].tolist()
        assert pair_cost(alone, state, unit_price).tolist() == cost[together.case == i].tolist()
