"""Parts of a scenario that do not fit together, each right by itself."""

import pytest
from tests.simulation.written import BASE, complaints, found


@pytest.mark.parametrize(
    ("difference", "message"),
    [
        ("demand: {post: {types: {clam: 1}}}", "2, demand.post.types.clam: clam: no such case type; did you mean claim?"),
        (
            "demand: {post: {accounts: gold}}",
            "2, demand.post.accounts.gold: gold: no such account group; there are none",
        ),
        (
            "accounts: {gold: {count: 1, owners: [team-04]}}",
            "2, accounts.gold.owners.0: team-04: no such specialist or staff group; there are team, team-01, team-02, team-03",
        ),
        ("staff: {team: {backup: team}}", "2, staff.team.backup: team: no such specialist; there are team-01, team-02, team-03"),
        (
            "case_types: {claim: {stages: {ask: {by: department, department: legal}}}}",
            "2, case_types.claim.stages.ask.department: legal: no such department; there are none",
        ),
        (
            "case_types: {claim: {stages: {read: {handle_of: {teem: 5 min}}}}}",
            "2, case_types.claim.stages.read.handle_of.teem: teem: no such specialist or staff group; did you mean team?",
        ),
        (
            "routing: {reviews: {legal: {department: law, handle: 1 h}}}",
            "2, routing.reviews.legal.department: law: no such department; there are none",
        ),
        (
            "targets: [{measure: abandonment_rate, at_most: 0.1, case_type: clam}]",
            "2, targets.0.case_type: clam: no such case type; did you mean claim?",
        ),
    ],
)
def test_a_name_that_nobody_has_is_an_error(tmp_path, difference, message):
    assert complaints(tmp_path, difference) == [f"new.yaml:{message}"]


def test_a_walk_that_never_ends_is_an_error_at_each_stage_of_it(tmp_path):
    difference = "case_types:\n  claim:\n    stages:\n      read: {next: {decide: null, ask: 1}}\n"
    assert complaints(tmp_path, difference)[:1] == [
        (
            "new.yaml:5, case_types.claim.stages.read.next: read: the walk never ends from here: resolved is out of reach; "
            "lead it to resolved in the end"
        )
    ]


def test_a_case_that_always_comes_back_is_an_error(tmp_path):
    difference = "case_types: {claim: {reopening: {probability: 1, after: 1 d}}}"
    assert complaints(tmp_path, difference) == [
        (
            "new.yaml:2, case_types.claim.reopening.probability: 1: every resolution comes back, so that no case ever ends; "
            "give a probability below 1"
        )
    ]


def test_a_stage_that_nothing_leads_to_is_a_warning(tmp_path):
    (finding,) = found(tmp_path, "case_types: {claim: {stages: {audit: {handle: 5 min}}}}")
    assert (finding.severity, finding.value, finding.rule) == ("warning", "audit", "no walk comes here")


def test_open_cases_may_stand_at_a_stage_that_nothing_else_leads_to(tmp_path):
    stream = "demand: {book: {types: claim, open_cases: 5, open_stages: {audit: 1}}}"
    assert complaints(tmp_path, f"case_types: {{claim: {{stages: {{audit: {{handle: 5 min}}}}}}}}\n{stream}") == []


def test_open_cases_at_a_stage_that_no_type_has_are_an_error(tmp_path):
    assert complaints(tmp_path, "demand: {book: {types: claim, open_cases: 5, open_stages: {reed: 1}}}") == [
        "new.yaml:2, demand.book.open_stages.reed: reed: no stage of claim; did you mean read?"
    ]


def test_two_specialists_with_one_id_are_an_error(tmp_path):
    assert complaints(tmp_path, "staff:\n  team-02: {capacity: 3}") == [
        "new.yaml:3, staff.team-02: team-02 has a member team-02, and so has team; rename one of them"
    ]


def test_amounts_in_another_currency_are_errors_each(tmp_path):
    difference = "routing: {settings: {currency: EUR}}\nstaff: {team: {cost_per_hour: 40 EUR}}"
    assert [(finding.column, finding.value) for finding in found(tmp_path, difference)] == [
        ("case_types.claim.amount", "150.00 USD"),
        ("staff.team.authority.refund", "250.00 USD"),
    ]


