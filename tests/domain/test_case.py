"""Cases: every validator, by its message."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from caserouter.domain.case import Case, RiskFlag
from caserouter.domain.credentials import CredentialNeed

CREATED = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)


def make(**fields):
    return Case(id="C-1", created=CREATED, **fields)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"amount": "5 USD"}, "amount 5.00 USD without an action; name one such as credit, refund, fee_waiver or exception"),
        ({"linked_cases": ["C-1"]}, "C-1 is linked to or separated from itself; leave it out of its own lists"),
        ({"separated_cases": ["C-1"]}, "C-1 is linked to or separated from itself; leave it out of its own lists"),
        (
            {"linked_cases": ["C-3", "C-2"], "separated_cases": ["C-2", "C-3"]},
            "C-2, C-3: both linked to and separated from C-1; keep one of the two",
        ),
        (
            {"excluded_specialists": ["ann"], "preferred_specialists": ["ann", "bob"]},
            "ann: both excluded and preferred; keep one of the two",
        ),
        (
            {"first_response_due": CREATED - timedelta(hours=1)},
            "first_response_due 2026-03-04T14:00:00+00:00 is before the case was created, 2026-03-04T15:00:00+00:00; correct",
        ),
        (
            {"resolution_due": CREATED - timedelta(hours=1)},
            "resolution_due 2026-03-04T14:00:00+00:00 is before the case was created, 2026-03-04T15:00:00+00:00; correct",
        ),
        ({"jurisdiction": "Any"}, "jurisdiction any: a case is served in one jurisdiction; leave it out when none is asked for"),
        ({"weight": 0}, "greater than or equal to 1"),
        ({"weight": 13}, "less than or equal to 12"),
        ({"priority": 0}, "greater than or equal to 1"),
        ({"priority": 6}, "less than or equal to 5"),
        ({"required_skills": {"claims": 6}}, "less than or equal to 5"),
        ({"required_skills": {"claims": 0}}, "greater than or equal to 1"),
        ({"risk_flags": ["rumour"]}, "'executive', 'media', 'legal' or 'regulator'"),
        ({"required_credentials": [[]]}, "at least 1 item"),
        ({"required_credentials": ["series_7@"]}, "at least 1 character"),
        ({"action": "refund", "amount": "-1 USD"}, "below zero; amounts are zero or more"),
    ],
)
def test_a_case_that_contradicts_itself_is_refused(fields, message):
    with pytest.raises(ValidationError) as caught:
        make(**fields)
    assert message in str(caught.value)


def test_a_due_time_may_equal_the_creation():
    assert make(first_response_due=CREATED).first_response_due == CREATED


def test_credentials_may_be_written_as_text():
    case = make(required_credentials=["series_6 | series_7@us-ny", "hipaa@any"])
    assert case.required_credentials == (
        (CredentialNeed(kind="series_6"), CredentialNeed(kind="series_7", jurisdiction="NY")),
        (CredentialNeed(kind="hipaa", jurisdiction="any"),),
    )


def test_codes_have_one_way_of_writing():
    case = make(jurisdiction="us-ny", language="pt_BR", risk_flags=["media"])
    assert (case.jurisdiction, case.language, case.risk_flags) == ("NY", "pt-br", frozenset({RiskFlag.MEDIA}))
