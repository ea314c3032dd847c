"""``caserouter demo``: what it promises to show."""

import json
import re
import shlex
from pathlib import Path

import pytest
from tests.cli.support import run, timeless


@pytest.fixture(scope="module")
def document():
    result = run("demo", "--json")
    assert result.exit_code == 0
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def text():
    result = run("demo")
    assert result.exit_code == 0
    return timeless(result.stdout)


def test_every_case_is_accounted_for(document):
    counts = [document[f"num_{fate}"] for fate in ("assigned", "outbid", "nobody_eligible", "reserved", "overlooked")]
    assert sum(counts) == document["num_cases"] == len(document["assignments"]) == 320
    assert min(counts[:3]) > 0


def test_the_gap_is_closed_or_nearly_so(document):
    assert document["bound"] <= document["objective"]
    assert document["gap"] <= 0.03


def test_three_fates_are_explained(document):
    explained = document["explanations"]
    assert [one["chosen"] is not None for one in explained] == [True, False, False]
    assert [one["unassigned"] and one["unassigned"]["reason"] for one in explained] == [None, "outbid", "nobody_eligible"]


def test_the_explanations_agree_with_the_assignment(document):
    taker = {row["case"]: row["specialist"] for row in document["assignments"]}
    for explanation in document["explanations"]:
        assert explanation["chosen"] == taker[explanation["case"]]


def test_the_usual_rules_do_worse_and_would_break_hard_rules(document):
    own, *others = document["comparison"]
    assert [one["policy"] for one in others] == ["round_robin", "least_loaded"]
    for other in others:
        assert other["total_cost"] > own["total_cost"]
        assert other["hard_breaches_if_rules_were_ignored"] > 0


def test_the_text_shows_all_of_it(text):
    for part in (
        "cases assigned to 40 specialists",
        "\n  gap ",
        "… and 308 more",
        "C-1901 investment_complaint",
        "Had they ignored the rules",
    ):
        assert part in text


def test_its_files_can_be_routed_by_the_command_that_it_prints(tmp_path):
    written = run("demo", "--out", tmp_path)
    assert written.exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == {"accounts.csv", "cases.csv", "policy.yaml", "specialists.csv"}
    arguments = shlex.split(written.stdout)[1:]
    routed = json.loads(run(*arguments, "--json", "--work-limit", "0").stdout)
    assert routed["num_cases"] == 320


def test_the_readme_shows_what_it_prints(text):
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    printed = set(text.splitlines())
    tour = readme.split("```text\n")[1].split("```")[0]
    shown = timeless(re.sub(r"\b5 s\)", "_ s)", tour)).splitlines()
    assert [line for line in shown if line.strip() != "…" and line not in printed] == []
