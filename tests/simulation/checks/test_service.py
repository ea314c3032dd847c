"""Cases that nobody can ever serve, and amounts that nobody can ever decide."""

import pytest
from tests.simulation.written import complaints, found, load


def nobody(value: str, nearest: str, remedy: str, key: str = "case_types.claim") -> str:
    prefix = f"{value}: " if value else ""
    return f"{key}: {prefix}nobody on the staff can ever serve it: team-01, who comes nearest, {nearest}; {remedy}"


def without_place(messages: list[str]) -> list[str]:
    return [message.partition(", ")[2] for message in messages]


@pytest.mark.parametrize(
    ("difference", "message"),
    [
        (
            "case_types: {claim: {skills: {appeals: 1}}}",
            nobody("", "lacks appeals at 1 or better", "eligible with appeals at 1 or better"),
        ),
        (
            "case_types: {claim: {skills: {claims: 4}}}",
            nobody("", "claims is 3, below the 4 asked", "eligible with claims at 4"),
        ),
        (
            "case_types: {claim: {jurisdictions: {CT: 1, FL: 2, TX: 0}}}",
            nobody("CT, FL", "adjuster held for NJ and NY, not for CT", "eligible with adjuster in CT"),
        ),
        (
            "case_types: {claim: {languages: {zh: 0.01}}}",
            nobody("zh", "speaks en and es, not the customer's zh", "eligible with zh"),
        ),
        (
            "case_types: {claim: {risk_flags: {media: 0.01}}}",
            nobody("media", "a coordinator, where the risk flag media asks for a manager", "eligible as a manager"),
        ),
        (
            "case_types: {claim: {weight: 12}}\nstaff: {team: {capacity: 11}}",
            nobody("", "caseload 0 of 11 leaves no room for a weight of 12", "eligible with 1 more unit of capacity"),
        ),
        (
            "case_types: {claim: {stages: {decide: {by: anyone, skills: {law: 2}}}}}",
            nobody("", "lacks law at 2 or better", "eligible with law at 2 or better", "case_types.claim.stages.decide"),
        ),
        (
            "staff: {team: {intake: {limit: 0}}}",
            nobody("", "takes no new cases", "eligible with an intake limit above 0"),
        ),
    ],
)
def test_what_nobody_can_ever_serve_is_an_error_that_names_what_is_missing(tmp_path, difference, message):
    assert without_place(complaints(tmp_path, difference)) == [message]


def test_a_combination_that_nobody_covers_is_named(tmp_path):
    """NJ is licensed to English speakers alone, Spanish spoken by those licensed in NY alone."""
    difference = """\
staff:
  team: {credentials: [{kind: adjuster, jurisdictions: [NY]}]}
  jersey: {count: 1, role: coordinator, skills: {claims: 2}, credentials: [{kind: adjuster, jurisdictions: [NJ]}], languages: [en], capacity: 9}
"""
    (message,) = complaints(tmp_path, difference)
    assert "case_types.claim: NJ with es: nobody on the staff can ever serve it" in message


@pytest.mark.parametrize(
    "dates",
    ["valid_until: 2026-03-01", "valid_from: 2026-06-01"],
)
def test_a_credential_that_is_never_valid_in_the_run_is_none(tmp_path, dates):
    messages = complaints(tmp_path, f"staff: {{team: {{credentials: [{{kind: adjuster, {dates}}}]}}}}")
    assert without_place(messages) == [
        nobody("", "holds no adjuster", "eligible with adjuster"),
    ]


def test_a_credential_that_comes_during_the_run_is_enough(tmp_path):
    assert complaints(tmp_path, "staff: {team: {credentials: [{kind: adjuster, valid_from: 2026-03-20}]}}") == []


def test_somebody_hired_after_the_run_serves_nobody(tmp_path):
    difference = "staff:\n  late: {capacity: 9, skills: {law: 3}, first_day: 2027-01-01}\ncase_types: {claim: {skills: {law: 1}}}"
    assert "lacks law" in complaints(tmp_path, difference)[0]


def test_a_rule_that_the_policy_relaxes_is_not_in_the_way(tmp_path):
    relaxed = "routing: {settings: {relaxations: {language: {after_hours: 4, price: 10}}}}"
    assert complaints(tmp_path, f"case_types: {{claim: {{languages: {{zh: 1}}}}}}\n{relaxed}") == []


def test_a_credential_that_implies_another_meets_the_need(tmp_path):
    implied = "routing: {settings: {credentials: {implies: {master: [adjuster]}}}}"
    assert complaints(tmp_path, f"staff: {{team: {{credentials: [{{kind: master}}]}}}}\n{implied}") == []


def test_amounts_that_nobody_decides_are_an_error(tmp_path):
    (finding,) = found(tmp_path, "staff: {team: {authority: {refund: 49 USD}}}")
    assert (finding.severity, finding.column) == ("error", "case_types.claim.amount")
    assert finding.rule == "the largest refund authority is 49.00 USD: 100.0% of these cases can never be decided"


def test_some_amounts_that_nobody_decides_are_a_warning_with_their_share(tmp_path):
    """Uniform from 50 to 250: a quarter lies above 200."""
    (finding,) = found(tmp_path, "staff: {team: {authority: {refund: 200 USD}}}")
    assert finding.severity == "warning"
    assert "25.0% of these cases can never be decided" in finding.rule


def test_an_approver_who_cannot_hold_the_case_decides_it_where_the_policy_allows(tmp_path):
    boss = "staff: {team: {authority: null}, boss: {capacity: 1, authority: {refund: unlimited}}}"
    assert complaints(tmp_path, boss) == []
    assert [finding.severity for finding in found(tmp_path, f"{boss}\nrouting: {{settings: {{approval: null}}}}")] == ["error"]


def test_without_anybody_only_that_is_said(tmp_path):
    (finding,) = found(tmp_path, "staff: {team: {count: 0}}")
    assert (finding.severity, str(finding.rule)) == ("warning", "nobody works here: every case stays unassigned")
    assert load(tmp_path, "staff: {team: null}").staff == {}
