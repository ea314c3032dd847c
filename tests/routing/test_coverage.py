"""Credential coverage over time: inclusive local days, renewals, implied kinds, and how long an answer holds."""

from datetime import UTC, date, datetime

import numpy as np
from tests.routing.desk import person

from caserouter.domain.credentials import Credential, CredentialCatalogue
from caserouter.routing.clock import Clock
from caserouter.routing.coverage import CredentialTable

CLOCK = Clock(datetime(2026, 3, 2, tzinfo=UTC))
NY = (("series_7", "NY"),)


def table(*held, catalogue=None, zone="UTC"):
    people = [person(f"s{j}", credentials=credentials, time_zone=zone) for j, credentials in enumerate(held)]
    return CredentialTable(people, catalogue or CredentialCatalogue(), CLOCK)


def licence(kind="series_7", places=("NY",), first=None, last=None):
    return Credential(kind=kind, jurisdictions=frozenset(places), valid_from=first, valid_until=last)


def test_the_last_day_counts_until_midnight_where_its_holder_lives():
    utc = table((licence(last=date(2026, 3, 2)),)).coverage(NY, 0.0)
    york = table((licence(last=date(2026, 3, 2)),), zone="America/New_York").coverage(NY, 0.0)
    assert (utc.until.tolist(), utc.valid_until) == ([24.0], 24.0)
    assert york.until.tolist() == [29.0]


def test_the_first_day_counts_from_midnight():
    credentials = table((licence(first=date(2026, 3, 3)),))
    assert credentials.coverage(NY, 23.9).until.tolist() == [-np.inf]
    assert credentials.coverage(NY, 24.0).until.tolist() == [np.inf]


def test_a_renewal_that_follows_at_once_is_no_lapse_and_a_day_between_is_one():
    first = licence(last=date(2026, 3, 2))
    next_day, day_after = licence(first=date(2026, 3, 3), last=date(2026, 3, 9)), licence(first=date(2026, 3, 4))
    found = table((first, next_day), (first, day_after)).coverage(NY, 0.0)
    assert found.until.tolist() == [8 * 24.0, 24.0]


def test_an_implied_kind_and_a_licence_for_anywhere_count():
    catalogue = CredentialCatalogue(implies={"series_24": frozenset({"series_7"})})
    held = table((licence("series_24"),), (licence(places=("any",)),), (licence(places=("NJ",)),), (), catalogue=catalogue)
    assert (held.coverage(NY, 0.0).until == np.inf).tolist() == [True, True, False, False]
    assert held.holds_elsewhere(NY).tolist() == [True, True, True, False]


def test_a_group_is_met_by_any_alternative_and_no_place_by_every_licence():
    held = table((licence("hipaa", ("any",)),), (licence(places=("NJ",)),))
    group = (("hipaa", "NY"), ("series_7", ""))
    assert (held.coverage(group, 0.0).until == np.inf).all()


def test_an_answer_holds_from_one_border_to_the_next_and_back_in_time():
    credentials = table((licence(last=date(2026, 3, 2)),), (licence(first=date(2026, 3, 5)),))
    first = credentials.coverage(NY, 1.0)
    assert credentials.coverage(NY, 23.0) is first
    later = credentials.coverage(NY, 24.0)
    assert (later.since, later.valid_until) == (24.0, 72.0)
    assert not (later.until > 24.0).any()
    assert (credentials.coverage(NY, 2.0).until == first.until).all()


def test_the_next_change_is_the_next_border_of_anybodys_credential():
    held = licence(first=date(2026, 3, 3), last=date(2026, 3, 4)), licence("hipaa", last=date(2026, 3, 9))
    credentials = table(held, ())
    assert [credentials.next_change(hour) for hour in (0.0, 24.0, 72.0, 192.0)] == [24.0, 72.0, 192.0, np.inf]
    assert table(()).next_change(0.0) == np.inf
