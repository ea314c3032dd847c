"""Scenario files: what they may say, and every problem of theirs with file, line and key path, all at once."""

from datetime import date

import pytest
from tests.simulation.written import BASE, complaints, found, load

from caserouter.domain.errors import InvalidInput, NotFound
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.loading import check_model, check_scenario, load_scenario, require_coherent


def test_a_scenario_is_read_as_it_is_written(tmp_path):
    scenario = load(tmp_path)
    read = scenario.case_types["claim"].stages["read"]
    assert (read.handle.shape, read.handle.mean, read.handle.cv) == ("lognormal", pytest.approx(25 / 60), 0.8)
    assert scenario.demand["post"].rate == {"Mon-Fri 09:00-17:00": 2.0}
    assert (scenario.staff["team"].count, scenario.window.length) == (3, 672.0)


def test_credentials_may_be_written_as_in_a_roster(tmp_path):
    scenario = load(tmp_path, "staff: {team: {credentials: [hipaa, adjuster@NY+NJ ..2026-12-31]}}")
    hipaa, adjuster = scenario.staff["team"].credentials
    assert (hipaa.kind, hipaa.jurisdictions) == ("hipaa", {"any"})
    assert (adjuster.jurisdictions, adjuster.valid_from, adjuster.valid_until) == ({"NY", "NJ"}, None, date(2026, 12, 31))


def test_a_scenario_survives_being_written_as_json(tmp_path):
    scenario = load(tmp_path)
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario


def test_a_comment_for_the_editor_is_no_key(tmp_path):
    assert complaints(tmp_path, base=f"# yaml-language-server: $schema=scenario.schema.json\n{BASE}") == []


@pytest.mark.parametrize(
    ("difference", "message"),
    [
        ("seeed: 3", "new.yaml:2, seeed: seeed: unknown key; did you mean seed?"),
        ("staff:\n  team: {capcity: 3}", "new.yaml:3, staff.team.capcity: capcity: unknown key; did you mean capacity?"),
        ("window: {length: -4 weeks}", "new.yaml:2, window.length: -4 weeks: a negative time; durations are zero or more"),
        (
            "window: {length: 4}",
            "new.yaml:2, window.length: 4: not a duration; write it with its unit, as 20 min, 1.5 h, 3 d or 2 weeks",
        ),
        (
            "demand: {post: {rate: 3}}",
            "new.yaml:2, demand.post.rate.always: 3: not a rate; write it per unit of time, as 4.2 per min, 3 per hour or 120 per week",
        ),
        (
            "demand: {post: {rate: -3 per hour}}",
            "new.yaml:2, demand.post.rate.always: -3 per hour: a negative rate; rates are zero or more",
        ),
        (
            "case_types: {claim: {stages: {decide: {handle: exponential(-5 min)}}}}",
            "new.yaml:2, case_types.claim.stages.decide.handle: exponential(-5 min): a negative time; durations are zero or more",
        ),
        (
            "case_types:\n  claim:\n    stages:\n      read: {next: {ask: 0.5}}",
            "new.yaml:5, case_types.claim.stages.read: the probabilities of next add up to 1.1, not to 1; correct them",
        ),
        (
            "case_types: {claim: {risk_flags: {legal: 1.5}}}",
            "new.yaml:2, case_types.claim.risk_flags.legal: 1.5: above 1, the most allowed",
        ),
        (
            "start: 2026",
            "new.yaml:2, start: 2026: not a moment; write it as 2026-03-10T10:00, or with an offset as 2026-03-10T10:00-05:00",
        ),
        ("start: 9999-12-31", "new.yaml:2, start: 9999-12-31: outside the years 1950 to 2900; correct it"),
        (
            "staff: {team: {first_day: 0001-01-01}}",
            "new.yaml:2, staff.team.first_day: 0001-01-01: outside the years 1950 to 2900; correct it",
        ),
        (
            "staff: {team: {credentials: [adjuster@NY 2026]}}",
            (
                "new.yaml:2, staff.team.credentials: adjuster@NY 2026: not a credential; "
                "write property_casualty@NY+NJ 2024-01-01..2026-12-31"
            ),
        ),
        (
            "targets: [{measure: occupancy, at_most: 85}]",
            "new.yaml:2, targets.0: a bound of 85, but occupancy is a share from 0 to 1; write 85 % as 0.85",
        ),
        (
            "demand: {post: {surge: 5, at: 2026-03-10T10:00}}",
            (
                "new.yaml:2, demand.post: a stream has exactly one of rate, surge, every, open_cases and trace, "
                "this one has rate and surge; keep one"
            ),
        ),
    ],
)
def test_what_a_model_refuses_has_file_line_and_key_path(tmp_path, difference, message):
    assert complaints(tmp_path, difference) == [message]


