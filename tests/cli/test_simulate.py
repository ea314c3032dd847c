"""``caserouter simulate``: tables, documents, folders of results, repetitions."""

import json

import pytest
from tests.cli.support import DATA, assert_golden, run

TABLES = ("summary", "replications", "cases", "contacts", "backlog", "waits", "targets")
QUICK = ("--replications", "3", "--jobs", "1")
RECORDED = "extends: desk.yaml\nname: recorded\ndemand: {calls: null, log: {types: {question: 1, claim: 1}, trace: calls.csv}}\n"


@pytest.fixture(autouse=True)
def in_data(monkeypatch):
    monkeypatch.chdir(DATA)


@pytest.fixture
def recorded(tmp_path, monkeypatch):
    """A folder with a scenario whose arrivals are recorded."""
    (tmp_path / "desk.yaml").write_text((DATA / "desk.yaml").read_text())
    (tmp_path / "recorded.yaml").write_text(RECORDED)
    (tmp_path / "calls.csv").write_text("arrived_at,type\n2026-03-02T10:00,question\n2026-03-03T11:00,claim\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contents(folder, names=TABLES):
    """Bytes of the tables."""
    return {f"{name}.{suffix}": (folder / f"{name}.{suffix}").read_bytes() for name in names for suffix in ("csv", "parquet")}


def test_tables():
    result = run("simulate", "desk.yaml", *QUICK)
    assert result.exit_code == 0
    assert_golden("simulate.txt", result.stdout)


def test_the_document_is_the_one_thing_on_stdout():
    result = run("simulate", "desk.yaml", *QUICK, "--json")
    document = json.loads(result.stdout)
    assert document["manifest"]["replications"] == 3
    assert document["manifest"]["scenarios"][0]["scenario"]["name"] == "desk"
    assert {row["measure"] for row in document["targets"]} == {
        "service_level_first_response",
        "time_to_resolution_mean",
        "occupancy",
    }


def test_a_folder_gets_everything(tmp_path):
    out = tmp_path / "out"
    result = run("simulate", "desk.yaml", *QUICK, "--out", out)
    assert f"wrote {out}; open {out / 'report.html'}" in result.stderr
    assert set(contents(out)) < {path.name for path in out.iterdir()}
    assert (out / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert len(list((out / "charts").glob("*.svg"))) == 6


def test_a_run_can_be_repeated_from_its_manifest_alone(tmp_path):
    first, again = tmp_path / "first", tmp_path / "again"
    run("simulate", "desk.yaml", *QUICK, "--seed", "9", "--out", first)
    result = run("simulate", "--repeat", first / "manifest.json", "--jobs", "1", "--out", again)
    assert result.exit_code == 0
    assert contents(first) == contents(again)


def test_a_folder_keeps_the_recorded_arrivals_that_it_takes_to_repeat_the_run(recorded):
    run("simulate", "recorded.yaml", *QUICK, "--out", "first")
    (recorded / "calls.csv").unlink()
    (recorded / "first").rename(recorded / "moved")
    result = run("simulate", "--repeat", "moved/manifest.json", "--out", "again")
    assert result.exit_code == 0, result.stderr
    assert contents(recorded / "moved") == contents(recorded / "again")


def test_a_repetition_takes_nothing_that_the_manifest_fixes(tmp_path):
    run("simulate", "desk.yaml", *QUICK, "--out", tmp_path / "out")
    for beside in (("desk.yaml",), ("--replications", "4"), ("--seed", "1")):
        result = run("simulate", *beside, "--repeat", tmp_path / "out" / "manifest.json")
        assert (result.exit_code, result.stderr) == (
            2,
            "error: --repeat fixes the scenarios, the seed and the replications; leave out what you named beside it\n",
        )


def test_one_replication_says_that_it_has_no_interval():
    result = run("simulate", "desk.yaml", "--replications", "1", "--jobs", "1")
    assert "One replication gives no interval" in result.stderr
    assert "not settled: no interval: run two replications or more" in result.stdout


def test_a_half_width_begins_with_twenty_replications_and_says_whether_it_was_reached():
    wide = run("simulate", "desk.yaml", "--half-width", "100", "--jobs", "1")
    assert wide.stdout.startswith("desk: 20 replications")
    narrow = run("simulate", "desk.yaml", "--half-width", "0.0001", "--max-replications", "3", "--jobs", "1")
    assert "The half-width asked for was not reached within 3 replications." in narrow.stderr


def test_what_cannot_be_stable_is_said_before_the_run(tmp_path):
    path = tmp_path / "busy.yaml"
    path.write_text(f"extends: {DATA / 'desk.yaml'}\ndemand: {{calls: {{rate: {{'Mon-Fri 09:00-17:00': 9 per hour}}}}}}\n")
    result = run("simulate", path, "--replications", "1", "--jobs", "1")
    assert result.exit_code == 0
    assert "warning: the whole staff: " in result.stderr


def test_a_scenario_is_asked_for():
    result = run("simulate")
    assert (result.exit_code, result.stderr) == (
        2,
        "error: nothing to simulate; name a scenario file, or an earlier run's manifest with --repeat\n",
    )


def test_a_missing_file_exits_with_3():
    result = run("simulate", "nowhere.yaml")
    assert result.exit_code == 3
    assert "nowhere.yaml" in result.stderr


def test_what_is_wrong_in_a_scenario_is_listed(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(f"extends: {DATA / 'desk.yaml'}\nstaff: {{anna: {{capacity: -1}}}}\n")
    result = run("simulate", path)
    assert result.exit_code == 2
    assert f"{path}:2, staff.anna.capacity: -1" in result.stderr


def test_a_folder_of_somebody_else_is_refused_before_anything_is_simulated(tmp_path):
    (tmp_path / "cases.csv").write_text("mine")
    result = run("simulate", "desk.yaml", *QUICK, "--out", tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "holds cases.csv, which no run has written" in result.stderr
