"""Limits beside capacity, as the constraints of a problem: intake, team caps, linked and separated cases.

A limit that no answer can reach is left out, because without side constraints the faster engines apply.
"""

from collections.abc import Sequence

import numpy as np

from caserouter.routing.problem import IntArray
from caserouter.routing.profile import CaseProfile
from caserouter.routing.state import RoutingState
from caserouter.routing.ties import linked_groups

_NONE = np.zeros(0, dtype=np.int64)


def binding_intake(state: RoutingState, specialist: IntArray, pair_weight: IntArray, capacity: IntArray) -> IntArray:
    """New cases that each may take, -1 where that can never bind; empty if it binds nowhere.

    Where the intake is used up, the only pairs are those of cases for which the policy relaxes the limit, at its price, so it
    no longer binds. A limit with something left binds all cases alike, the relaxed ones too: they break it in a later decision,
    once it is used up.

    Parameters
    ----------
    state
        The intake left.
    specialist, pair_weight
        Specialist and weight of each pair; shape (num_pairs,).
    capacity
        Units that each may still take; shape (num_specialists,).
    """
    wanted = np.bincount(specialist, minlength=len(capacity))
    lightest = np.full(len(capacity), np.iinfo(np.int64).max)
    np.minimum.at(lightest, specialist, pair_weight)
    most = np.minimum(wanted, capacity // lightest)
    intake = np.where((state.intake_left > 0) & (state.intake_left < most), state.intake_left, -1)
    return intake if (intake >= 0).any() else _NONE


def binding_teams(state: RoutingState, capacity: IntArray) -> tuple[IntArray, IntArray]:
    """Team of each specialist, -1 where its cap cannot bind, and the units left in each of those teams; empty if none can."""
    roster = state.roster
    left = np.maximum(state.team_left[: len(roster.teams)], 0)
    members = roster.team >= 0
    could = np.bincount(roster.team[members], weights=capacity[members], minlength=len(roster.teams))
    binds = left < could
    if not binds.any():
        return _NONE, _NONE
    number = np.append(np.where(binds, np.cumsum(binds) - 1, -1), -1)
    return number[roster.team], left[binds]


def linked_cases(profiles: Sequence[CaseProfile]) -> tuple[tuple[int, ...], ...]:
    """Indices of the cases that are linked, directly or through others of the queue; groups of two or more, disjoint."""
    return tuple(group for group in linked_groups(profiles) if len(group) > 1)


def separated_pairs(profiles: Sequence[CaseProfile]) -> tuple[tuple[int, int], ...]:
    """Index pairs of the queue's cases that may not share a specialist, whichever of the two says so; sorted."""
    if not any(profile.separated_cases for profile in profiles):
        return ()
    index_by_id = {profile.id: i for i, profile in enumerate(profiles)}
    found = {
        (min(i, index_by_id[other]), max(i, index_by_id[other]))
        for i, profile in enumerate(profiles)
        for other in profile.separated_cases
        if other in index_by_id
    }
    return tuple(sorted(found))
