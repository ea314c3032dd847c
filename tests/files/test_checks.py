"""What only the tables together show."""

from datetime import UTC, datetime

import pytest

from caserouter.files.queue import read_queue

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
ROSTER = """
- id: S-012
  team: claims
  capacity: 8
  skills: {negotiation: 3}
  credentials: [series_7@NY, hipaa@any 2025-01-01..2026-03-04]
  authority: {refund: 100}
  languages: [en]
  backup: S-014
- id: S-014
  capacity: 8
  held_cases: [H-1:2]
"""
POLICY = "credentials: {implies: {series_7: [series_6]}}\nskills: [sailing]\njurisdictions: [Ontario]\n"


def found(write, case="", roster=ROSTER, policy=POLICY, accounts=None):
    """Findings about one case with the given keys."""
    cases = write("c.yaml", f"- id: C-1\n  created: 2026-03-01T10:00Z\n{case}")
    paths = (cases, write("s.yaml", roster), accounts and write("a.csv", accounts), write("p.yaml", policy))
    findings = read_queue(*paths, at=NOW).findings
    return [f"{finding.severity} {str(finding).rpartition('/')[2]}" for finding in findings]


def test_what_everyone_knows_raises_nothing(write):
    case = """\
  required_skills: negotiation:3; sailing
  jurisdiction: Ontario
  required_credentials: [series_6, "hipaa@any"]
  language: en
  action: refund
  amount: 5
  excluded_specialists: S-012
  linked_cases: H-1
"""
    assert found(write, case) == []


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("required_skills: negotiaton:3", "warning c.yaml:3, required_skills: negotiaton: nobody on the roster has this skill; did you mean negotiation?"),
        ("preferred_skills: juggling", "warning c.yaml:1, preferred_skills: juggling: nobody on the roster has this skill; add it to someone, or to skills in the policy file"),
        ("jurisdiction: New York", "error c.yaml:1, jurisdiction: New York: unknown jurisdiction; did you mean NY?"),
        ("jurisdiction: Ontarioo", "error c.yaml:1, jurisdiction: Ontarioo: unknown jurisdiction; did you mean Ontario?"),
        ("required_credentials: hipaa@XQ", "error c.yaml:1, required_credentials: XQ: unknown jurisdiction; write a code such as NY or FR, or list it under jurisdictions in the policy file"),
        ("required_credentials: hippa", "warning c.yaml:1, required_credentials: hippa: nobody on the roster holds this credential; did you mean hipaa?"),
        ("required_credentials: hipaa|hippa", "warning c.yaml:1, required_credentials: hippa: nobody on the roster holds this credential; did you mean hipaa?"),
        ("language: es", "warning c.yaml:1, language: es: nobody on the roster speaks this language"),
        ("excluded_specialists: s12", "error c.yaml:1, excluded_specialists: s12: nobody on the roster has this id, so this exclusion would not bind; did you mean S-012?"),
        ("excluded_specialists: S-013", "warning c.yaml:1, excluded_specialists: S-013: nobody on the roster has this id"),
        ("preferred_specialists: s14", "warning c.yaml:1, preferred_specialists: s14: nobody on the roster has this id; did you mean S-014?"),
        ("linked_cases: C-9", "warning c.yaml:1, linked_cases: C-9: no such case in the queue or in anyone's book; the tie has no effect"),
        ("separated_cases: C-9", "warning c.yaml:1, separated_cases: C-9: no such case in the queue or in anyone's book; the tie has no effect"),
    ],
)  # fmt: skip
def test_a_name_that_leads_nowhere_is_told(write, key, message):
    assert found(write, f"  {key}\n") == [message.replace("c.yaml:3", "c.yaml:1")]


def test_an_alternative_that_nobody_holds_is_fine_beside_one_that_somebody_does(write):
    assert found(write, "  required_credentials: hipaa|notary\n") == []


def test_an_action_that_nobody_may_decide_is_told(write):
    assert found(write, "  action: refnd\n  amount: 5\n") == [
        "warning c.yaml:1, action: refnd: nobody on the roster has authority for this action; did you mean refund?"
    ]


def test_accounts_and_their_owners_are_looked_up(write):
    assert found(write, "  account: A-2\n", accounts="id,owner\nA-1,S-9\n") == [
        "warning c.yaml:1, account: A-2: no such account in the file of accounts; without it the case has no owner to stay with",
        "warning a.csv:2, owner: S-9: nobody on the roster has this id",
    ]


