"""Accounts: numbered group after group, with what their group says of them."""

from tests.simulation.streams import ACCOUNTS, scenario

from caserouter.simulation.accounts import Accounts

STAFF = {"team": {"count": 2, "capacity": 5}}


def test_accounts_are_numbered_group_after_group():
    found = Accounts.of(scenario({}))
    assert found.firsts == {"gold": 0, "small": 22}
    assert (found.ids[21], found.ids[22], len(found.ids)) == ("gold-0022", "small-0001", 122)


def test_accounts_have_the_tier_and_the_revenue_of_their_group():
    found = Accounts.of(scenario({}))
    assert (found.tiers[0], found.revenue[0]) == ("gold", 900.0)
    assert (found.tiers[22], found.revenue[22]) == ("", 0.0)


def test_owners_are_known_by_id():
    found = Accounts.of(scenario({}, accounts={"gold": ACCOUNTS["gold"] | {"owners": ["team"]}}, staff=STAFF))
    assert found.owners[:3] == ("team-01", "team-02", "team-01")