def test_a_jurisdiction_that_does_not_exist_is_an_error(tmp_path):
    messages = complaints(tmp_path, "case_types: {claim: {jurisdictions: {Texas: 1}}}")
    assert messages[0] == "new.yaml:2, case_types.claim.jurisdictions.Texas: Texas: unknown jurisdiction; did you mean TX?"


def test_a_review_that_is_demanded_has_to_be_done_by_somebody(tmp_path):
    assert complaints(tmp_path, "case_types: {claim: {risk_flags: {legal: 0.1}}}") == [
        (
            "new.yaml:2, case_types.claim.risk_flags.legal: legal: demands a review before the first response, and nobody does it; "
            "add routing.reviews.legal, or leave legal out of routing.settings.review_before_first_response"
        )
    ]


def test_a_target_needs_a_span_to_be_measured_by(tmp_path):
    assert complaints(tmp_path, "targets: [{measure: service_level_resolution, at_least: 0.9}]") == [
        (
            "new.yaml:2, targets.0.measure: service_level_resolution: no case type has a resolution to be measured by; "
            "add resolution with within: … there, or leave the target out"
        )
    ]
    assert complaints(tmp_path, "targets: [{measure: service_level_first_response, at_least: 0.9}]") == []


@pytest.mark.parametrize(
    ("at", "when"), [("2026-03-01T23:00", "before the scenario starts"), ("2026-06-01", "after the scenario has ended")]
)
def test_a_surge_outside_the_run_is_a_warning(tmp_path, at, when):
    (finding,) = found(tmp_path, f"demand: {{outage: {{types: claim, surge: 22, at: {at}}}}}")
    assert (finding.severity, finding.rule) == ("warning", f"{when}: the surge does not happen")


@pytest.mark.parametrize(
    "rate", ["post: null", "post: {rate: {'Mon-Fri 09:00-17:00': 0 per h}}", "post: {rate: null, surge: 0, at: 2026-03-03}"]
)
def test_zero_arrivals_are_a_warning(tmp_path, rate):
    (finding,) = found(tmp_path, f"demand: {{{rate}}}")
    assert (finding.severity, finding.rule) == ("warning", "nobody arrives: no stream brings a case")


def test_an_empty_department_is_a_warning(tmp_path):
    (finding,) = found(tmp_path, "departments: {lab: {staff: 0}}")
    assert (finding.severity, finding.rule) == ("warning", "nobody works there: cases wait for good")


def test_a_preference_that_nobody_meets_is_a_warning(tmp_path):
    (finding,) = found(tmp_path, "case_types: {claim: {preferred_skills: [clams]}}")
    assert (finding.severity, finding.value, finding.remedy) == ("warning", "clams", "did you mean claims?")


def test_warnings_alone_leave_a_scenario(tmp_path):
    assert [finding.severity for finding in found(tmp_path, "demand: null", BASE)] == ["warning"]


@pytest.mark.parametrize(
    ("shifts", "message"),
    [
        ("Mon-Fri 09:00-09:00", "09:00-09:00: a shift of 24 hours, as it ends on the next day; shorten it"),
        (
            "Mon-Fri 17:00-09:00",
            "17:00-09:00: a shift of 16 hours, as it ends on the next day; write 09:00-17:00 if its ends are swapped, or shorten it",
        ),
        ("Mon-Fri 06:00-20:30", "06:00-20:30: a shift of 14.5 hours; shorten it"),
    ],
)
def test_a_shift_longer_than_anybody_works_is_a_warning(tmp_path, shifts, message):
    (finding,) = found(tmp_path, f"staff: {{team: {{shifts: '{shifts}'}}}}")
    assert (finding.severity, f"{finding.value}: {finding.rule}; {finding.remedy}") == ("warning", message)


@pytest.mark.parametrize("shifts", ["Mon-Fri 06:00-20:00", "Mon-Fri 22:00-06:00", "Mon-Sun 00:00-00:00"])
def test_a_long_day_a_night_and_the_whole_day_are_no_doubt(tmp_path, shifts):
    assert complaints(tmp_path, f"staff: {{team: {{shifts: '{shifts}'}}}}") == []
