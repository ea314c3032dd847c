"""Accounts: stated and changed."""

import pytest

from caserouter.domain.account import Account
from caserouter.domain.errors import InvalidInput, NotFound
from caserouter.service.commands.accounts import patch_account, put_account
from caserouter.store.events import EventKind


def test_an_account_is_put_and_put_again(office):
    first = office.do(put_account, Account(id="A-1", owner="ana", health=70))
    assert (first.created, first.changed) == (True, True)
    again = office.do(put_account, Account(id="A-1", owner="ana", health=70))
    assert (again.created, again.changed) == (False, False)
    assert len(office.events(EventKind.ACCOUNT_PUT)) == 1


def test_a_patch_changes_what_it_names(office):
    office.do(put_account, Account(id="A-1", owner="ana", tier="gold", health=70))
    patched = office.do(patch_account, "A-1", {"health": 30, "at_risk": True, "owner": None})
    assert patched.account == Account(id="A-1", tier="gold", health=30, at_risk=True)


def test_a_patch_that_makes_no_sense_says_what_is_wrong(office):
    office.do(put_account, Account(id="A-1"))
    with pytest.raises(InvalidInput, match="A-1: health: 130: above 100, the most allowed") as refused:
        office.do(patch_account, "A-1", {"health": 130})
    assert [finding.column for finding in refused.value.findings] == ["health"]


def test_an_unknown_account_is_not_patched(office):
    with pytest.raises(NotFound, match="A-9: there is no such account; put it first"):
        office.do(patch_account, "A-9", {"health": 30})


def test_its_owner_is_preferred_from_then_on(office):
    office.hire("ana")
    office.hire("ben")
    for name in ("ben", "ana"):
        office.do(put_account, Account(id="A-1", owner=name))
        assert office.holder(office.create(account="A-1")) == name
