"""Why a case waits: on hand-worked queues of one or two people, and whatever the queue."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from tests import strategies
from tests.routing.desk import NOW, case, person
from tests.routing.test_explain import PLAIN, solved

from caserouter.domain.credentials import Credential, CredentialNeed
from caserouter.domain.settings import Prices, Relaxation, Settings
from caserouter.domain.specialist import HeldCase
from caserouter.routing.answer import route
from caserouter.routing.explain import explain
from caserouter.routing.explanation import Conflict, Wait
from caserouter.routing.result import WAITING

SERIES_7 = ((CredentialNeed(kind="series_7"),),)


def why(name, people, cases, policy=PLAIN):
    return explain(name, *solved(people, cases, policy)).unassigned


@settings(max_examples=60, deadline=None)
@given(queue=strategies.queues())
def test_nobody_is_eligible_for_a_case_unless_empty_books_would_give_it_a_candidate(queue):
    """The reason is held against the explanation by empty books and fresh intake windows."""
    answer = route(queue.cases, queue.specialists, queue.accounts, queue.settings, at=queue.now, work_limit=0.0)
    for waiting in answer.waiting:
        routed, assignment = answer.decided(waiting.id)
        found = explain(waiting.id, routed, assignment)
        if found.together or routed.state.ties.linked or routed.state.ties.separated:
            continue
        empty = [
            one.model_copy(
                update={"held_cases": (), "intake": one.intake and one.intake.model_copy(update={"used": 0})},
            )
            for one in queue.specialists
        ]
        alone = route([waiting], empty, queue.accounts, queue.settings, at=queue.now, work_limit=0.0)
        nobody = not alone.queue.problem.num_pairs
        assert (found.unassigned.reason is Wait.NOBODY_ELIGIBLE) == nobody
        assert bool(found.unassigned.conflicts) == (nobody and bool(empty))


def test_the_smallest_sets_of_rules_and_whom_their_removal_admits():
    """a breaks two rules; b and c break one each: two smallest sets of one."""
    people = person("a"), person("b", languages={"es"}), person("c", skills={"claims": 3})
    found = why("C-1", people, [case("C-1", language="es", required_skills={"claims": 3})])
    assert found.reason is Wait.NOBODY_ELIGIBLE
    assert found.conflicts == (Conflict(("skill",), ("b",)), Conflict(("language",), ("c",)))
    assert found.sentence == (
        "nobody may take it, whatever their load: without skill b could; without language c could; time alone does not help"
    )


def test_two_rules_that_only_fall_together_are_one_conflict():
    found = why("C-1", [person("a")], [case("C-1", language="es", required_skills={"claims": 3})])
    assert found.conflicts == (Conflict(("skill", "language"), ("a",)),)


def test_the_earliest_moment_at_which_somebody_becomes_eligible_by_itself():
    """b's licence begins on 5 March, the language rule bends on 4 March, at 15:00."""
    licence = Credential(kind="series_7", valid_from=datetime(2026, 3, 5, tzinfo=UTC).date())
    people = person("a", credentials=(Credential(kind="series_7"),)), person("b", credentials=(licence,), languages={"es"})
    policy = PLAIN.model_copy(update={"relaxations": {"language": Relaxation(after_hours=48, price=0)}})
    found = why("C-1", people, [case("C-1", language="es", required_credentials=SERIES_7)], policy)
    assert (found.by, found.eligible_from) == ("a", NOW + timedelta(hours=48))
    assert found.sentence.endswith("a may from 2026-03-04 15:00 UTC on")


def test_a_case_heavier_than_every_book_is_eligible_nowhere_whatever_the_load():
    found = why("C-1", [person("a", capacity=2)], [case("C-1", weight=3)])
    assert found.conflicts == (Conflict(("capacity",), ("a",)),)


def test_linked_cases_wait_for_somebody_who_may_take_them_all():
    people = person("a", languages={"es"}), person("b", skills={"claims": 3})
    cases = [case("C-1", language="es", linked_cases={"C-2"}), case("C-2", required_skills={"claims": 3})]
    found = why("C-1", people, cases)
    assert found.conflicts == (Conflict(("skill",), ("a",)), Conflict(("language",), ("b",)))
    assert found.sentence.startswith("nobody may take it together with C-2, whatever their load")


