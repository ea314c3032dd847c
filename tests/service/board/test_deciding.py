"""Decisions on a board: eligible, within every limit, and the same when they are made again."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from tests.routing.desk import case, person
from tests.service.board.journal import Journal, moves, played, policies
from tests.strategies import queues

from caserouter.domain.calendar import Leave
from caserouter.domain.errors import NotFound
from caserouter.domain.rules import Rule
from caserouter.domain.service_policy import Acceptance, Ramp, ServicePolicy
from caserouter.domain.settings import Relaxation, Settings
from caserouter.domain.specialist import IntakeLimit
from caserouter.service.board.deciding import place, pull
from caserouter.service.board.fitting import fits
from caserouter.service.board.replaying import explain_decision, replay
from caserouter.store.events import EventKind


@settings(max_examples=80, deadline=None)
@given(queue=queues(), policy=policies(), happenings=moves())
def test_everybody_who_is_given_a_case_may_take_it(queue, policy, happenings):
    journal = played(queue, policy, [*happenings, ("pull", 0, 1)])
    for seen, event, outcome in journal.decisions:
        if outcome.specialist is not None:
            assert fits(seen, outcome.case_id, outcome.specialist, event.at) == ()


@settings(max_examples=80, deadline=None)
@given(queue=queues(), policy=policies(), happenings=moves())
def test_nobody_is_given_more_than_the_book_or_the_team_holds(queue, policy, happenings):
    journal = played(queue, policy, [*happenings, ("pull", 0, 1)])
    for seen, event, outcome in journal.decisions:
        if outcome.specialist is None:
            continue
        state = seen.state(event.at)
        j = state.roster.index_by_id[outcome.specialist]
        assert state.free[j] >= outcome.units
        assert state.team_left[state.roster.team[j]] >= outcome.units


@settings(max_examples=80, deadline=None)
@given(queue=queues(), policy=policies(), happenings=moves())
def test_every_decision_is_the_same_when_made_again(queue, policy, happenings):
    journal = played(queue, policy, [*happenings, ("pull", 0, 1)])
    for seen, event, _ in journal.decisions:
        if "together" not in event.evidence:
            assert replay(seen, event).differences == ()


@settings(max_examples=60, deadline=None)
@given(queue=queues(ties=False), policy=policies(), happenings=moves())
def test_evidence_agrees_with_the_full_table(queue, policy, happenings):
    """The candidates, and how many each rule keeps away, are those of the explanation."""
    for seen, event, outcome in played(queue, policy, happenings).decisions:
        table = explain_decision(seen, event)
        assert table.chosen == outcome.specialist
        assert sorted(one.specialist for one in table.candidates) == sorted(one["specialist"] for one in outcome.evidence["best"])
        counts = {}
        for one in table.excluded:
            for code in dict.fromkeys(reason.code for reason in one.reasons):
                counts[code] = counts.get(code, 0) + 1
        if outcome.evidence["asked"] is None:
            assert outcome.evidence["excluded"] == counts


@settings(max_examples=80, deadline=None)
@given(queue=queues(ties=False), policy=policies(), happenings=moves())
def test_why_a_case_waits_agrees_with_the_full_table(queue, policy, happenings):
    for seen, event, outcome in played(queue, policy, happenings).decisions:
        if outcome.specialist is not None:
            continue
        told = explain_decision(seen, event).unassigned
        assert outcome.why["code"] == told.reason
        assert [(one["rules"], one["admits"]) for one in outcome.why["conflicts"]] == [
            (list(one.rules), list(one.admits)) for one in told.conflicts
        ]
        if told.conflicts:
            assert outcome.why["sentence"] == told.sentence


@settings(max_examples=40, deadline=None)
@given(queue=queues(ties=False), policy=policies(), happenings=moves())
def test_after_a_pull_nobody_with_room_could_be_given_what_waits(queue, policy, happenings):
    journal = played(queue, policy, [*happenings, ("pull", 0, 1)])
    if journal.board.document.routing.reserve:
        return
    for profile in list(journal.board.view(journal.now).line):
        assert place(journal.board, profile.case, journal.now).specialist is None


def test_a_case_is_offered_where_the_policy_asks_for_acceptance():
    journal = Journal(ServicePolicy(acceptance=Acceptance(minutes=10)))
    journal.put(person("a"))
    outcome = journal.create(case("C-1"))
    assert (outcome.status, outcome.offer_until) == ("offered", journal.now + timedelta(minutes=10))
    journal.record(EventKind.CASE_ACCEPTED, case_id="C-1", specialist_id="a")
    assert journal.board.cases["C-1"].status == "ready"


def test_freed_room_takes_the_most_urgent_case_that_fits():
    journal = Journal()
    journal.put(person("a", capacity=2))
    for name, fields in (("C-1", {"weight": 2}), ("C-2", {"priority": 3}), ("C-3", {"priority": 1}), ("C-4", {"weight": 3})):
        journal.create(case(name, **fields))
    journal.record(EventKind.CASE_RESOLVED, case_id="C-1", close_after=None)
    assert list(journal.pull(["a"])) == ["C-3", "C-2"]
    assert [one.id for one in journal.board.view(journal.now).line] == ["C-4"]


def test_a_pull_that_is_not_recorded_loses_nothing():
    journal = Journal()
    journal.put(person("a", capacity=0))
    journal.create(case("C-1"))
    journal.record(EventKind.CAPACITY_SET, specialist_id="a", capacity=1)
    assert [one.case_id for one in next(pull(journal.board, None, journal.now, 5))] == ["C-1"]
    assert journal.pull() == {"C-1": "a"}


def test_a_limit_never_parts_linked_cases():
    journal = Journal()
    journal.put(person("a", capacity=0))
    for name, linked in (("C-1", {"C-2"}), ("C-2", {"C-1"}), ("C-3", set())):
        journal.create(case(name, linked_cases=linked))
    journal.record(EventKind.CAPACITY_SET, specialist_id="a", capacity=3)
    assert journal.pull(limit=1) == {"C-1": "a", "C-2": "a"}
    assert journal.pull(limit=1) == {"C-3": "a"}


def test_whoever_declined_is_left_alone_for_the_time_set():
    journal = Journal()
    journal.put(person("a"))
    journal.create(case("C-1"))
    journal.release("C-1", journal.now + timedelta(hours=4))
    outcome = journal.route("C-1")
    assert outcome.why["conflicts"] == [{"rules": ["declined"], "admits": ["a"], "num": 1}]
    assert outcome.why["eligible_from"] == "2026-03-04T19:00:00.000000+00:00"
    journal.now += timedelta(hours=4)
    assert journal.pull() == {"C-1": "a"}


def test_where_a_shift_has_ended_by_the_time_a_rule_is_relaxed_the_next_one_is_named():
    """The skill is passed over from 21:00 on Wednesday; an hour of the team's before Thursday at 09:00, Ann is within reach."""
    relaxed = Settings(relaxations={"skill": Relaxation(after_hours=6, price=1)}, reach_hours=1)
    journal = Journal(ServicePolicy(routing=relaxed))
    journal.put(person("ann", shifts="Mon-Fri 09:00-17:00", time_zone="UTC"))
    journal.put(person("ben"))
    asked = {"required_skills": {"tax": 1}, "excluded_specialists": {"ben"}}
    outcome = journal.create(case("C-1", created=journal.now, **asked))
    assert (outcome.why["by"], outcome.why["eligible_from"]) == ("ann", "2026-03-05T08:00:00.000000+00:00")


