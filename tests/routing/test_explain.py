"""Explanations agree with the problem that was solved, whatever the queue, and say what was the case."""

import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import strategies
from tests.routing.desk import NOW, case, person, state_of

from caserouter.domain.case import RiskFlag
from caserouter.domain.errors import NotFound
from caserouter.domain.money import Money
from caserouter.domain.rules import Rule
from caserouter.domain.settings import Approval, Prices, Relaxation, Settings
from caserouter.domain.specialist import HeldCase
from caserouter.routing.answer import route
from caserouter.routing.build import build_problem, build_queue
from caserouter.routing.explain import explain
from caserouter.routing.result import WAITING
from caserouter.routing.solver import solve

PLAIN = Settings(prices=Prices(fairness=0.0, scarcity=0.0))


def solved(people, cases, policy=PLAIN):
    """A queue and its optimal assignment."""
    state = state_of(people, policy)
    queue = build_problem(cases, state.roster, state)
    return queue, solve(queue.problem).assignment


@settings(max_examples=60, deadline=None)
@given(queue=strategies.queues(), data=st.data())
def test_candidates_are_the_pairs_of_the_problem_at_their_costs_and_everybody_else_is_excluded(queue, data):
    """The eligibility and the costs that are explained are those that were used."""
    answer = route(queue.cases, queue.specialists, queue.accounts, queue.settings, at=queue.now, work_limit=0.0)
    if not queue.cases:
        return
    name = data.draw(st.sampled_from(sorted(one.id for one in queue.cases)))
    routed, assignment = answer.decided(name)
    found = explain(name, routed, assignment)
    i = [profile.id for profile in routed.profiles].index(name)
    pairs = slice(routed.problem.indptr[i], routed.problem.indptr[i + 1])
    ids = [one.id for one in answer.roster.specialists]
    costs = {ids[j]: cost for j, cost in zip(routed.problem.specialist[pairs], routed.pair_cost[pairs], strict=True)}
    assert {one.specialist: pytest.approx(one.total - one.terms["fairness"]) for one in found.candidates} == costs
    assert {one.specialist for one in found.excluded} == set(ids) - set(costs)
    assert all(one.reasons for one in found.excluded)
    assert found.chosen == answer.assignment[name]
    assert [one.specialist for one in found.candidates if one.chosen] == ([found.chosen] if found.chosen else [])
    assert (found.unassigned is None) == (found.chosen is not None)
    json.dumps(found.to_dict(), allow_nan=False)


def test_those_who_may_approve_have_the_authority_and_are_not_excluded():
    asked = case("c", action="refund", amount=Money.of(500), excluded_specialists=frozenset({"out"}))
    people = [
        person("low", authority={"refund": Money.of(100)}),
        person("high", authority={"refund": Money.of(500)}),
        person("any", authority={"refund": "unlimited"}),
        person("out", authority={"refund": "unlimited"}),
        person("other", authority={"credit": "unlimited"}),
    ]
    assert explain("c", *solved(people, [asked])).approvers == ("any", "high")
    nobody = PLAIN.model_copy(update={"approval": Approval(actions=frozenset({"credit"}))})
    assert explain("c", *solved(people, [asked], nobody)).approvers == ()
    assert explain("d", *solved(people, [case("d")])).approvers == ()


def test_reviews_are_those_that_the_policy_demands_for_the_flags():
    flagged = case("c", risk_flags=frozenset({RiskFlag.LEGAL, RiskFlag.MEDIA, RiskFlag.REGULATOR}))
    policy = PLAIN.model_copy(update={"review_before_first_response": frozenset({RiskFlag.REGULATOR, RiskFlag.LEGAL})})
    assert explain("c", *solved([person("s")], [flagged], policy)).reviews == ("legal", "regulator")


