"""``caserouter compare``: differences as tables, documents and folders."""

import json

import pytest
from tests.cli.support import DATA, assert_golden, run
from tests.cli.test_simulate import TABLES, contents

QUICK = ("--replications", "3", "--jobs", "1")


@pytest.fixture(autouse=True)
def in_data(monkeypatch):
    monkeypatch.chdir(DATA)


def test_tables():
    result = run("compare", "desk.yaml", "desk_three.yaml", *QUICK)
    assert result.exit_code == 0
    assert_golden("simulate_compare.txt", result.stdout)


def test_the_document_has_the_differences():
    document = json.loads(run("compare", "desk.yaml", "desk_three.yaml", *QUICK, "--json").stdout)
    assert {row["variant"] for row in document["differences"]} == {"desk-three"}
    assert {row["scenario"] for row in document["summary"]} == {"desk", "desk-three"}


def test_a_comparison_can_be_repeated_from_its_manifest_alone(tmp_path):
    first, again = tmp_path / "first", tmp_path / "again"
    assert run("compare", "desk.yaml", "desk_three.yaml", *QUICK, "--out", first).exit_code == 0
    assert run("compare", "--repeat", first / "manifest.json", "--jobs", "1", "--out", again).exit_code == 0
    names = (*TABLES, "differences")
    assert contents(first, names) == contents(again, names)


def test_a_manifest_of_the_other_command_is_refused(tmp_path):
    run("compare", "desk.yaml", "desk_three.yaml", *QUICK, "--out", tmp_path / "out")
    result = run("simulate", "--repeat", tmp_path / "out" / "manifest.json")
    assert result.exit_code == 2
    assert "the manifest of a run of compare; repeat it with caserouter compare" in result.stderr


def test_a_base_alone_has_nothing_to_be_compared_with():
    result = run("compare", "desk.yaml")
    assert (result.exit_code, result.stderr) == (2, "error: desk.yaml: nothing to compare it with; name at least one variant\n")


def test_scenarios_that_measure_something_else_are_not_compared(tmp_path):
    path = tmp_path / "longer.yaml"
    path.write_text(f"extends: {DATA / 'desk.yaml'}\nwindow: {{length: 8 d}}\n")
    result = run("compare", "desk.yaml", path, *QUICK)
    assert result.exit_code == 2
    assert "its window is not that of desk" in result.stderr