def test_linked_cases_are_pulled_together_and_made_again_together():
    journal = Journal()
    journal.put(person("a"))
    first = journal.create(case("C-1", linked_cases={"C-2"}))
    assert first.specialist == "a"
    journal.release("C-1")
    assert journal.create(case("C-2")).why["sentence"] == "linked to C-1, to be routed together: all of them wait"
    assert journal.pull() == {"C-1": "a", "C-2": "a"}
    (seen, event, _), (_, second, _) = journal.decisions[-2:]
    assert event.evidence["together"] == second.evidence["together"] == ["C-1", "C-2"]
    assert replay(seen, event).same
    assert replay(seen, second).same


def test_a_window_of_intake_slides():
    journal = Journal()
    journal.put(person("a", intake=IntakeLimit(limit=1, window_hours=8)))
    assert journal.create(case("C-1")).intake_limited
    outcome = journal.create(case("C-2"))
    assert (outcome.why["code"], outcome.evidence["excluded"]) == ("outbid", {"intake_limit": 1})
    assert outcome.valid_until == journal.now + timedelta(hours=8)
    journal.now += timedelta(hours=8)
    assert journal.pull(["a"]) == {"C-2": "a"}


@pytest.mark.parametrize(("last_day", "num_taken"), [("2026-03-03", 2), ("2026-03-01", 2), ("2026-02-28", 4)])
def test_whoever_is_back_from_a_long_leave_starts_with_a_few_cases(last_day, num_taken):
    """Back on the 4th or the 2nd, the ramp of three days still holds on the 4th; back on the 1st, it does not."""
    journal = Journal(ServicePolicy(ramp=Ramp(leave_days=5, days=3, limit=2)))
    journal.put(person("a", leave=(Leave(start="2026-02-20", end=last_day),)))
    outcomes = [journal.create(case(f"C-{k}")) for k in range(4)]
    assert sum(one.specialist is not None for one in outcomes) == num_taken


