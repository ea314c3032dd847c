"""Eligibility: each rule where it binds and where it is slack, what it says, and what the policy may relax."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.strategies import NOW, SHIFTS, cases, queues, settings, specialists

from caserouter.domain.calendar import parse_shifts
from caserouter.domain.case import Case
from caserouter.domain.eligibility import (
    HARD_RULES,
    RULES,
    Rule,
    Situation,
    approvers_for,
    decides_alone,
    eligible_from,
    exclusions,
    relaxed_rules,
)
from caserouter.domain.errors import InvalidInput
from caserouter.domain.settings import Settings
from caserouter.domain.specialist import Specialist

SOON = NOW + timedelta(hours=2)


def person(name: str = "ann", **fields) -> Specialist:
    return Specialist(id=name, **{"capacity": 10, **fields})


def case(**fields) -> Case:
    return Case(id="C-1", **{"created": NOW, **fields})


def situation(specialist: Specialist, roster=(), now: datetime = NOW, **policy) -> Situation:
    return Situation.of(specialist, now=now, settings=Settings(**policy), roster=(specialist, *roster))


def broken(one: Case, specialist: Specialist, roster=(), now: datetime = NOW, **policy):
    return exclusions(one, specialist, situation(specialist, roster, now, **policy))


def only(found):
    assert len(found) == 1, found
    return found[0]


def test_a_case_that_asks_for_nothing_may_go_to_anyone():
    assert broken(case(), person()) == ()


def test_a_missing_skill_is_named_with_what_is_asked():
    found = only(broken(case(required_skills={"fraud": 2, "claims": 1}), person()))
    assert found.rule is Rule.SKILL
    assert str(found) == "lacks claims at 1 or better and fraud at 2 or better"
    assert found.counterfactual == "eligible with claims at 1 or better and fraud at 2 or better"


def test_a_skill_below_the_minimum_is_proficiency():
    found = only(broken(case(required_skills={"claims": 4, "fraud": 1}), person(skills={"claims": 2, "fraud": 1})))
    assert found.rule is Rule.PROFICIENCY
    assert (found.sentence, found.counterfactual) == ("claims is 2, below the 4 asked", "eligible with claims at 4")


def test_the_minimum_itself_is_enough():
    assert broken(case(required_skills={"claims": 4}), person(skills={"claims": 4})) == ()


def test_authority_below_the_amount_says_how_much_more():
    found = only(broken(case(action="refund", amount="900 USD"), person(authority={"refund": "400 USD"})))
    assert found.rule is Rule.AUTHORITY
    assert found.sentence == "refund authority of 400.00 USD, 900.00 USD asked, and nobody else on the roster may approve it"
    assert found.counterfactual == "eligible with 500.00 USD more refund authority"


def test_no_authority_at_all_asks_for_the_whole_amount():
    found = only(broken(case(action="refund", amount="900 USD"), person(), approval=None))
    assert found.sentence == "no refund authority, 900.00 USD asked, and the policy lets nobody approve a refund"
    assert found.counterfactual == "eligible with 900.00 USD of refund authority"


def test_authority_in_another_currency_covers_nothing():
    found = only(broken(case(action="refund", amount="9 EUR"), person(authority={"refund": "400 USD"})))
    assert found.counterfactual == "eligible with 9.00 EUR of refund authority"


@pytest.mark.parametrize(
    ("authority", "amount"), [({"refund": "900 USD"}, "900 USD"), ({"refund": "unlimited"}, "900 USD"), ({}, "0 USD"), ({}, None)]
)
def test_authority_that_covers_the_amount_needs_no_approval(authority, amount):
    one, specialist = case(action="refund", amount=amount), person(authority=authority)
    assert decides_alone(one, specialist)
    assert broken(one, specialist, approval=None) == ()


def test_an_approver_on_the_roster_makes_up_for_authority():
    one, boss = case(action="refund", amount="900 USD"), person("boss", authority={"refund": "unlimited"})
    assert broken(one, person(), roster=[boss]) == ()
    assert approvers_for(one, [person(), boss]) == (boss,)
    assert only(broken(one, person(), roster=[boss], approval={"actions": ["credit"]})).rule is Rule.AUTHORITY


def test_an_approver_excluded_from_the_case_does_not_count():
    one = case(action="refund", amount="900 USD", excluded_specialists=["boss"])
    assert only(broken(one, person(), roster=[person("boss", authority={"refund": "unlimited"})])).rule is Rule.AUTHORITY


def test_the_highest_floor_among_the_risk_flags_counts():
    found = only(broken(case(risk_flags=["legal", "media"]), person()))
    assert found.rule is Rule.ROLE_FLOOR
    assert found.sentence == "a specialist, where the risk flags legal and media ask for a manager"
    assert found.counterfactual == "eligible as a manager"
    assert broken(case(risk_flags=["legal"]), person(role="coordinator")) == ()


def test_a_language_that_is_not_spoken():
    found = only(broken(case(language="es"), person(languages=["FR", "en"])))
    assert (found.rule, found.counterfactual) == (Rule.LANGUAGE, "eligible with es")
    assert found.sentence == "speaks en and fr, not the customer's es"
    assert only(broken(case(language="es"), person())).sentence == "has no language on record, not the customer's es"
    assert broken(case(language="ES"), person(languages=["es"])) == ()


def test_people_whom_the_case_excludes():
    found = only(broken(case(excluded_specialists=["ann"]), person()))
    assert (found.rule, found.sentence) == (Rule.EXCLUDED, "named on the case as one who may not take it")
    assert found.counterfactual == "eligible if the case no longer excludes this person"


def test_capacity_holds_the_whole_weight():
    full = person(held_cases=[{"id": "C-0", "weight": 8}])
    found = only(broken(case(weight=5), full))
    assert found.rule is Rule.CAPACITY
    assert (found.sentence, found.counterfactual) == (
        "caseload 8 of 10 leaves no room for a weight of 5",
        "eligible with 3 more units of capacity",
    )
    assert only(broken(case(weight=3), full)).counterfactual == "eligible with 1 more unit of capacity"
    assert broken(case(weight=2), full) == ()


def test_a_used_up_intake_limit_ends_with_its_window():
    found = only(broken(case(), person(intake={"limit": 3, "used": 3, "window_hours": 8})))
    assert (found.rule, found.sentence) == (Rule.INTAKE_LIMIT, "the intake limit of 3 new cases in 8 hours is used up")
    assert found.counterfactual == "eligible with an intake limit of 4"
    assert found.until == NOW + timedelta(hours=8)
    assert broken(case(), person(intake={"limit": 3, "used": 2})) == ()


def test_an_intake_limit_of_zero_never_ends_by_itself():
    found = only(broken(case(), person(intake={"limit": 0})))
    assert (found.sentence, found.until) == ("takes no new cases", None)


OFFICE = {"shifts": "Mon-Fri 09:00-17:00", "time_zone": "America/New_York"}
"""On Wednesday at `NOW`, 10:00 in New York, someone with these hours is on shift."""
EVENING = datetime(2026, 3, 4, 23, 0, tzinfo=UTC)
"""18:00 in New York, after hours."""


def test_on_shift_is_eligible_however_late_the_case():
    assert broken(case(created=NOW - timedelta(hours=9), first_response_due=NOW - timedelta(hours=1)), person(**OFFICE)) == ()


def test_a_night_off_is_within_reach_when_nobody_else_works():
    """From 18:00 to 09:00 nobody is on shift, so no staffed hour passes."""
    assert broken(case(), person(**OFFICE), now=EVENING) == ()


def test_a_night_off_is_out_of_reach_when_the_team_works_around_the_clock():
    """Fifteen hours of the night owl pass before 09:00; from 01:00 on there are eight left."""
    found = only(broken(case(), person(**OFFICE), roster=[person("owl")], now=EVENING))
    assert found.rule is Rule.OFF_SHIFT
    assert found.sentence == "off shift until 2026-03-05 09:00 EST, more than 8 staffed hours of the team away"
    assert found.counterfactual == "eligible on shift within 8 staffed hours"
    assert found.until == datetime(2026, 3, 5, 6, 0, tzinfo=UTC)


def test_back_after_the_first_response_is_due_is_too_late():
    found = only(broken(case(first_response_due=EVENING + timedelta(hours=2)), person(**OFFICE), now=EVENING))
    assert found.sentence == "off shift until 2026-03-05 09:00 EST, the first response is due 2026-03-04 20:00 EST"
    assert found.counterfactual == "eligible on shift by 2026-03-04 20:00 EST"
    assert found.until == EVENING + timedelta(hours=2)


def test_back_exactly_when_the_first_response_is_due_is_in_time():
    assert broken(case(first_response_due=datetime(2026, 3, 5, 14, 0, tzinfo=UTC)), person(**OFFICE), now=EVENING) == ()


def test_a_block_is_called_a_block():
    """It ends at 11:30, ninety minutes from now."""
    found = only(broken(case(), person(**OFFICE, blocks="Wed 09:30-11:30"), roster=[person("owl")], reach_hours=1))
    assert found.sentence == "in a block until 2026-03-04 11:30 EST, more than 1 staffed hours of the team away"
    assert found.until == NOW + timedelta(minutes=30)


def test_leave_is_called_leave():
    away = person(**OFFICE, leave="2026-03-04..2026-03-06")
    found = only(broken(case(), away, roster=[person("owl")]))
    assert found.sentence.startswith("on leave until 2026-03-09 09:00 EDT")
    assert found.until == datetime(2026, 3, 9, 5, 0, tzinfo=UTC)


def test_a_leave_without_end_in_sight():
    found = only(broken(case(), person(leave="2026-01-01..2027-01-01")))
    assert (found.sentence, found.until) == ("on leave for the next 60 days", None)


def test_relaxed_rules_cost_their_price_and_exclude_nobody():
    policy = {"relaxations": {"language": {"price": 10}, "skill": {"price": 10, "after_hours": 4}}}
    one = case(language="es", required_skills={"fraud": 1}, created=NOW - timedelta(hours=4))
    assert broken(one, person(), **policy) == ()
    assert relaxed_rules(one, person(), situation(person(), **policy)) == (Rule.SKILL, Rule.LANGUAGE)


def test_a_rule_relaxed_later_ends_by_itself_then():
    found = only(broken(case(required_skills={"fraud": 1}), person(), relaxations={"skill": {"price": 10, "after_hours": 4}}))
    assert found.until == NOW + timedelta(hours=4)
    assert relaxed_rules(case(), person(), situation(person())) == ()


def test_now_needs_a_time_zone():
    with pytest.raises(InvalidInput, match=r"now 2026-03-04T15:00:00: has no time zone; add an offset such as \+00:00"):
        Situation(now=NOW.replace(tzinfo=None), settings=Settings())


def test_several_broken_rules_are_all_reported_in_the_order_of_the_table():
    one = case(language="es", weight=12, excluded_specialists=["ann"], required_skills={"fraud": 1})
    assert [found.rule for found in broken(one, person())] == [Rule.SKILL, Rule.LANGUAGE, Rule.EXCLUDED, Rule.CAPACITY]


def test_the_table_holds_every_rule_once():
    assert [rule for rule, _ in RULES] == list(Rule)


def test_eligible_from_waits_for_the_last_breach_and_looks_again():
    """The limit ends on 5 March; the licence starts on 9 March at midnight, the shift is in reach from 01:00."""
    licensed = {"kind": "life", "valid_from": "2026-03-09"}
    specialist = person(**OFFICE, credentials=[licensed], intake={"limit": 1, "used": 1})
    one = case(required_credentials=["life"])
    at = situation(specialist, [person("owl")])
    assert eligible_from(one, specialist, at) == datetime(2026, 3, 9, 5, 0, tzinfo=UTC)


def test_eligible_from_is_now_or_never():
    assert eligible_from(case(), person(), situation(person())) == NOW
    assert eligible_from(case(weight=12), person(), situation(person())) is None


@given(queues(max_cases=2, max_specialists=3), st.integers(0, 48))
@hypothesis_settings(max_examples=100)
def test_hard_rules_are_never_relaxed(queue, hours):
    for one in queue.cases:
        for specialist in queue.specialists:
            at = Situation.of(
                specialist, now=queue.now + timedelta(hours=hours), settings=queue.settings, roster=queue.specialists
            )
            assert not HARD_RULES & set(relaxed_rules(one, specialist, at))


@given(cases(), specialists(), settings())
@hypothesis_settings(max_examples=100)
def test_every_predicate_answers_for_its_own_rule_in_words(one, specialist, policy):
    at = Situation.of(specialist, now=NOW, settings=policy, roster=[specialist])
    for rule, predicate in RULES:
        found = predicate(one, specialist, at)
        if found is not None:
            assert found.rule is rule
            assert found.sentence
            assert found.counterfactual.startswith("eligible ")
            assert found.until is None or found.until > NOW


def part_timers(name: str = "S-0") -> st.SearchStrategy[Specialist]:
    """People with room for everything who are off shift at times."""
    some_shifts = st.sampled_from([parse_shifts(text) for text in SHIFTS if "daily" not in text])
    return st.builds(
        lambda one, hours: one.model_copy(update={"shifts": hours, "capacity": 100, "intake": None}),
        specialists(name),
        some_shifts,
    )


def undemanding(one: Case) -> Case:
    """The same case without the demands that time never meets."""
    free = {
        "required_skills": {},
        "language": None,
        "amount": None,
        "risk_flags": frozenset(),
        "excluded_specialists": frozenset(),
    }
    return one.model_copy(update=free)


@given(cases(), part_timers(), part_timers("S-1"), settings())
@hypothesis_settings(max_examples=100)
def test_shifts_come_into_reach_exactly_when_the_exclusion_says(one, specialist, other, policy):
    """A microsecond before `until` the rule is broken, at `until` it holds."""
    predicate = dict(RULES)[Rule.OFF_SHIFT]
    at = Situation.of(specialist, now=NOW, settings=policy, roster=[specialist, other])
    found = predicate(one, specialist, at)
    if found is None or found.until is None:
        return
    assert predicate(one, specialist, replace(at, now=found.until)) is None
    assert predicate(one, specialist, replace(at, now=found.until - timedelta(microseconds=1))) is not None


@given(cases().map(undemanding), part_timers(), settings())
@hypothesis_settings(max_examples=100)
def test_whoever_becomes_eligible_is_eligible_then_and_not_before(one, specialist, policy):
    at = Situation.of(specialist, now=NOW, settings=policy, roster=[specialist])
    moment = eligible_from(one, specialist, at)
    if moment is None or moment == NOW:
        return
    assert exclusions(one, specialist, replace(at, now=moment)) == ()
    assert exclusions(one, specialist, replace(at, now=moment - timedelta(microseconds=1))) != ()


@given(cases(), st.lists(specialists("S-1"), max_size=2), specialists(), settings())
@hypothesis_settings(max_examples=60)
def test_the_shortened_list_of_approvers_changes_no_answer(one, others, specialist, policy):
    roster = [specialist, *others]
    whole = Situation(now=NOW, settings=policy, approvers=roster)
    short = Situation(now=NOW, settings=policy, approvers=approvers_for(one, roster))
    assert exclusions(one, specialist, whole) == exclusions(one, specialist, short)
