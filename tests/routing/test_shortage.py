"""What a queue is short of: hand-worked queues, and the worth of capacity against the bound with one unit more."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from tests import strategies
from tests.routing.desk import case, person
from tests.routing.test_explain import PLAIN, solved

from caserouter.domain.credentials import Credential, CredentialNeed
from caserouter.domain.settings import Prices, Relaxation, Settings
from caserouter.domain.specialist import HeldCase
from caserouter.routing.answer import route
from caserouter.routing.capacity_worth import _roomy, capacity_worth
from caserouter.routing.result import WAITING
from caserouter.routing.shortage import find_shortages
from caserouter.routing.solver.flow import relax
from caserouter.routing.solver.instance import build_instance


def short(people, cases, policy=PLAIN):
    """Shortages by kind and name."""
    found = find_shortages(*solved(people, cases, policy))
    return {f"{one.kind} {one.name}": one for one in found.requirements}


def test_work_asked_stands_against_the_room_of_those_who_meet_it():
    people = person("a", skills={"claims": 4}, capacity=3, held_cases=[HeldCase(id="H-1", weight=2)]), person("b")
    cases = [case("C-1", required_skills={"claims": 3}), case("C-2", required_skills={"claims": 3}, weight=2), case("C-3")]
    found = short(people, cases)["skill claims at 3"]
    assert (found.num_cases, found.work, found.num_specialists, found.room, found.lacking) == (2, 3, 1, 1, 2)
    assert (found.num_waiting, found.places) == (1, 1)


def test_who_asks_for_more_asks_for_less_too():
    people = person("a", skills={"claims": 4}), person("b", skills={"claims": 2}), person("c")
    cases = [case("C-1", required_skills={"claims": 2}), case("C-2", required_skills={"claims": 4})]
    found = short(people, cases)
    assert (found["skill claims at 2"].num_cases, found["skill claims at 2"].num_specialists) == (2, 2)
    assert (found["skill claims at 4"].num_cases, found["skill claims at 4"].num_specialists) == (1, 1)


def test_credentials_are_named_with_their_jurisdictions():
    needs = ((CredentialNeed(kind="series_6"), CredentialNeed(kind="series_7")),)
    people = person("a", credentials=(Credential(kind="series_7", jurisdictions=["NJ"]),)), person("b")
    found = short(people, [case("C-1", jurisdiction="NY", required_credentials=needs)])
    assert list(found) == ["credential series_6@NY|series_7@NY"]
    assert found["credential series_6@NY|series_7@NY"].places == 1


def test_authority_is_short_only_where_nobody_may_approve():
    cases = [case("C-1", action="credit", amount="500 USD"), case("C-2", action="credit", amount="700 USD")]
    people = person("a", authority={"credit": "100 USD"}), person("b", authority={"credit": "1000 USD"}, capacity=1)
    assert short(people, cases) == {}
    found = short(people, cases, PLAIN.model_copy(update={"approval": None}))["authority credit of 700.00 USD"]
    assert (found.num_cases, found.room, found.num_waiting, found.places) == (2, 1, 1, 1)


def test_language_and_role_are_requirements_unless_the_policy_relaxes_them():
    cases = [case("C-1", language="es", risk_flags={"media"})]
    assert set(short([person("a")], cases)) == {"language es", "role manager"}
    relaxed = PLAIN.model_copy(update={"relaxations": {"language": Relaxation(price=0)}})
    assert set(short([person("a")], cases, relaxed)) == {"role manager"}


def test_what_everybody_meets_is_not_short():
    assert short([person("a", languages={"es"}, capacity=0)], [case("C-1", language="es")]) == {}


def test_two_requirements_that_block_together_place_nothing_alone():
    found = short([person("a")], [case("C-1", language="es", required_skills={"claims": 1})])
    assert [one.places for one in found.values()] == [0, 0]


def test_linked_cases_are_placed_together_or_not_at_all():
    cases = [case("C-1", language="es", linked_cases={"C-2"}), case("C-2")]
    assert short([person("a")], cases)["language es"].places == 2
    assert short([person("a", capacity=1)], cases)["language es"].places == 0


def test_the_worst_comes_first_and_the_document_has_what_is_lacking():
    people = person("a", capacity=1), person("b", languages={"es"}, capacity=1)
    cases = [case(f"C-{k}", language="es") for k in range(2)] + [case("C-9", required_skills={"claims": 1}, language="es")]
    document = find_shortages(*solved(people, cases)).to_dict()
    assert [(one["kind"], one["name"], one["places"], one["lacking"]) for one in document["requirements"]] == [
        ("language", "es", 1, 2),
        ("skill", "claims at 1", 0, 1),
    ]


@settings(max_examples=60, deadline=None)
@given(queue=strategies.queues())
def test_dropping_a_requirement_never_places_more_than_ask_for_it_or_go_with_one(queue):
    answer = route(queue.cases, queue.specialists, queue.accounts, queue.settings, at=queue.now, work_limit=0.0)
    waiting = int((answer.result.assignment == WAITING).sum())
    for one in find_shortages(answer.queue, answer.result.assignment).requirements:
        assert 0 <= one.places <= waiting
        assert one.num_waiting <= one.num_cases <= one.work
        assert one.places == 0 or one.num_waiting > 0


def test_one_more_unit_is_worth_the_waiting_that_it_saves():
    """a serves one case of 48 and leaves one waiting at 150: 102 more with room; b has room left."""
    queue, _ = solved(
        [person("a", capacity=1), person("b", languages={"fr"})], [case("C-1", language="es"), case("C-2", language="es")]
    )
    assert capacity_worth(queue) == ()
    people = person("a", capacity=1, languages={"es"}), person("b", languages={"fr"})
    (found,) = capacity_worth(solved(people, [case("C-1", language="es"), case("C-2", language="es")])[0])
    assert (found.specialist, found.worth) == ("a", pytest.approx(102.0))


def test_a_book_that_is_full_before_the_decision_is_worth_widening_too():
    people = [person("a", capacity=2, held_cases=[HeldCase(id="H-1", weight=2)])]
    (found,) = capacity_worth(solved(people, [case("C-1", weight=2)])[0])
    assert found.worth == pytest.approx((150 - 48) / 2)


def test_fairness_of_the_further_unit_comes_off_its_worth():
    """The second unit of a book of 1 costs 7 ÷ 4 × 40 = 70 in fairness: 102 less 70."""
    policy = Settings(prices=Prices(fairness=40.0, scarcity=0.0))
    queue, _ = solved([person("a", capacity=1)], [case("C-1"), case("C-2")], policy)
    plain = queue.waiting_cost[0] - 48.0
    (found,) = capacity_worth(queue)
    assert found.worth == pytest.approx(plain - 40 * 7 / 4, abs=0.01)


def test_a_cheaper_full_book_is_worth_the_difference_even_where_all_are_served():
    people = person("a"), person("b", capacity=0, cost_per_hour="8 USD")
    (found,) = capacity_worth(solved(people, [case("C-1")])[0])
    assert (found.specialist, found.worth) == ("b", pytest.approx(40.0))


def test_an_overfull_book_gains_nothing_from_one_unit():
    people = [person("a", capacity=1, held_cases=[HeldCase(id="H-1", weight=2)])]
    assert capacity_worth(solved(people, [case("C-1")])[0]) == ()


@settings(max_examples=60, deadline=None)
@given(queue=strategies.queues(ties=False))
def test_the_worth_is_what_the_bound_falls_with_one_unit_more(queue):
    answer = route(queue.cases, queue.specialists, queue.accounts, queue.settings, at=queue.now, work_limit=0.0)
    routed = answer.queue
    worth = {one.specialist: one.worth for one in capacity_worth(routed)}
    problem, usable = _roomy(routed)
    if not problem.num_pairs:
        return
    instance = build_instance(problem)

    def bound(capacity):
        return relax(replace(instance, capacity=np.minimum(instance.capacity, capacity))).bound * problem.unit

    for j, one in enumerate(answer.roster.specialists):
        if usable[j] == routed.state.free[j]:
            more = usable + (np.arange(len(usable)) == j)
            assert bound(usable) - bound(more) == pytest.approx(worth.get(one.id, 0.0), abs=3 * problem.unit)