def test_cases_that_are_linked_through_others_and_separated_fit_nobody():
    cases = [
        case("C-1", linked_cases={"C-2"}),
        case("C-2", linked_cases={"C-3"}),
        case("C-3", separated_cases={"C-1"}),
    ]
    assert why("C-1", [person("a")], cases).conflicts == (Conflict(("separated_case",), ("a",)),)


def test_an_empty_roster_is_said_to_be_empty():
    assert why("C-1", [], [case("C-1")]).sentence == "nobody may take it: the roster is empty"


def test_outbid_names_who_holds_the_room_and_at_what_price():
    """Room for one of two: at priority 1 and 3 waiting costs 8 and 1 × 150, the pair 48 for either."""
    found = why("C-2", [person("a", capacity=1)], [case("C-1", priority=1), case("C-2")])
    (book,) = found.outbid
    (holder,) = book.holders
    assert found.reason is Wait.OUTBID
    assert (holder.case, holder.weight, holder.cost, holder.price) == ("C-1", 1, 48.0, 8 * 150 - 48.0)
    assert (book.specialist, book.lacking, book.displaced, book.price, book.gain) == ("a", 1, ("C-1",), 1152.0, 102.0)
    assert found.sentence == (
        "outbid: one may take it, without room; with a, letting C-1 wait instead would cost 1,152.00 USD and save 102.00 USD"
    )


def test_a_book_full_of_cases_held_before_has_no_price():
    found = why("C-1", [person("a", capacity=2, held_cases=[HeldCase(id="H-1", weight=2)])], [case("C-1")])
    (book,) = found.outbid
    assert (book.price, book.displaced, [(one.case, one.weight) for one in book.holders]) == (None, (), [("H-1", 2)])
    assert found.sentence == "outbid: one may take it, without room; a: 2 of 2 units are taken, 1 is needed"


def test_the_book_in_which_room_costs_least_comes_first():
    people = person("a", capacity=1), person("b", capacity=1)
    cases = [
        case("C-1", priority=1, excluded_specialists={"b"}),
        case("C-2", priority=2, excluded_specialists={"a"}),
        case("C-3"),
    ]
    assert [book.specialist for book in why("C-3", people, cases).outbid] == ["b", "a"]


@pytest.mark.parametrize(
    ("limits", "policy", "obstacle"),
    [
        ({"intake": {"limit": 1}}, {}, "takes 1 more new case in this window, and others of this decision fill 1 of them"),
        ({"team": "east"}, {"team_caps": {"east": 1}}, "team east has 0 of its cap of 1 units left, 1 is needed"),
    ],
)
def test_intake_and_team_caps_are_room_too(limits, policy, obstacle):
    found = why("C-2", [person("a", **limits)], [case("C-1", priority=1), case("C-2")], PLAIN.model_copy(update=policy))
    (book,) = found.outbid
    assert (found.reason, book.obstacle, book.lacking, book.displaced) == (Wait.OUTBID, obstacle, 0, ("C-1",))


def test_a_case_to_be_kept_apart_holds_the_room():
    found = why("C-2", [person("a")], [case("C-1", priority=1), case("C-2", separated_cases={"C-1"})])
    assert (found.outbid[0].obstacle, found.outbid[0].displaced) == ("takes C-1, to be kept apart from it", ("C-1",))


def test_under_a_reserve_a_case_may_wait_because_that_is_cheaper():
    policy = Settings(prices=Prices(fairness=0.0, scarcity=0.0, waiting=30.0), reserve=True)
    found = why("C-1", [person("a")], [case("C-1")], policy)
    assert (found.reason, found.sentence) == (Wait.RESERVED, "waiting costs 30.00 USD, a, who has room, 48.00 USD")


def test_an_assignment_that_leaves_room_unused_is_said_not_to_be_the_best():
    queue, _ = solved([person("a")], [case("C-1")])
    found = explain("C-1", queue, np.array([WAITING])).unassigned
    assert (found.reason, found.sentence) == (
        Wait.OVERLOOKED,
        "a has room and would cost 48.00 USD, waiting 150.00 USD: the assignment is not the best",
    )