def test_a_night_names_when_somebody_is_back_in_reach_and_who():
    """At 23:00 nobody is back by midnight, when the first response is due; then that is late anyway, and b is the next to come."""
    journal = Journal(ServicePolicy(routing=Settings(reach_hours=0)))
    for name, hours in (("a", "10:00-18:00"), ("b", "08:00-16:00")):
        journal.put(person(name, shifts=f"daily {hours}"))
    journal.now += timedelta(hours=8)
    due = journal.now + timedelta(hours=1)
    outcome = journal.create(case("C-1", created=journal.now, first_response_due=due))
    assert outcome.why["conflicts"] == [{"rules": ["off_shift"], "admits": ["a", "b"], "num": 2}]
    assert (outcome.why["by"], outcome.why["eligible_from"]) == ("b", "2026-03-05T00:00:00.000000+00:00")
    assert outcome.valid_until == due


def test_a_case_in_the_own_book_is_judged_as_if_it_were_not_in_it():
    journal = Journal()
    for name in ("a", "b"):
        journal.put(person(name, capacity=1))
        journal.create(case(f"C-{name}"))
    assert fits(journal.board, "C-a", "a", journal.now) == ()
    assert [one.rule for one in fits(journal.board, "C-a", "b", journal.now)] == [Rule.CAPACITY]


def test_fits_asks_for_an_open_case_and_somebody_who_takes_cases():
    journal = Journal()
    journal.create(case("C-1"))
    with pytest.raises(NotFound, match="C-9: not an open case; check its id"):
        fits(journal.board, "C-9", "a", journal.now)
    with pytest.raises(NotFound, match="a: takes no cases; name a specialist who does"):
        fits(journal.board, "C-1", "a", journal.now)


def test_a_replay_names_what_differs():
    journal = Journal()
    journal.put(person("a"))
    journal.create(case("C-1"))
    seen, event, _ = journal.decisions[-1]
    forged = event._replace(specialist_id="b", evidence={**event.evidence, "cost": 1.0, "digest": "0"})
    told = replay(seen, forged)
    assert not told.same
    assert [one.partition(":")[0] for one in told.differences] == ["state", "specialist", "cost"]