@settings(max_examples=40, deadline=None)
@given(queue=strategies.queues(), data=st.data())
def test_whoever_would_be_eligible_later_is_so_then_and_no_earlier(queue, data):
    """Held against the same explanation at that moment, books unchanged."""
    queue = queue._replace(settings=queue.settings.model_copy(update={"priority": "weighted"}))
    if not queue.cases:
        return
    name = data.draw(st.sampled_from(sorted(one.id for one in queue.cases)))

    def at(moment):
        answer = route(queue.cases, queue.specialists, queue.accounts, queue.settings, at=moment, work_limit=0.0)
        return explain(name, *answer.decided(name))

    now = at(queue.now)
    later = [one for one in now.excluded if one.eligible_from and all(r.code != Rule.INTAKE_LIMIT for r in one.reasons)]
    for one in later[:2]:
        assert one.eligible_from > queue.now
        assert one.specialist in {other.specialist for other in at(one.eligible_from).candidates}


def test_absence_and_refusal_are_reasons_that_end_by_themselves():
    """a is ill for three hours and declined for five; b is ill for nobody knows how long; c is eligible."""
    state = state_of([person("a"), person("b"), person("c")])
    state.away_until[:2] = 3.0, np.inf
    state.declined["C-1"] = {0: 5.0, 2: 0.0}
    found = explain("C-1", build_queue([state.roster.profile(case("C-1"))], state), np.array([2]))
    excluded = {one.specialist: one for one in found.excluded}
    assert [reason.sentence for reason in excluded["a"].reasons] == [
        "absent until 2026-03-02 18:00 UTC",
        "declined it and is left alone until 2026-03-02 20:00 UTC",
    ]
    assert excluded["a"].eligible_from == NOW + timedelta(hours=5)
    assert [(reason.code, reason.sentence) for reason in excluded["b"].reasons] == [("off_shift", "absent")]
    assert excluded["b"].eligible_from is None


def test_candidates_are_sorted_by_total_with_the_terms_that_add_up():
    people = person("a", cost_per_hour="60 USD"), person("b", cost_per_hour="40 USD"), person("c", cost_per_hour="50 USD")
    found = explain("C-1", *solved(people, [case("C-1")]))
    assert [(one.specialist, one.total) for one in found.candidates] == [("b", 40.0), ("c", 50.0), ("a", 60.0)]
    assert found.candidates[0].chosen
    assert found.candidates[0].terms["handling"] == sum(found.candidates[0].terms.values())


def test_a_candidate_whose_room_the_others_took_has_an_obstacle_and_comes_last():
    people = person("a", capacity=2, cost_per_hour="10 USD"), person("b", cost_per_hour="50 USD")
    cases = [case("C-1", weight=2, preferred_specialists={"a"}), case("C-2")]
    found = explain("C-2", *solved(people, cases))
    assert [one.specialist for one in found.candidates] == ["b", "a"]
    assert found.candidates[1].obstacle == "2 of 2 units are taken, 1 is needed"
    assert (found.candidates[1].caseload, found.candidates[1].load, found.candidates[1].capacity) == (0, 2, 2)


def test_fairness_is_what_the_case_adds_beside_the_other_cases():
    """Half of a book of 4 is taken by the other: the third unit lies in the third quarter, at 5 × 40 ÷ (4 · 4)."""
    policy = Settings(prices=Prices(fairness=40.0, scarcity=0.0))
    found = explain("C-2", *solved([person("a", capacity=4)], [case("C-1", weight=2), case("C-2")], policy))
    assert found.candidates[0].terms["fairness"] == pytest.approx(12.5)


def test_the_excluded_come_nearest_first_with_the_sentences_of_the_domain():
    people = (
        person("a", skills={"claims": 2}),
        person("b"),
        person("c", skills={"claims": 1}, languages={"fr"}),
        person("d", skills={"claims": 3}, languages={"es"}),
    )
    one = case("C-1", required_skills={"claims": 3}, language="es")
    found = explain("C-1", *solved(people, [one]))
    assert [(who.specialist, [reason.code for reason in who.reasons]) for who in found.excluded] == [
        ("a", ["proficiency", "language"]),
        ("c", ["proficiency", "language"]),
        ("b", ["skill", "language"]),
    ]
    assert found.excluded[0].reasons[0].sentence == "claims is 2, below the 3 asked"
    assert found.nearest.sentence == "a would be eligible with claims at 3 and with es"


