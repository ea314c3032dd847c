"""Credentials: where and when they are valid, and which kinds stand for others."""

from datetime import date

import pytest
from pydantic import ValidationError

from caserouter.domain.credentials import Credential, CredentialCatalogue, CredentialNeed


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"valid_from": "2026-03-02", "valid_until": "2026-03-01"},
            "hipaa is valid until 2026-03-01, before its first day 2026-03-02",
        ),
        ({"jurisdictions": ["any", "NY"]}, "hipaa is valid for any jurisdiction and also for NY; keep one of the two"),
        ({"jurisdictions": []}, "at least 1 item"),
        ({"valid_from": "2026-02-30"}, "valid date"),
    ],
)
def test_a_credential_that_contradicts_itself_is_refused(fields, message):
    with pytest.raises(ValidationError) as caught:
        Credential(kind="hipaa", **fields)
    assert message in str(caught.value)


def test_first_and_last_day_are_both_valid():
    held = Credential(kind="hipaa", valid_from=date(2026, 3, 1), valid_until=date(2026, 3, 3))
    assert [held.is_valid_on(date(2026, 3, day)) for day in (1, 2, 3, 4)] == [True, True, True, False]
    assert not held.is_valid_on(date(2026, 2, 28))


def test_the_last_year_of_the_calendar_is_an_open_end():
    """Many systems write 9999-12-31 for `never`."""
    held = Credential(kind="hipaa", valid_from="0001-01-01", valid_until="9999-12-31")
    assert (held.valid_from, held.valid_until) == (None, None)


def test_open_dates_are_valid_for_ever():
    assert Credential(kind="hipaa").is_valid_on(date.min)
    assert Credential(kind="hipaa").is_valid_on(date.max)


def test_a_credential_covers_its_jurisdictions():
    held = Credential(kind="property_casualty", jurisdictions=["US-NY", "nj"])
    assert [held.covers(place) for place in ("NY", "NJ", "CA", None)] == [True, True, False, True]
    assert Credential(kind="hipaa").covers("CA")


@pytest.mark.parametrize(
    ("need", "case_jurisdiction", "place"), [("x", "NY", "NY"), ("x@NJ", "NY", "NJ"), ("x@any", "NY", None), ("x", None, None)]
)
def test_a_need_names_its_place_or_takes_the_one_of_the_case(need, case_jurisdiction, place):
    assert CredentialNeed.model_validate(need).place(case_jurisdiction) == place


def test_a_need_prints_as_it_is_written():
    assert [str(CredentialNeed.model_validate(text)) for text in ("hipaa", "life@NY")] == ["hipaa", "life@NY"]


def test_kinds_are_implied_through_others_and_not_backwards():
    catalogue = CredentialCatalogue(implies={"series_24": ["series_7"], "series_7": ["series_6"]})
    assert catalogue.kinds_that_meet("series_6") == {"series_6", "series_7", "series_24"}
    assert catalogue.kinds_that_meet("series_24") == {"series_24"}


def test_a_circle_of_implications_ends():
    assert CredentialCatalogue(implies={"a": ["b"], "b": ["a"]}).kinds_that_meet("a") == {"a", "b"}
