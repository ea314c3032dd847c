"""``caserouter check``: every problem at once."""

import json

import pytest
from tests.cli.support import AT, DATA, SMALL, assert_golden, run

BAD = ("check", "--cases", "bad_cases.csv", "--specialists", "specialists.csv", "--at", AT)


@pytest.fixture(autouse=True)
def in_data(monkeypatch):
    monkeypatch.chdir(DATA)


def test_good_files_exit_with_0():
    result = run("check", *SMALL)
    assert result.exit_code == 0
    assert_golden("check.txt", result.stdout)


def test_bad_files_exit_with_2_and_list_every_problem():
    result = run(*BAD)
    assert result.exit_code == 2
    assert_golden("check_bad.txt", result.stdout)


def test_the_document_has_the_same_findings():
    document = json.loads(run(*BAD, "--json").stdout)
    assert document["errors"] == len([finding for finding in document["findings"] if finding["severity"] == "error"])
    assert {finding["line"] for finding in document["findings"]} == {3, 4, 5}


def test_rows_that_would_be_set_aside_do_not_count_on_request():
    assert run(*BAD, "--skip-bad").exit_code == 0


def test_something_has_to_be_checked():
    result = run("check")
    assert (result.exit_code, result.stderr) == (
        2,
        "error: no file to check; name one with --cases, --specialists, --accounts or --policy\n",
    )
