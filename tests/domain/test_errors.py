"""Errors and findings: stable codes, exit statuses, and messages that say where."""

import pytest

from caserouter.domain.errors import CaserouterError, Conflict, Finding, InvalidInput, NotFound, SolverError, StoreError


def test_every_error_has_its_own_code_and_exit_status():
    kinds = (CaserouterError, InvalidInput, NotFound, Conflict, StoreError, SolverError)
    assert [kind.exit_status for kind in kinds] == [1, 2, 3, 4, 5, 6]
    assert len({kind.code for kind in kinds}) == len(kinds)


def test_an_error_carries_its_message_ids_and_findings():
    error = InvalidInput("bad", ids=["C-1"], findings=[Finding("x", "not a role")])
    assert (str(error), error.ids, [str(one) for one in error.findings]) == ("bad", ("C-1",), ["x: not a role"])


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (Finding("-5", "below zero", "write 5", "cases.csv", 7, "amount"), "cases.csv:7, amount: -5: below zero; write 5"),
        (Finding("", "the file is empty", file="cases.csv"), "cases.csv: the file is empty"),
        (Finding("x", "unknown", column="skills"), "skills: x: unknown"),
        (Finding("x", "unknown"), "x: unknown"),
    ],
)
def test_a_finding_says_where_what_why_and_what_to_do(finding, text):
    assert str(finding) == text
