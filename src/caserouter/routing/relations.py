"""What a case's people and its other cases mean for whoever takes it: owner, holder, preference, and cases kept apart.

Where a linked case is held already, its holder is not the only one who may take this one: going to somebody else costs a
hand-off, because otherwise a full book or an absence would make the case wait for one person. Where a case that must be
kept apart is held, its holder may not take this one at all. Both bind whichever of the two cases states them.
"""

import numpy as np
from numpy.typing import NDArray

from caserouter.routing.problem import IntArray
from caserouter.routing.profile import CaseProfile
from caserouter.routing.state import RoutingState

BoolArray = NDArray[np.bool_]


def count_hand_offs(profile: CaseProfile, specialists: IntArray, state: RoutingState) -> NDArray[np.int8]:
    """What each of `specialists` would be handed: the account if another owns it, and the customer of a linked case that another holds.

    While the owner is away, the owner's backup stands in and counts as the owner. Shape (len(specialists),), values 0 to 2.
    """
    count = np.zeros(len(specialists), dtype=np.int8)
    if profile.owner >= 0:
        count += (specialists != profile.owner) & (specialists != stand_in(profile.owner, state))
    holders = [state.ties.holder[other] for other in state.ties.linked_to(profile.case) if other in state.ties.holder]
    if holders:
        count += ~np.isin(specialists, holders)
    return count


def stand_in(owner: int, state: RoutingState) -> int:
    """Who serves the owner's accounts now: the owner, or the backup while the owner is away beyond the policy's reach."""
    roster = state.roster
    at = roster.staffing.presence(state.now)
    backup = int(roster.backup[owner])
    away = not at.in_reach[roster.staffing.calendar_of[owner]]
    return backup if away and backup >= 0 else owner


def find_not_preferred(profile: CaseProfile, specialists: IntArray) -> BoolArray:
    """Who is not among those whom the case prefers; nobody if it prefers none on this roster. Shape (len(specialists),)."""
    if not len(profile.preferred):
        return np.zeros(len(specialists), dtype=np.bool_)
    return ~np.isin(specialists, profile.preferred)


def find_apart(profile: CaseProfile, specialists: IntArray, state: RoutingState) -> BoolArray:
    """Who holds a case that must be kept apart from this one; shape (len(specialists),)."""
    ties = state.ties
    others = profile.case.separated_cases | ties.separated.get(profile.id, set())
    holders = [ties.holder[other] for other in others if other in ties.holder]
    return np.isin(specialists, holders) if holders else np.zeros(len(specialists), dtype=np.bool_)
