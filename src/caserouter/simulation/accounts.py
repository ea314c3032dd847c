"""The accounts of a scenario, numbered: group after group, in the order of its file."""

from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from caserouter.simulation.draws import Draws
from caserouter.simulation.language.demand import AccountGroup
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.members import account_ids, account_owners


@dataclass(frozen=True, slots=True, eq=False)
class Accounts:
    """Every account.

    Parameters
    ----------
    groups
        By name.
    firsts
        Number of the first account of each group; those of a group follow one another.
    ids, tiers, owners, revenue
        Of each account: its id, its tier and its owner, both empty for none, and yearly revenue in major units.
    """

    groups: dict[str, AccountGroup]
    firsts: dict[str, int]
    ids: tuple[str, ...]
    tiers: tuple[str, ...]
    owners: tuple[str, ...]
    revenue: tuple[float, ...]

    @classmethod
    def of(cls, scenario: Scenario) -> "Accounts":
        """The accounts of a scenario."""
        groups = dict(scenario.accounts)
        counts = [group.count for group in groups.values()]
        return cls(
            groups=groups,
            firsts=dict(zip(groups, accumulate(counts, initial=0), strict=False)),
            ids=tuple(account for name, group in groups.items() for account in account_ids(name, group)),
            tiers=tuple(tier for group in groups.values() for tier in [group.tier or ""] * group.count),
            owners=tuple(owner for group in groups.values() for owner in account_owners(group, scenario.staff)),
            revenue=tuple(revenue for group in groups.values() for revenue in [group.revenue.amount] * group.count),
        )

    def at_risk(self, name: str, draws: Draws) -> NDArray[np.bool_]:
        """Which accounts of a group are at risk in a replication, keyed by group and number; shape (count,)."""
        group = self.groups[name]
        return draws.uniforms(f"accounts/{name}", "at_risk", group.count) < group.at_risk