def test_capacity_and_intake_are_those_before_the_decision():
    people = (
        person("a", capacity=3, held_cases=[HeldCase(id="H-1", weight=2)]),
        person("b", intake={"limit": 1, "used": 1, "window_hours": 8}),
    )
    found = explain("C-1", *solved(people, [case("C-1", weight=2)]))
    sentences = {who.specialist: who.reasons[0].sentence for who in found.excluded}
    assert sentences["a"] == "caseload 2 of 3 leaves no room for a weight of 2"
    assert sentences["b"] == "the intake limit of 1 new cases in 8 hours is used up"
    assert {who.specialist: who.eligible_from for who in found.excluded} == {"a": None, "b": NOW + timedelta(hours=8)}
    assert found.nearest.sentence.startswith("b would be eligible with an intake limit of 2, or from 2026-03-02 23:00 UTC on")


def test_ties_to_held_cases_and_team_caps_are_reasons_too():
    people = (
        person("a", held_cases=[HeldCase(id="H-1")]),
        person("b", held_cases=[HeldCase(id="H-2")]),
        person("c", team="east"),
    )
    one = case("C-1", linked_cases={"H-1"}, separated_cases={"H-2"}, weight=2)
    found = explain("C-1", *solved(people, [one], PLAIN.model_copy(update={"team_caps": {"east": 1}})))
    reasons = {who.specialist: {reason.code: reason.sentence for reason in who.reasons} for who in found.excluded}
    assert found.chosen == "a"
    assert reasons["b"] == {
        "linked_case": "linked to H-1, which a holds",
        "separated_case": "holds H-2, to be kept apart from it",
    }
    assert reasons["c"]["team_cap"] == "team east has no room for a weight of 2 under its cap of 1"


def test_those_whom_the_decision_did_not_ask_say_so():
    state = state_of([person("a"), person("b")], PLAIN)
    queue = build_queue([state.roster.profile(case("C-1"))], state, specialists=np.array([1]))
    found = explain("C-1", queue, np.array([1]))
    assert [(who.specialist, who.reasons[0].code) for who in found.excluded] == [("a", "not_asked")]
    assert explain("C-1", queue, np.array([WAITING])).candidates[0].specialist == "b"


def test_relaxed_rules_and_approval_are_noted_on_the_candidate():
    policy = PLAIN.model_copy(update={"relaxations": {"language": Relaxation(price=10)}})
    people = person("a"), person("b", authority={"credit": "unlimited"}, languages={"es"})
    found = explain("C-1", *solved(people, [case("C-1", language="es", action="credit", amount="500 USD")], policy))
    notes = {one.specialist: (one.needs_approval, one.relaxed) for one in found.candidates}
    assert notes == {"a": (True, ("language",)), "b": (False, ())}


def test_linked_cases_are_explained_together():
    people = person("a", languages={"es"}), person("b")
    cases = [case("C-1", linked_cases={"C-2"}), case("C-2", language="es")]
    found = explain("C-1", *solved(people, cases))
    assert (found.chosen, found.together) == ("a", ("C-2",))
    assert [(one.specialist, one.obstacle) for one in found.candidates] == [("a", None), ("b", "may not take C-2, to go with it")]


def test_under_strict_priority_a_case_is_explained_on_the_books_that_the_levels_above_left():
    cases = [case("C-1", priority=1, weight=10), case("C-2", priority=3)]
    answer = route(cases, [person("a")], settings=Settings(priority="strict"), at=NOW)
    found = explain("C-2", *answer.decided("C-2"))
    assert found.excluded[0].reasons[0].sentence == "caseload 10 of 10 leaves no room for a weight of 1"
    assert [holder.case for holder in found.unassigned.outbid[0].holders] == ["C-1"]


def test_a_case_that_is_not_in_the_queue_is_not_found():
    with pytest.raises(NotFound, match="C-9: no such case in the queue; name one of its 1 cases"):
        explain("C-9", *solved([person("a")], [case("C-1")]))


def test_moments_are_iso_text_in_the_document():
    found = explain("C-1", *solved([person("a")], [case("C-1")])).to_dict()
    assert datetime.fromisoformat(found["at"]) == NOW.astimezone(UTC)
