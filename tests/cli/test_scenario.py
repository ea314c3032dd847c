"""``caserouter scenario``: every problem of scenario files at once, and the schema for editors."""

import json

import pytest
from tests.cli.support import run
from tests.simulation.written import BASE

from caserouter.simulation.schema import scenario_schema


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of scenario files, which is the current one."""
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "base.yaml": BASE,
        "wrong.yaml": "extends: base.yaml\nseeed: 3\nwindow: {length: -1 h}\n",
        "busy.yaml": "extends: base.yaml\nname: busy\ndemand: {post: {rate: 20 per hour}, fax: {types: claim, rate: 0 per hour}}\n",
        "idle.yaml": "extends: base.yaml\nname: idle\ndemand: {post: null}\n",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_scenario_that_holds_together_passes(folder):
    result = run("scenario", "check", "base.yaml")
    assert (result.exit_code, result.stdout) == (
        0,
        "base.yaml: base, 1 case type, 1 demand stream, 3 specialists, 0 accounts, 0 departments: 0 errors, 0 warnings\n",
    )


def test_every_problem_is_listed_and_the_exit_status_says_so(folder):
    result = run("scenario", "check", "wrong.yaml")
    assert (result.exit_code, result.stdout.splitlines()) == (
        2,
        [
            "error: wrong.yaml:2, seeed: seeed: unknown key; did you mean seed?",
            "error: wrong.yaml:3, window.length: -1 h: a negative time; durations are zero or more",
            "wrong.yaml: 2 errors, 0 warnings",
        ],
    )


def test_several_files_are_checked_in_one_go(folder):
    result = run("scenario", "check", "base.yaml", "wrong.yaml", "idle.yaml")
    assert result.exit_code == 2
    assert [line.split(":")[0] for line in result.stdout.splitlines() if line.endswith(("warnings", "warning"))] == [
        "base.yaml",
        "wrong.yaml",
        "idle.yaml",
    ]


def test_warnings_alone_pass(folder):
    result = run("scenario", "check", "idle.yaml")
    assert result.exit_code == 0
    assert "warning: idle.yaml:3, demand: nobody arrives: no stream brings a case; add a stream with a rate\n" in result.stdout


def test_what_cannot_be_stable_is_a_warning(folder):
    result = run("scenario", "check", "busy.yaml")
    assert result.exit_code == 0
    assert (
        "warning: busy.yaml: the whole staff: 17.22 erlangs of work for 0.71 of staff (3 people, 40 hours a week each, of 168)\n"
        in result.stdout
    )


def test_the_document_holds_findings_and_overloads(folder):
    result = run("scenario", "check", "wrong.yaml", "busy.yaml", "--json")
    wrong, busy = json.loads(result.stdout)["scenarios"]
    assert (wrong["name"], wrong["errors"], wrong["findings"][0]["column"]) == (None, 2, "seeed")
    assert (busy["name"], busy["overloads"][0]["what"], busy["overloads"][0]["unit"]) == ("busy", "the whole staff", "erlangs")


def test_a_missing_file_is_not_found(folder):
    result = run("scenario", "check", "none.yaml")
    assert (result.exit_code, result.stderr) == (3, "error: none.yaml: no such file; check the path\n")


def test_the_schema_is_printed_or_written(folder):
    assert json.loads(run("scenario", "schema").stdout) == scenario_schema()
    result = run("scenario", "schema", "--out", "scenario.schema.json")
    assert result.stderr == "wrote scenario.schema.json\n"
    assert json.loads((folder / "scenario.schema.json").read_text(encoding="utf-8")) == scenario_schema()