def test_one_value_in_many_rows_is_one_finding(write):
    rows = "".join(f"- {{id: C-{k}, created: 2026-03-01T10:00Z, language: es}}\n" for k in range(9))
    queue = read_queue(write("c.yaml", rows), write("s.yaml", ROSTER), at=NOW)
    assert [finding.rule for finding in queue.findings] == [
        "nobody on the roster speaks this language (9 rows: lines 1, 2, 3, 4, 5, 6, …)"
    ]


def test_a_case_is_held_or_waits_but_not_both(write):
    roster = "- {id: S-1, capacity: 8, held_cases: [C-1, H-1]}\n- {id: S-2, capacity: 8, held_cases: [H-1]}\n"
    assert found(write, roster=roster) == [
        "error c.yaml:1, id: C-1: waits in the queue and is held by S-1; remove it from the queue, or from held_cases",
        "error s.yaml:2, held_cases: H-1: held by S-1 already; keep one holder",
    ]


def test_a_lapsed_roster_and_overfull_books_are_warnings(write):
    roster = """
- {id: S-1, capacity: 1, held_cases: [H-1:3], credentials: [series_7@NY ..2026-03-03]}
- {id: S-2, capacity: 1, time_zone: Asia/Tokyo, credentials: [series_7 ..2026-03-01, hipaa ..2026-03-04]}
"""
    assert found(write, roster=roster) == [
        (
            "warning s.yaml:2, capacity: 1: capacity below the present caseload of 3;"
            " nothing new is assigned until it shrinks; raise the capacity or rebalance"
        ),
        "warning s.yaml:2, credentials: every credential of S-1 has lapsed, the last on 2026-03-03; renew them, or check the dates",
        (
            "warning s.yaml:2, credentials: series_7: this credential has lapsed for everyone who held it (2 rows: lines 2, 3);"
            " renew it, or check the dates"
        ),
    ]


def test_caps_on_unknown_teams_and_cases_from_the_future_are_warnings(write):
    cases = write("c.csv", "id,created\nC-1,2026-03-04T13:00Z\n")
    queue = read_queue(cases, write("s.yaml", ROSTER), policy=write("p.yaml", "team_caps: {clams: 3}\n"), at=NOW)
    assert [str(finding).rpartition("/")[2] for finding in queue.warnings] == [
        "c.csv:2, created: 2026-03-04T13:00:00+00:00: created after 2026-03-04T12:00:00+00:00, the moment of the decision; check the time zone",
        "s.yaml, team: the policy caps the team clams, to which nobody belongs; did you mean claims?",
    ]


def test_names_in_bad_rows_count_as_known(write):
    roster = ROSTER + "- {id: S-99, capacity: x, skills: {sailing: 3}, languages: [es]}\n"
    messages = found(
        write, "  required_skills: sailing\n  language: es\n  preferred_specialists: S-99\n", roster=roster, policy="name: x\n"
    )
    assert messages == ["error s.yaml:13, capacity: x: not a whole number"]


def test_a_wrong_cell_hides_no_other_cell_of_its_row(write):
    case = "  amount: -5 USD\n  jurisdiction: NYY\n  required_skills: negotiaton:3\n  weight: 99\n"
    assert [line.split(";")[0] for line in sorted(found(write, case))] == [
        "error c.yaml:1, jurisdiction: NYY: unknown jurisdiction",
        "error c.yaml:3, amount: -5 USD: below zero",
        "error c.yaml:6, weight: 99: above 12, the most allowed",
        "warning c.yaml:1, required_skills: negotiaton: nobody on the roster has this skill",
    ]


def test_a_row_whose_required_cells_are_wrong_is_compared_too(write):
    cases = write("c.csv", "id,created,jurisdiction\nC-1,yesterday,NYY\n,2026-03-01T10:00Z,NYX\n")
    findings = read_queue(cases, at=NOW).findings
    assert [(finding.line, finding.column) for finding in findings] == [
        (2, "created"),
        (2, "jurisdiction"),
        (3, "id"),
        (3, "jurisdiction"),
    ]


def test_a_row_whose_cells_contradict_each_other_is_compared_no_further(write):
    case = "  amount: 5 USD\n  jurisdiction: NYY\n"
    assert [line.split(";")[0] for line in found(write, case)] == ["error c.yaml:1: C-1: amount 5.00 USD without an action"]
