"""Profiles: what two cases must share to be alike, and the hours and people of one."""

from datetime import timedelta

import numpy as np
from tests.routing.desk import NOW, case, person

from caserouter.domain.account import Account
from caserouter.domain.case import RiskFlag
from caserouter.domain.credentials import CredentialNeed
from caserouter.domain.settings import Handling, Settings
from caserouter.routing.clock import Clock
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
