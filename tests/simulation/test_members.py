"""Members of groups: ids that last, owners in turn, and sick days of their own."""

import numpy as np
import pytest

from caserouter.simulation.draws import Draws
from caserouter.simulation.language.demand import AccountGroup
from caserouter.simulation.language.staff import StaffGroup
from caserouter.simulation.members import account_ids, account_owners, member_ids, sick_days

DAYS = np.arange(739_700, 740_065)


def staff(count):
    return StaffGroup(count=count, capacity=5)


def test_one_specialist_has_the_name_of_the_group():
    assert member_ids("Ana", staff(1)) == ("Ana",)
    assert account_ids("Acme", AccountGroup(count=1)) == ("Acme",)


def test_ids_do_not_change_when_a_group_grows():
    assert member_ids("claims", staff(3)) == ("claims-01", "claims-02", "claims-03")
    assert member_ids("claims", staff(120))[:3] == member_ids("claims", staff(3))
    assert member_ids("claims", staff(120))[-1] == "claims-120"
    assert account_ids("gold", AccountGroup(count=10_000))[::9999] == ("gold-0001", "gold-10000")


def test_an_empty_group_has_no_members():
    assert member_ids("claims", staff(0)) == ()


def test_owners_take_accounts_in_turn_group_by_group():
    group = AccountGroup(count=5, owners=("desk", "Ana"))
    assert account_owners(group, {"desk": staff(2), "Ana": staff(1)}) == ("desk-01", "desk-02", "Ana", "desk-01", "desk-02")


def test_accounts_without_owners_have_none():
    assert account_owners(AccountGroup(count=2), {}) == ("", "")
    assert account_owners(AccountGroup(count=2, owners=("desk",)), {"desk": staff(0)}) == ("", "")


def test_a_specialist_is_sick_as_often_as_stated():
    days = [sick_days(Draws(1, k), "claims", 0, 0.1, DAYS) for k in range(40)]
    assert np.mean(days) == pytest.approx(0.1, abs=4 * (0.09 / (40 * 365)) ** 0.5)


def test_sick_days_belong_to_the_specialist_and_the_day():
    draws = Draws(1, 0)
    ours = sick_days(draws, "claims", 3, 0.5, DAYS)
    assert np.array_equal(sick_days(draws, "claims", 3, 0.5, DAYS[100:]), ours[100:])
    assert not np.array_equal(sick_days(draws, "claims", 4, 0.5, DAYS), ours)


def test_more_sickness_keeps_the_days_that_were_sick():
    draws = Draws(1, 0)
    assert np.all(sick_days(draws, "claims", 0, 0.2, DAYS) >= sick_days(draws, "claims", 0, 0.1, DAYS))
