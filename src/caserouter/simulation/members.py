"""Members of groups: the ids of specialists and accounts, who owns which account, and on which days a specialist is sick.

The id of a number is the same in a group of two and in one of two hundred, so that a group may grow and leave its members who they are.
"""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from caserouter.simulation.draws import Draws, IntArray
from caserouter.simulation.language.demand import AccountGroup
from caserouter.simulation.language.staff import StaffGroup


def member_ids(name: str, group: StaffGroup) -> tuple[str, ...]:
    """Ids of the specialists of a staff group, by number: ``claims-01``, ``claims-02`` and so on, or the group's name if it is one."""
    if group.count == 1:
        return (name,)
    return tuple(f"{name}-{number:02d}" for number in range(1, group.count + 1))


def account_ids(name: str, group: AccountGroup) -> tuple[str, ...]:
    """Ids of the accounts of a group, by number: ``gold-0001``, ``gold-0002`` and so on, or the group's name if it is one."""
    if group.count == 1:
        return (name,)
    return tuple(f"{name}-{number:04d}" for number in range(1, group.count + 1))


def account_owners(group: AccountGroup, staff: Mapping[str, StaffGroup]) -> tuple[str, ...]:
    """Id of each account's owner, empty for none; shape (count,).

    The owners that the group names, staff groups by their members, take the accounts in turn.
    """
    owners = tuple(_specialists_named(group.owners, staff)) or ("",)
    return tuple(owners[number % len(owners)] for number in range(group.count))


def _specialists_named(names: Iterable[str], staff: Mapping[str, StaffGroup]) -> Iterable[str]:
    """Ids of specialists: the members of a staff group, or the id of a single one."""
    for name in names:
        yield from member_ids(name, staff[name]) if name in staff else (name,)


def sick_days(draws: Draws, group: str, number: int, probability: float, days: IntArray) -> NDArray[np.bool_]:
    """On which days a specialist is sick.

    Parameters
    ----------
    draws
        Of the replication.
    group, number
        The specialist: name of the staff group, and number within it from 0. Draws are keyed by both and by the day, so that neither
        another specialist nor another working day changes them.
    probability
        Of each day, from 0 to 1.
    days
        Working days, each as its `date.toordinal`; shape (num_days,).

    Returns
    -------
    NDArray of bool
        Shape (num_days,).
    """
    return draws.at(f"staff/{group}", "sick", days, number) < probability
