"""Variants: a file as the difference from another one."""

import pytest
from tests.simulation.written import BASE, complaints, load

from caserouter.simulation.loading import check_scenario


def test_a_variant_changes_what_it_names_and_nothing_else(tmp_path):
    base, variant = load(tmp_path), load(tmp_path, "staff: {team: {count: 5}}")
    assert variant.staff["team"] == base.staff["team"].model_copy(update={"count": 5})
    assert variant.model_copy(update={"staff": base.staff}) == base


def test_a_variant_adds_entries_after_those_underneath(tmp_path):
    variant = load(tmp_path, "demand: {calls: {types: claim, rate: 1 per hour}}")
    assert list(variant.demand) == ["post", "calls"]


def test_lists_are_replaced(tmp_path):
    assert load(tmp_path, "staff: {team: {languages: [es, en, fr]}}").staff["team"].languages == {"es", "en", "fr"}


def test_null_takes_an_entry_away(tmp_path):
    variant = load(
        tmp_path, "case_types: {claim: {languages: {es: null}}}\ndemand: {post: null, calls: {types: claim, rate: 1 per h}}"
    )
    assert list(variant.case_types["claim"].languages) == ["en"]
    assert list(variant.demand) == ["calls"]


def test_null_sets_a_setting_back(tmp_path):
    variant = load(tmp_path, "window: {tail: null}\ncase_types: {claim: {first_response: null, weight: null}}")
    claim = variant.case_types["claim"]
    assert (claim.first_response, claim.weight, variant.window.tail) == (None, 1, 24.0 * 56)


def test_null_is_a_value_where_it_means_something(tmp_path):
    base = BASE + "routing: {settings: {approval: {actions: [refund]}}}\n"
    assert load(tmp_path, "routing: {settings: {approval: null}}", base).routing.settings.approval is None


def test_there_must_be_something_to_take_away(tmp_path):
    assert complaints(tmp_path, "demand:\n  posts: null") == [
        "new.yaml:3, demand.posts: posts: null takes away what is underneath, but there is no such entry; did you mean post?"
    ]


def test_a_kind_of_stream_is_changed_by_taking_the_old_one_away(tmp_path):
    variant = load(tmp_path, "demand: {post: {rate: null, open_cases: 7}}")
    assert variant.demand["post"].kind == "open_cases"


def test_an_error_names_the_file_that_wrote_the_key_last(tmp_path):
    base = BASE.replace("weight: 2", "weight: 20")
    assert complaints(tmp_path, "seed: 1", base) == ["base.yaml:7, case_types.claim.weight: 20: above 12, the most allowed"]
    assert complaints(tmp_path, "case_types:\n  claim: {weight: 30}", base) == [
        "new.yaml:3, case_types.claim.weight: 30: above 12, the most allowed"
    ]


def test_lines_of_what_was_replaced_are_forgotten(tmp_path):
    base = BASE.replace("first_response: {within: 4 h}", "first_response:\n      within: 4 h")
    difference = "case_types:\n  claim:\n    first_response: soon"
    assert complaints(tmp_path, difference, base) == [
        "new.yaml:4, case_types.claim.first_response: soon: not a mapping of keys to values"
    ]


def test_files_may_lie_over_one_another_in_a_chain(tmp_path):
    load(tmp_path, "seed: 5\nname: middle")
    top = tmp_path / "top.yaml"
    top.write_text("extends: new.yaml\nname: top\n", encoding="utf-8")
    scenario, findings = check_scenario(top)
    assert (scenario.name, scenario.seed, findings) == ("top", 5, [])


def test_a_file_that_extends_itself_is_refused(tmp_path):
    for name, below in (("a.yaml", "b.yaml"), ("b.yaml", "./a.yaml")):
        (tmp_path / name).write_text(f"extends: {below}\n", encoding="utf-8")
    _, findings = check_scenario(tmp_path / "a.yaml")
    assert [str(finding).replace(f"{tmp_path}/", "") for finding in findings] == [
        "b.yaml:1, extends: ./a.yaml: extends itself in the end (a.yaml → b.yaml → a.yaml); let one of them stand on its own"
    ]


def test_a_file_underneath_has_to_exist(tmp_path):
    (tmp_path / "a.yaml").write_text("name: a\nextends: none.yaml\n", encoding="utf-8")
    _, findings = check_scenario(tmp_path / "a.yaml")
    assert [str(finding).replace(f"{tmp_path}/", "") for finding in findings] == [
        "a.yaml:2, extends: none.yaml: no such file as none.yaml; the name is relative to this file"
    ]


def test_a_file_underneath_has_to_be_a_file(tmp_path):
    (tmp_path / "a.yaml").write_text("name: a\nextends: bases\n", encoding="utf-8")
    (tmp_path / "bases").mkdir()
    _, findings = check_scenario(tmp_path / "a.yaml")
    assert [str(finding).replace(f"{tmp_path}/", "") for finding in findings] == [
        "a.yaml:2, extends: bases: bases is no file that can be read; name a scenario file"
    ]


def test_extends_takes_one_name(tmp_path):
    (tmp_path / "a.yaml").write_text("extends: [b.yaml]\n", encoding="utf-8")
    _, findings = check_scenario(tmp_path / "a.yaml")
    assert [(finding.column, finding.rule) for finding in findings] == [("extends", "not the name of a file")]


def test_a_trace_is_looked_for_beside_the_file_that_names_it(tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "post.csv").write_text("arrived_at,type\n2026-03-02T09:00,claim\n", encoding="utf-8")
    base = BASE.replace('rate: {"Mon-Fri 09:00-17:00": 2 per hour}', "trace: post.csv")
    (tmp_path / "shared" / "base.yaml").write_text(base, encoding="utf-8")
    (tmp_path / "top.yaml").write_text("extends: shared/base.yaml\n", encoding="utf-8")
    scenario, findings = check_scenario(tmp_path / "top.yaml")
    assert (scenario.demand["post"].trace, findings) == ("shared/post.csv", [])


@pytest.mark.parametrize(
    ("difference", "key", "name"),
    [
        ("staff: {teem: {count: 2}}", "staff.teem.capacity", "team"),
        ("demand: {psot: {rate: 3 per hour}}", "demand.psot.types", "post"),
        ("case_types: {clam: {weight: 3}}", "case_types.clam.stages", "claim"),
        ("case_types: {claim: {stages: {reed: {next: decide}}}}", "case_types.claim.stages.reed.handle", "read"),
    ],
)
def test_a_new_entry_that_lacks_what_it_needs_may_be_a_misspelt_one(tmp_path, difference, key, name):
    assert f"new.yaml:2, {key}: required, but not given; fill it in, or did you mean {name}?" in complaints(tmp_path, difference)


def test_a_new_entry_with_a_name_of_its_own_is_only_told_what_it_lacks(tmp_path):
    assert complaints(tmp_path, "staff: {night: {count: 2}}") == [
        "new.yaml:2, staff.night.capacity: required, but not given; fill it in"
    ]