def test_every_problem_comes_at_once_in_the_order_of_the_files(tmp_path):
    difference = "seeed: 3\ndemand:\n  calls: {types: clame, rate: 1 per h}\nwindow: {length: 3}\n"
    base = BASE.replace("capacity: 20", "capacity: many")
    assert [(finding.file.rpartition("/")[2], finding.line, finding.column) for finding in found(tmp_path, difference, base)] == [
        ("new.yaml", 2, "seeed"),
        ("new.yaml", 4, "demand.calls.types.clame"),
        ("new.yaml", 5, "window.length"),
        ("base.yaml", 30, "staff.team.capacity"),
    ]


def test_a_name_that_a_wrong_part_defines_is_known(tmp_path):
    difference = (
        "case_types: {claim: {weight: 13}}\nstaff: {team: {capacity: -1}}\naccounts: {gold: {count: 2, owners: [team, team-02]}}"
    )
    assert [message.partition(",")[2].split(":")[0].strip() for message in complaints(tmp_path, difference)] == [
        "case_types.claim.weight",
        "staff.team.capacity",
    ]


def test_the_error_quotes_the_first_problem_and_carries_all(tmp_path):
    with pytest.raises(InvalidInput, match=r"new\.yaml: not a scenario: 2 problems, first .*seeed: unknown key") as caught:
        load(tmp_path, "seeed: 3\nwindow: {length: 3}")
    assert len(caught.value.findings) == 2


def test_a_missing_file_is_not_found(tmp_path):
    with pytest.raises(NotFound, match="no such file"):
        load_scenario(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not a mapping of keys to values; write 'key: value' lines, beginning with name:"),
        ("- name: x", "not a mapping of keys to values; write 'key: value' lines, beginning with name:"),
        ("name: [", "not YAML: while parsing a flow node expected the node content, but found '<stream end>'; correct it"),
    ],
)
def test_what_is_no_document_is_an_error(tmp_path, text, message):
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    scenario, findings = check_scenario(path)
    assert scenario is None
    assert [str(finding) for finding in findings] == [f"{path}:1: {message}"]


@pytest.mark.parametrize(
    "difference",
    [
        "holidays: [2026-03-02]",
        "staff: {team: {count: 1}}",
        "staff: {team: {shifts: 'Mon-Fri 22:00-06:00'}}",
        "start: 2026-03-08T02:30",
        "start: 2026-11-01T01:30",
    ],
    ids=[
        "a holiday on the start day",
        "one specialist",
        "a shift over midnight",
        "a start that is skipped",
        "a start that comes twice",
    ],
)
def test_what_looks_odd_and_is_meant_is_accepted(tmp_path, difference):
    assert complaints(tmp_path, difference) == []


def test_a_scenario_made_in_python_is_checked_by_key_path(tmp_path):
    scenario = load(tmp_path)
    lonely = scenario.model_copy(update={"case_types": {"other": scenario.case_types["claim"]}})
    assert [str(finding) for finding in check_model(lonely)] == [
        "demand.post.types.claim: claim: no such case type; there are other"
    ]
    with pytest.raises(InvalidInput, match=r"scenario base: 1 problem, first demand\.post\.types\.claim"):
        require_coherent(lonely)
    require_coherent(scenario)


def test_a_percentage_is_told_as_the_number_that_it_is(tmp_path):
    assert complaints(tmp_path, "targets: [{measure: occupancy, at_least: 90 %}]") == [
        "new.yaml:2, targets.0.at_least: 90 %: not a number; write 0.9"
    ]


def test_a_part_of_a_person_is_no_count(tmp_path):
    assert complaints(tmp_path, "staff: {team: {count: 4.5}}") == [
        "new.yaml:2, staff.team.count: 4.5: not a whole number; write a whole number"
    ]


def test_a_span_that_is_too_short_is_shown_as_it_is_written(tmp_path):
    assert complaints(tmp_path, "window: {length: 0 h}") == ["new.yaml:2, window.length: 0 h: not above 0; write more than 0"]


def test_a_follower_that_is_no_stage_is_told_along_with_a_wrong_sum(tmp_path):
    difference = "case_types:\n  claim:\n    stages:\n      decide: {next: {resolved: 0.5, raed: 0.4}}"
    assert complaints(tmp_path, difference) == [
        "new.yaml:5, case_types.claim.stages.decide: the probabilities of next add up to 0.9, not to 1; correct them",
        "new.yaml:5, case_types.claim.stages.decide.next.raed: raed: no stage of this type; did you mean read?",
    ]


def test_a_follower_that_is_no_stage_is_told_once(tmp_path):
    assert complaints(tmp_path, "case_types: {claim: {stages: {decide: {next: raed}}}}") == [
        "new.yaml:2, case_types.claim: stage decide leads to raed, which is no stage of this type; add it or write resolved"
    ]
