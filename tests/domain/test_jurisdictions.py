"""Jurisdictions: which codes are known, and the one way of writing each."""

import pytest

from caserouter.domain.jurisdictions import COUNTRY_CODES, US_CODES, canonical, known


def test_the_lists_are_complete():
    assert len(US_CODES) == 50 + 1 + 5
    assert len(COUNTRY_CODES) == 249


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("NY", "NY"),
        ("ny", "NY"),
        ("US-NY", "NY"),
        ("us-pr", "PR"),
        ("Any", "any"),
        ("ca-on", "CA-ON"),
        ("fr", "FR"),
        ("Lloyd's", "Lloyd's"),
        ("US-XX", "US-XX"),
        ("US", "US"),
    ],
)
def test_each_code_has_one_form(code, written):
    assert canonical(code) == written
    assert canonical(written) == written


@pytest.mark.parametrize(
    ("code", "is_known"), [("NY", True), ("FR", True), ("CA-ON", True), ("US-XX", False), ("ZZ", False), ("QQ-ON", False)]
)
def test_a_code_is_built_in_or_a_subdivision_of_a_country(code, is_known):
    assert known(code) is is_known


def test_the_policy_may_add_names():
    assert not known("Lloyd's")
    assert known("Lloyd's", extra={"Lloyd's"})
