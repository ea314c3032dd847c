"""Eligibility over arrays is the twin of `domain.eligibility`: rule by rule, whatever the queue and the moment."""

from datetime import timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import strategies
from tests.routing.desk import NOW, case, person, state_of

from caserouter.domain.case import Case
from caserouter.domain.credentials import Credential, CredentialNeed
from caserouter.domain.eligibility import exclusions, relaxed_rules
from caserouter.domain.rules import Rule, Situation, staffed_time
from caserouter.domain.settings import Relaxation, Settings
from caserouter.routing import masks
from caserouter.routing.clock import Clock
from caserouter.routing.roster import Roster

HOURS = st.lists(st.sampled_from((0.0, 1.0, 3.5, 9.0, 24.0, 47.5)), min_size=1, max_size=3)


@settings(max_examples=100, deadline=None)
@given(queue=strategies.queues(max_cases=3, ties=False), hours=HOURS)
def test_every_rule_agrees_with_the_domain_for_every_pair_and_moment(queue, hours):
    roster = Roster.compile(queue.specialists, queue.accounts, queue.settings, clock=Clock(queue.now))
    for hour in hours:
        now = queue.now + timedelta(hours=hour)
        staffed = staffed_time(roster.specialists, queue.settings, now)
        for one in queue.cases:
            profile = roster.profile(one)
            broken = masks.broken_rules(profile, roster, hour, roster.caseload, roster.intake_left)
            bends = set(masks.relaxed_rules(profile, queue.settings, hour))
            may_take = masks.eligible(profile, roster, hour) & masks.has_room(
                profile, roster, hour, roster.caseload, roster.intake_left
            )
            for j, person_ in enumerate(roster.specialists):
                situation = Situation.of(person_, now=now, settings=queue.settings, roster=roster.specialists, staffed=staffed)
                here = {rule for rule in Rule if broken[rule][j]}
                assert here - bends == {found.rule for found in exclusions(one, person_, situation)}
                assert here & bends == set(relaxed_rules(one, person_, situation))
                assert may_take[j] == (not here - bends)


def admitted(one: Case, *people, hour=0.0, **policy):
    roster = state_of(people, Settings(**policy)).roster
    return masks.eligible(roster.profile(one), roster, hour).tolist()


def test_a_case_that_asks_for_nothing_admits_everybody():
    assert admitted(case("C-1"), person("a"), person("b")) == [True, True]


def test_an_excluded_approver_approves_nothing():
    one = case("C-1", action="credit", amount="500 USD", excluded_specialists=frozenset({"b"}))
    people = person("a"), person("b", authority={"credit": "unlimited"})
    assert admitted(one, *people) == [False, False]
    assert admitted(one.model_copy(update={"excluded_specialists": frozenset()}), *people) == [True, True]


def test_a_relaxation_starts_when_the_case_is_old_enough():
    one = case("C-1", created=NOW - timedelta(hours=1), language="es")
    bends = {"language": Relaxation(after_hours=4, price=10)}
    assert admitted(one, person("a"), hour=2.9, relaxations=bends) == [False]
    assert admitted(one, person("a"), hour=3.0, relaxations=bends) == [True]


def test_an_admission_is_computed_again_once_a_credential_lapses():
    licence = Credential(kind="series_7", valid_until=NOW.date())
    roster = state_of([person("a", credentials=(licence,)), person("b", credentials=(Credential(kind="series_7"),))]).roster
    profile = roster.profile(case("C-1", required_credentials=((CredentialNeed(kind="series_7"),),)))
    today = masks.admission(profile, roster, 0.0)
    assert today.who.tolist() == [0, 1]
    assert masks.admission(profile, roster, 8.5) is today
    assert masks.admission(profile, roster, 9.0).who.tolist() == [1]  # NOW is 15:00 UTC: the day ends nine hours later


def test_room_is_free_capacity_and_an_open_intake():
    state = state_of([person("a", capacity=2), person("b"), person("c")])
    intake = np.array([-1, 0, 1])
    profile = state.roster.profile(case("C-1", weight=3))
    assert masks.has_room(profile, state.roster, 0.0, state.caseload, intake).tolist() == [False, False, True]
