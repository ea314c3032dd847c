"""Credential rules: the closest code of each failing group, in words, and when it ends."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.strategies import NOW, cases, needs, settings, specialists

from caserouter.domain.case import Case
from caserouter.domain.eligibility import Rule, Situation, exclusions
from caserouter.domain.settings import Settings
from caserouter.domain.specialist import Specialist

CREDENTIAL_RULES = {
    Rule.CREDENTIAL_MISSING,
    Rule.CREDENTIAL_JURISDICTION,
    Rule.CREDENTIAL_NOT_YET_VALID,
    Rule.CREDENTIAL_LAPSED,
}
LICENCE = {"kind": "property_casualty", "jurisdictions": ["NY"]}


def broken(needs, held, *, jurisdiction="NY", now=NOW, zone="America/New_York", implies=None):
    specialist = Specialist(id="ann", capacity=10, time_zone=zone, credentials=held)
    case = Case(id="C-1", created=NOW, jurisdiction=jurisdiction, required_credentials=needs)
    policy = Settings(credentials={"implies": implies or {}})
    return exclusions(case, specialist, Situation.of(specialist, now=now, settings=policy, roster=[specialist]))


def only(found):
    assert len(found) == 1, found
    return found[0]


def test_a_licence_for_the_jurisdiction_of_the_case_is_enough():
    assert broken(["property_casualty"], [LICENCE]) == ()


def test_a_missing_credential():
    found = only(broken(["property_casualty"], []))
    assert found.rule is Rule.CREDENTIAL_MISSING
    assert (found.sentence, found.counterfactual) == ("holds no property_casualty in NY", "eligible with property_casualty in NY")
    assert found.until is None


def test_a_group_names_all_its_alternatives():
    assert only(broken(["series_6|series_7"], [])).sentence == "holds no series_6 or series_7 in NY"
    assert only(broken(["series_6@NJ|series_7@any"], [])).sentence == "holds no series_6 in NJ or series_7"


def test_held_for_another_jurisdiction():
    found = only(broken(["property_casualty"], [{"kind": "property_casualty", "jurisdictions": ["PA", "NJ"]}]))
    assert found.rule is Rule.CREDENTIAL_JURISDICTION
    assert found.sentence == "property_casualty held for NJ and PA, not for NY"
    assert found.counterfactual == "eligible with property_casualty in NY"


def test_a_need_for_any_jurisdiction_takes_the_kind_from_anywhere():
    assert broken(["property_casualty@any"], [{"kind": "property_casualty", "jurisdictions": ["PA"]}]) == ()


def test_the_need_may_name_a_jurisdiction_of_its_own():
    assert only(broken(["property_casualty@CA"], [LICENCE])).sentence == "property_casualty held for NY, not for CA"


def test_a_lapsed_licence():
    found = only(broken(["property_casualty"], [LICENCE | {"valid_until": "2026-03-01"}]))
    assert found.rule is Rule.CREDENTIAL_LAPSED
    assert found.sentence == "property_casualty in NY lapsed on 2026-03-01"
    assert (found.counterfactual, found.until) == ("eligible with property_casualty in NY renewed", None)


def test_the_last_lapse_is_the_one_that_is_named():
    held = [LICENCE | {"valid_until": "2026-03-01"}, LICENCE | {"valid_until": "2024-03-01"}]
    assert only(broken(["property_casualty"], held)).sentence == "property_casualty in NY lapsed on 2026-03-01"


def test_a_licence_that_starts_later_ends_the_exclusion_at_local_midnight():
    found = only(broken(["property_casualty"], [LICENCE | {"valid_from": "2026-03-09"}]))
    assert found.rule is Rule.CREDENTIAL_NOT_YET_VALID
    assert found.sentence == "property_casualty in NY is valid only from 2026-03-09"
    assert found.counterfactual == "eligible with property_casualty in NY valid already on 2026-03-04"
    assert found.until == datetime(2026, 3, 9, 4, 0, tzinfo=UTC)


def test_a_renewal_ahead_ends_a_lapse():
    held = [LICENCE | {"valid_until": "2026-03-01"}, LICENCE | {"valid_from": "2026-03-06"}]
    found = only(broken(["property_casualty"], held))
    assert (found.rule, found.until) == (Rule.CREDENTIAL_LAPSED, datetime(2026, 3, 6, 5, 0, tzinfo=UTC))
    assert found.sentence == "property_casualty in NY lapsed on 2026-03-01, to be valid again from 2026-03-06"


@pytest.mark.parametrize(("zone", "eligible"), [("America/New_York", True), ("UTC", False)])
def test_dates_are_local_days_of_the_specialist(zone, eligible):
    """At 03:00 UTC on 2 March it is still 1 March in New York, the last day of the licence."""
    now = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
    assert (broken(["property_casualty"], [LICENCE | {"valid_until": "2026-03-01"}], now=now, zone=zone) == ()) is eligible


def test_the_closest_code_of_a_group_is_reported():
    """Lapsed before not yet valid before elsewhere before missing."""
    elsewhere = {"kind": "series_7", "jurisdictions": ["CA"]}
    ahead = {"kind": "series_7", "valid_from": "2026-04-01"}
    lapsed = {"kind": "series_6", "valid_until": "2026-02-01"}
    found = [
        only(broken(["series_6|series_7"], held)).rule for held in ([elsewhere], [elsewhere, ahead], [elsewhere, ahead, lapsed])
    ]
    assert found == [Rule.CREDENTIAL_JURISDICTION, Rule.CREDENTIAL_NOT_YET_VALID, Rule.CREDENTIAL_LAPSED]


def test_every_group_must_be_met_and_fails_under_its_own_code():
    found = broken(["hipaa", "property_casualty"], [LICENCE | {"valid_until": "2026-03-01"}])
    assert [one.rule for one in found] == [Rule.CREDENTIAL_MISSING, Rule.CREDENTIAL_LAPSED]


def test_groups_that_fail_alike_share_one_exclusion():
    found = only(broken(["hipaa@any", "life"], []))
    assert found.sentence == "holds no hipaa; holds no life in NY"
    assert found.counterfactual == "eligible with hipaa and life in NY"


def test_groups_that_fail_alike_end_with_the_last():
    held = [LICENCE | {"valid_from": "2026-03-09"}, {"kind": "hipaa", "valid_from": "2026-03-20"}]
    assert only(broken(["property_casualty", "hipaa"], held)).until == datetime(2026, 3, 20, 4, 0, tzinfo=UTC)


def test_a_kind_may_imply_another():
    held = [{"kind": "series_7"}]
    assert broken(["series_6"], held, implies={"series_7": ["series_6"]}) == ()
    assert only(broken(["series_6"], held)).rule is Rule.CREDENTIAL_MISSING


def test_without_a_jurisdiction_any_place_will_do():
    assert broken(["property_casualty"], [LICENCE], jurisdiction=None) == ()


GROUPS = st.lists(st.lists(needs(), min_size=1, max_size=2).map(tuple), min_size=1, max_size=2).map(tuple)


@given(cases(), GROUPS, specialists(), settings())
@hypothesis_settings(max_examples=100)
def test_the_rules_agree_with_the_definition(case, groups, specialist, policy):
    """Some credential rule is broken exactly if some group has no credential of its kinds, here, today."""
    case = case.model_copy(update={"required_credentials": groups})
    today = NOW.astimezone(specialist.zone).date()
    at = Situation(now=NOW, settings=policy)
    found = {one.rule for one in exclusions(case, specialist, at)} & CREDENTIAL_RULES
    met = all(
        any(
            held.kind in policy.credentials.kinds_that_meet(need.kind)
            and held.covers(need.place(case.jurisdiction))
            and held.is_valid_on(today)
            for need in group
            for held in specialist.credentials
        )
        for group in case.required_credentials
    )
    assert met == (not found)


def test_a_lapse_after_the_last_day_and_not_on_it():
    held = [{"kind": "hipaa", "valid_until": NOW.date()}]
    assert broken(["hipaa"], held) == ()
    assert only(broken(["hipaa"], held, now=NOW + timedelta(days=1))).sentence == f"hipaa in NY lapsed on {date(2026, 3, 4)}"
