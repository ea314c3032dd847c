"""Which waiting cases a plan for the whole queue can give out at all."""

from collections.abc import Sequence

from caserouter.routing.candidates import open_to
from caserouter.routing.profile import CaseProfile, Kind
from caserouter.routing.state import RoutingState


def servable(profiles: Sequence[CaseProfile], state: RoutingState) -> list[CaseProfile]:
    """Those of a kind that somebody with room may take, less those linked to one that waits outside."""
    if not state.num_with_room:
        return []
    taken: dict[Kind, bool] = {}
    found = []
    for profile in profiles:
        if profile.kind not in taken:
            taken[profile.kind] = len(open_to(profile, state)) > 0
        if taken[profile.kind]:
            found.append(profile)
    return _whole(found, state)


def _whole(profiles: list[CaseProfile], state: RoutingState) -> list[CaseProfile]:
    """Those whose linked cases that wait are all among them."""
    while True:
        ids = {profile.id for profile in profiles}
        whole = [profile for profile in profiles if not state.ties.awaits(profile, ids)]
        if len(whole) == len(profiles):
            return whole
        profiles = whole
