"""``caserouter route``: tables, documents, files, exit statuses."""

import csv
import json

import pytest
from tests.cli.support import AT, DATA, SMALL, assert_golden, run, timeless


@pytest.fixture(autouse=True)
def in_data(monkeypatch):
    monkeypatch.chdir(DATA)


def test_tables():
    result = run("route", *SMALL)
    assert result.exit_code == 0
    assert_golden("route.txt", result.stdout)


def test_the_document():
    result = run("route", *SMALL, "--json")
    assert result.exit_code == 0
    assert_golden("route.json", result.stdout)


def test_stdout_holds_one_document_and_nothing_else():
    result = run("route", *SMALL, "--json", "--explain", "C-4", "--compare", "round_robin")
    assert json.loads(result.stdout)["num_cases"] == 5


def test_the_written_table_has_a_row_per_case(tmp_path):
    out = tmp_path / "out.csv"
    result = run("route", *SMALL, "--out", out)
    assert result.exit_code == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["case"] for row in rows] == ["C-1", "C-2", "C-3", "C-4", "C-5"]
    assert rows[3]["status"] == "nobody_eligible"
    assert f"wrote 5 rows to {out}" in result.stderr


def test_a_file_of_an_unknown_kind_is_refused_before_anything_is_solved(tmp_path):
    result = run("route", *SMALL, "--out", tmp_path / "out.xlsx")
    assert result.exit_code == 2
    assert "out.xlsx: cannot write this kind of file" in result.stderr
    assert result.stdout == ""


def test_files_are_asked_for():
    result = run("route", "--cases", "cases.csv")
    assert (result.exit_code, result.stderr) == (
        2,
        "error: nothing to route; name the files with --cases and --specialists\n",
    )


def test_a_missing_file_exits_with_3():
    result = run("route", "--cases", "nowhere.csv", "--specialists", "specialists.csv")
    assert result.exit_code == 3
    assert "nowhere.csv" in result.stderr


def test_an_unknown_case_to_explain_exits_with_3_and_names_the_nearest():
    result = run("route", *SMALL, "--explain", "C-44")
    assert result.exit_code == 3
    assert result.stderr.startswith("error: C-44: no such case")


def test_bad_rows_stop_the_work_and_are_all_listed():
    result = run("route", "--cases", "bad_cases.csv", "--specialists", "specialists.csv", "--at", AT)
    assert (result.exit_code, result.stdout) == (2, "")
    for place in ("bad_cases.csv:3, created", "bad_cases.csv:4, id", "bad_cases.csv:5, weight", "bad_cases.csv:5, amount"):
        assert place in result.stderr


def test_bad_rows_are_set_aside_and_listed_on_request():
    result = run("route", "--cases", "bad_cases.csv", "--specialists", "specialists.csv", "--at", AT, "--skip-bad", "--json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert document["num_cases"] == 1
    assert [row["line"] for row in document["set_aside"]] == [3, 4, 5]
    assert "set aside 3 bad rows" in result.stderr


def test_a_time_without_an_offset_is_refused():
    result = run("route", *SMALL[:-1], "2026-03-02T10:00:00")
    assert result.exit_code == 2
    assert "has no offset from UTC; write it as 2026-03-02T10:00-05:00" in result.stderr


def test_strict_priority_reports_a_gap_per_level(tmp_path):
    policy = tmp_path / "strict.yaml"
    policy.write_text("priority: strict\n", encoding="utf-8")
    document = json.loads(run("route", *SMALL, "--policy", policy, "--json").stdout)
    assert [(level["priority"], level["gap"]) for level in document["levels"]] == [(1, 0), (2, 0), (3, 0), (4, 0), (5, 0)]


def test_explanations_follow_the_assignment():
    result = run("route", *SMALL, "--explain", "C-1", "--explain", "C-4")
    assert result.exit_code == 0
    assert_golden("explain.txt", result.stdout[result.stdout.index("C-1 claim_denial") :])


def test_policies_are_compared():
    result = run("route", *SMALL, "--compare", "round_robin", "--compare", "least_loaded")
    assert result.exit_code == 0
    assert_golden("compare.txt", result.stdout[result.stdout.index("Policies on") :])


def test_the_insight_names_what_is_short_and_which_prices_matter():
    document = json.loads(run("route", *SMALL, "--insight", "--json").stdout)
    licence = next(one for one in document["shortage"]["requirements"] if one["name"] == "property_casualty@HI")
    assert (licence["num_specialists"], licence["num_waiting"]) == (0, 1)
    assert document["sensitivity"]["complete"] is True
    assert {change["price"] for change in document["sensitivity"]["changes"]} >= {"hour", "breach", "hand_off"}


def test_the_insight_is_printed():
    text = run("route", *SMALL, "--insight").stdout
    for part in ("What is short", "credential property_casualty@HI", "Which prices matter", "Another seed alone changes"):
        assert part in text


def test_the_order_of_rows_changes_nothing(tmp_path):
    """The same document from files whose rows stand the other way round."""
    arguments = [*SMALL]
    for position, name in ((1, "cases.csv"), (3, "specialists.csv")):
        header, *rows = (DATA / name).read_text(encoding="utf-8").splitlines()
        (tmp_path / name).write_text("\n".join([header, *reversed(rows)]) + "\n", encoding="utf-8")
        arguments[position] = str(tmp_path / name)
    assert timeless(run("route", *arguments, "--json").stdout) == timeless(run("route", *SMALL, "--json").stdout)


def test_a_review_that_a_risk_flag_demands_is_shown_wherever_the_case_goes(tmp_path):
    cases = tmp_path / "cases.csv"
    cases.write_text(
        "id,created,risk_flags,required_skills\n"
        "C-1,2026-03-02T14:00Z,legal; media,\n"
        "C-2,2026-03-02T14:00Z,executive,\n"
        "C-3,2026-03-02T14:00Z,legal,unheard_of:5\n"
    )
    policy = tmp_path / "policy.yaml"
    policy.write_text("skills: [unheard_of]\nrole_floors: {}\n")
    asked = ("route", "--cases", cases, "--specialists", "specialists.csv", "--policy", policy, "--at", AT)
    rows = json.loads(run(*asked, "--json").stdout)["assignments"]
    assert [row["reviews_needed"] for row in rows] == ["legal", "", "legal"]
    text = run(*asked).stdout
    assert text.count("review first: legal") == 2
    assert "waits: nobody eligible, review first: legal" in text
