"""What a case's people mean for whoever takes it: the account's owner, the owner's backup, and preferences."""

import numpy as np
from numpy.typing import NDArray

from caserouter.routing.problem import IntArray
from caserouter.routing.profile import CaseProfile
from caserouter.routing.state import RoutingState

BoolArray = NDArray[np.bool_]


def count_hand_offs(profile: CaseProfile, specialists: IntArray, state: RoutingState) -> NDArray[np.int8]:
    """Whether each of `specialists` would be handed another's account; shape (len(specialists),), values 0 or 1.

    While the owner is away, the owner's backup stands in and counts as the owner.
    """
    if profile.owner < 0:
        return np.zeros(len(specialists), dtype=np.int8)
    passed_on: BoolArray = (specialists != profile.owner) & (specialists != stand_in(profile.owner, state))
    return passed_on.astype(np.int8)


def stand_in(owner: int, state: RoutingState) -> int:
    """Who serves the owner's accounts now: the owner, or the backup while the owner is absent or away beyond the policy's reach."""
    roster = state.roster
    at = roster.staffing.presence(state.now)
    backup = int(roster.backup[owner])
    away = not at.in_reach[roster.staffing.calendar_of[owner]] or state.views.away_until[owner] > state.now
    return backup if away and backup >= 0 else owner


def find_not_preferred(profile: CaseProfile, specialists: IntArray) -> BoolArray:
    """Who is not among those whom the case prefers; nobody if it prefers none on this roster. Shape (len(specialists),)."""
    if not len(profile.preferred):
        return np.zeros(len(specialists), dtype=np.bool_)
    return ~np.isin(specialists, profile.preferred)
