"""A plan is carried out as far as it still fits, and its decisions can be made again."""

import pytest

from caserouter.domain.lifecycle import CaseStatus
from caserouter.service.board.loading import load_seen
from caserouter.service.board.replaying import replay
from caserouter.service.commands.holding import reassign
from caserouter.service.commands.presence import set_presence
from caserouter.service.keeper.optimising import Optimising
from caserouter.service.keeper.planning import plan
from caserouter.store.events import EventKind


def planned(office, **effort):
    with office.engine.board() as board:
        return plan(board, office.now, **{"work_limit": None, "seed": 0} | effort)


def carry_out(office, made):
    optimising = Optimising(office.engine, None, 10.0)
    optimising.carry_out(made)
    return optimising


@pytest.fixture
def two_waiting(office):
    """One case that only ann can take, and one that anybody can; ann and ben have room for one each."""
    special = office.create(required_skills={"fraud": 3}, priority=4)
    plain = office.create(priority=3)
    office.arrive({"id": "ann", "skills": {"fraud": 5}}, {"id": "ben"})
    return special, plain


def test_the_whole_queue_is_given_out_as_one_problem(office, two_waiting):
    special, plain = two_waiting
    done = carry_out(office, planned(office))
    assert (office.holder(special), office.holder(plain)) == ("ann", "ben")
    assert (done.num_given, done.num_stale, done.last) == (2, 0, office.now)
    assert {event.data["mode"] for event in office.events(EventKind.CASE_ASSIGNED)} == {"batch"}


def test_a_plan_is_carried_out_once(office, two_waiting):
    made = planned(office)
    carry_out(office, made)
    before = office.head()
    assert carry_out(office, made).num_stale == 2
    assert office.head() == before


def test_what_no_longer_fits_stays_in_the_queue(office, two_waiting):
    special, plain = two_waiting
    made = planned(office)
    office.do(set_presence, "ben", "away")
    done = carry_out(office, made)
    assert (done.num_given, done.num_stale) == (1, 1)
    assert office.holder(special) == "ann"
    assert office.holder(plain) is None


def test_a_case_that_somebody_was_given_meanwhile_is_left_alone(office, two_waiting):
    special, plain = two_waiting
    made = planned(office)
    office.do(reassign, plain, specialist="ann", reason="knows the customer")
    carry_out(office, made)
    assert (office.holder(special), office.holder(plain)) == (None, "ann")


def test_linked_cases_are_given_out_together_or_not_at_all(office):
    first = office.create()
    second = office.create(linked_cases=[first])
    office.arrive({"id": "ann", "capacity": 2}, {"id": "ben", "capacity": 1})
    made = planned(office)
    assert [sorted(move.case_id for move in group) for group in made.groups] == [sorted([first, second])]
    office.create(preferred_specialists=["ann"])
    carry_out(office, made)
    assert office.holder(first) == office.holder(second)


def test_offers_are_made_where_the_policy_asks_for_acceptance(office):
    office.enact(acceptance={"minutes": 15})
    office.create()
    office.arrive({"id": "ann"})
    carry_out(office, planned(office))
    with office.engine.board() as board:
        assert {case.status for case in board.cases.values()} == {CaseStatus.OFFERED}


def test_there_is_no_plan_while_nobody_has_room(office):
    office.create()
    assert planned(office).groups == ()
    office.arrive({"id": "ann", "capacity": 0})
    assert planned(office).groups == ()


def test_a_policy_with_strict_levels_is_planned_level_by_level(office):
    office.enact(routing={"priority": "strict"})
    low, high = office.create(priority=5), office.create(priority=1)
    office.arrive({"id": "ann"})
    carry_out(office, planned(office))
    assert (office.holder(low), office.holder(high)) == (None, "ann")


@pytest.mark.parametrize("priority", ["weighted", "strict"])
def test_a_decision_of_a_plan_is_the_same_when_it_is_made_again(office, priority):
    office.enact(routing={"priority": priority})
    cases = [office.create(priority=1 + k % 5, required_skills={"fraud": 1 + k % 3} if k % 2 else {}) for k in range(12)]
    office.arrive(*({"id": f"s{k}", "capacity": 2, "skills": {"fraud": 1 + k}} for k in range(5)))
    made = planned(office)
    office.create()
    carry_out(office, made)
    assert sum(office.holder(case_id) is not None for case_id in cases) == 9
    for event in office.events(EventKind.CASE_ASSIGNED):
        if event.data["mode"] != "batch":
            continue
        with office.engine.read() as connection:
            found = load_seen(connection, event.seq)
        assert found.decision.evidence["policy"]["name"] == "optimizer"
        assert replay(found.board, found.decision, found.case).differences == ()


def test_evidence_of_a_plan_that_was_changed_is_found_out(office, two_waiting):
    carry_out(office, planned(office))
    with office.engine.read() as connection:
        found = load_seen(connection, office.events(EventKind.CASE_ASSIGNED)[0].seq)
    changed = found.decision._replace(specialist_id="ben" if found.decision.specialist_id == "ann" else "ann")
    assert "specialist: recorded" in replay(found.board, changed, found.case).differences[0]
