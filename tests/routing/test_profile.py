"""Profiles: what two cases must share to be alike, and the hours and people of one."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
from tests.routing.desk import NOW, case, person

from caserouter.domain.account import Account
from caserouter.domain.case import RiskFlag
from caserouter.domain.credentials import Credential, CredentialNeed
from caserouter.domain.settings import Handling, Settings
from caserouter.routing.clock import Clock
from caserouter.routing.fit import fit_of
from caserouter.routing.masks import admission
from caserouter.routing.roster import Roster


def roster_of(*people, **kwargs):
    return Roster.compile(people or (person("a"), person("b")), clock=Clock(NOW), **kwargs)


def test_hours_count_from_the_rosters_clock_and_a_missing_target_is_infinite():
    profile = roster_of().profile(case("C-1", created=NOW - timedelta(hours=2), first_response_due=NOW + timedelta(hours=3)))
    assert (profile.created, profile.first_response_due, profile.resolution_due) == (-2.0, 3.0, np.inf)


def test_people_who_are_named_become_indices_and_strangers_are_left_out():
    roster = roster_of(accounts=[Account(id="A-1", owner="b"), Account(id="A-2", owner="gone")])
    profile = roster.profile(
        case("C-1", account="A-1", preferred_specialists=frozenset({"b", "x"}), excluded_specialists=frozenset({"a", "y"}))
    )
    assert profile.owner == 1
    assert profile.preferred.tolist() == [1]
    assert profile.signature.excluded == (0,)
    assert roster.profile(case("C-2", account="A-2")).owner == -1
    assert roster.profile(case("C-3", account="A-9")).owner == -1


def test_a_requirement_takes_the_cases_jurisdiction_unless_it_names_its_own():
    groups = (
        (CredentialNeed(kind="series_7", jurisdiction="NJ"), CredentialNeed(kind="series_6")),
        (CredentialNeed(kind="hipaa", jurisdiction="any"),),
    )
    profile = roster_of().profile(case("C-1", jurisdiction="NY", required_credentials=groups))
    assert profile.signature.credentials == ((("hipaa", ""),), (("series_6", "NY"), ("series_7", "NJ")))


def test_the_highest_floor_among_the_risk_flags_counts():
    profile = roster_of().profile(case("C-1", risk_flags=frozenset({RiskFlag.LEGAL, RiskFlag.MEDIA})))
    assert profile.signature.role == 3


def test_cases_that_admit_the_same_people_share_a_signature():
    roster = roster_of(person("a", authority={"credit": "100 USD"}), person("b"))
    first = roster.profile(case("C-1", action="credit", amount="20 USD", priority=1, weight=4))
    second = roster.profile(case("C-2", action="credit", amount="80 USD", priority=5))
    third = roster.profile(case("C-3", action="credit", amount="120 USD"))
    assert first.signature == second.signature
    assert first.signature != third.signature


def test_effort_follows_the_type_and_the_factor_the_priority():
    settings = Settings(handling=Handling(minutes=60, minutes_by_type={"claim": 90}))
    roster = roster_of(settings=settings)
    assert roster.profile(case("C-1", type="claim")).handling_hours == 1.5
    assert roster.profile(case("C-2", priority=1)).factor == settings.priority_factors[0]


def test_a_case_that_arrives_like_another_has_its_own_id_and_hours_and_shares_the_rest():
    template = roster_of().profile(case("C-1", weight=2, priority=1, required_skills={"claims": 2}))
    found = template.arriving("C-2", 5.0, 6.0, 7.0)
    assert (found.id, found.created, found.first_response_due, found.resolution_due) == ("C-2", 5.0, 6.0, 7.0)
    shared = ("case", "signature", "factor", "owner", "preferred", "handling_hours", "effort", "weight", "priority", "kind")
    assert all(getattr(found, name) is getattr(template, name) for name in shared)


def test_cases_are_of_one_kind_where_requirements_effort_and_weight_agree():
    roster, effort = roster_of(), np.array([1.0, 2.0])
    first, second = roster.profile(case("C-1", priority=1)), roster.profile(case("C-2", account="A-1"))
    assert first.kind == second.kind
    assert len({first.kind, second.kind, replace(first, effort=effort).kind, replace(second, effort=effort).kind}) == 2
    assert replace(first, effort=effort).kind != replace(first, effort=effort.copy()).kind
    assert first.kind != roster.profile(case("C-3", weight=2)).kind
    assert first.kind != roster.profile(case("C-4", required_skills={"claims": 1})).kind


def test_an_effort_that_is_known_replaces_type_and_proficiency():
    roster = roster_of(person("a", skills={"claims": 5}), person("b", skills={"claims": 1}), person("c"))
    profile = replace(roster.profile(case("C-1", required_skills={"claims": 1})), effort=np.array([3.0, 1.0, 2.0]))
    assert fit_of(profile, roster, 0.0).effort.tolist() == [3.0, 1.0]


def test_what_is_known_of_a_kind_is_forgotten_when_a_credential_ends():
    """It lapses at the end of the day, nine hours from now."""
    ends = Credential(kind="hipaa", valid_until=NOW.date())
    roster = roster_of(person("a", credentials=(ends,)), person("b", credentials=(Credential(kind="hipaa"),)))
    template = roster.profile(case("t", required_credentials=((CredentialNeed(kind="hipaa"),),)))
    one = template.arriving("C-1", 0.0, np.inf, np.inf)
    assert [admission(one, roster, hour).who.tolist() for hour in (0.0, 8.9, 9.0, 0.0)] == [[0, 1], [0, 1], [1], [0, 1]]
    assert [fit_of(one, roster, hour).who.tolist() for hour in (0.0, 9.0)] == [[0, 1], [1]]
