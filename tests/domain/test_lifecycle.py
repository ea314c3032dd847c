import pytest

from caserouter.domain.errors import Conflict
from caserouter.domain.lifecycle import ALLOWED, HELD, OPEN, WAITING, CaseStatus, Command, require_allowed

DONE = {CaseStatus.RESOLVED, CaseStatus.CLOSED, CaseStatus.CANCELLED}


def allowed_from(status):
    return {command.value for command in Command if status in ALLOWED[command]}


def test_a_case_is_open_or_done():
    assert {*OPEN, *DONE} == set(CaseStatus)
    assert not OPEN & DONE


def test_an_open_case_is_held_or_queued():
    assert {CaseStatus.QUEUED} == OPEN - HELD
    assert {CaseStatus.OFFERED, CaseStatus.READY} == HELD - WAITING


@pytest.mark.parametrize("status", [CaseStatus.CLOSED, CaseStatus.CANCELLED])
def test_nothing_is_allowed_once_a_case_is_done_for_good(status):
    assert allowed_from(status) == set()


def test_a_resolved_case_is_reopened_or_closed_and_its_commitments_are_kept():
    assert allowed_from(CaseStatus.RESOLVED) == {"reopen", "close", "keep"}


def test_nobody_works_on_a_case_that_nobody_has_accepted():
    assert allowed_from(CaseStatus.READY) - allowed_from(CaseStatus.OFFERED) == {"contact", "wait"}


def test_an_approval_is_given_only_where_it_is_waited_for():
    assert ALLOWED[Command.APPROVE] == {CaseStatus.WAITING_APPROVAL}


def test_a_refusal_says_what_is_allowed_instead():
    with pytest.raises(Conflict, match=r"^C-1 is resolved: accept is not allowed; allowed now: keep, reopen$"):
        require_allowed(Command.ACCEPT, CaseStatus.RESOLVED, "C-1")
    with pytest.raises(Conflict, match=r"allowed now: nothing$"):
        require_allowed(Command.REOPEN, CaseStatus.CLOSED, "C-1")


def test_what_is_allowed_is_let_through():
    for command, statuses in ALLOWED.items():
        for status in statuses:
            require_allowed(command, status, "C-1")
