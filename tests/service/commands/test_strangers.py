import pytest

from caserouter.domain.errors import InvalidInput
from caserouter.service.board import Board
from caserouter.service.case_bodies import read_case
from caserouter.service.commands.closing import resolve
from caserouter.service.commands.specialists import patch_specialist, retire_specialist
from caserouter.service.commands.strangers import strangers
from caserouter.service.commands.updating import update
from caserouter.service.new_case import NewCase
from caserouter.store.events import EventKind

UNKNOWN = [
    (
        {"excluded_specialists": ["c03"]},
        ("c03", "nobody has this id, so this exclusion would not bind", "did you mean C03?", "excluded_specialists"),
    ),
    (
        {"jurisdiction": "New York"},
        ("New York", "unknown jurisdiction", "did you mean NY?", "jurisdiction"),
    ),
    (
        {"jurisdiction": "ZZ"},
        (
            "ZZ",
            "unknown jurisdiction",
            "write a code such as NY or FR, or list it under jurisdictions in the policy",
            "jurisdiction",
        ),
    ),
    (
        {"required_credentials": [["hipaa@Texas"]]},
        ("Texas", "unknown jurisdiction", "did you mean TX?", "required_credentials"),
    ),
    (
        {"action": "refund", "amount": "5.00 EUR"},
        ("5.00 EUR", "the policy counts in USD", "convert it, or set currency in the policy", "amount"),
    ),
    (
        {"separated_cases": ["4711"]},
        (
            "4711",
            "no such case",
            "write the id that the service gave the case, not the one it has elsewhere: GET /v1/cases?external_id=… finds it",
            "separated_cases",
        ),
    ),
]


@pytest.mark.parametrize(("fields", "finding"), UNKNOWN)
def test_a_case_that_names_what_nobody_knows_is_refused(desk, fields, finding):
    desk.hire("C03")
    case_id = desk.create()
    head = desk.head()
    attempts = [
        lambda: desk.take_in(**fields),
        lambda: desk.engine.preview(NewCase(fields)),
        lambda: desk.do(update, case_id, fields),
    ]
    for attempt in attempts:
        with pytest.raises(InvalidInput) as refused:
            attempt()
        (found,) = refused.value.findings
        assert (found.value, found.rule, found.remedy, found.column) == finding
    assert desk.head() == head


def test_what_somebody_knows_is_accepted(desk):
    desk.enact(routing={"jurisdictions": ["Atlantis"], "currency": "EUR"})
    desk.hire("ann")
    desk.hire("ben", capacity=0)
    desk.do(retire_specialist, "ben")
    closed = desk.create()
    desk.do(resolve, closed)
    made = desk.take_in(
        excluded_specialists=["ben"],
        preferred_specialists=["nobody"],
        jurisdiction="Atlantis",
        required_credentials=[],
        action="refund",
        amount="5.00 EUR",
        separated_cases=[closed],
    )
    assert made.case.excluded_specialists == {"ben"}


def test_what_a_stored_case_names_stands_until_it_is_stated_again(desk):
    desk.enact(routing={"jurisdictions": ["Atlantis"]})
    case_id = desk.create(jurisdiction="Atlantis")
    desk.enact()
    desk.do(update, case_id, {"weight": 2})
    assert (desk.case(case_id).case.jurisdiction, desk.case(case_id).case.weight) == ("Atlantis", 2)
    with pytest.raises(InvalidInput, match="Atlantis: unknown jurisdiction"):
        desk.do(update, case_id, {"jurisdiction": "Atlantis"})


def test_the_same_external_id_is_found_whatever_the_repeated_case_names(desk):
    first = desk.take_in("E-1")
    assert desk.take_in("E-1", excluded_specialists=["zoe"]).case.id == first.case.id
    assert desk.events(EventKind.CASE_CREATED)[1:] == []


def test_an_authority_counts_in_the_currency_of_the_policy(desk):
    desk.hire("ann", authority={"refund": "1000 USD", "credit": "unlimited"})
    with pytest.raises(InvalidInput, match=r"authority.refund: 5.00 EUR: the policy counts in USD; convert it"):
        desk.do(patch_specialist, "ann", {"authority": {"refund": "5.00 EUR"}})


def test_a_board_that_knows_nobody_yet_names_no_one():
    body = {"id": "C-1", "created": "2026-03-02T10:00:00Z", "excluded_specialists": ["zoe"]}
    found = strangers(Board(), read_case(body))
    assert [one.remedy for one in found] == ["write the id of a specialist, or leave it out"]
