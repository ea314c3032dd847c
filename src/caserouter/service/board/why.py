"""Why a case waits, as JSON: nobody may take it whatever their load, others hold the room, or the policy keeps it free."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from caserouter.domain.rules import listed
from caserouter.routing.counterfactual import in_words
from caserouter.routing.explanation import Wait
from caserouter.routing.profile import CaseProfile
from caserouter.service.board.obstacles import Bits, codes_of, find_obstacles
from caserouter.service.board.opening import first_opening
from caserouter.store.columns import moment_text

if TYPE_CHECKING:
    from caserouter.service.board.view import View

_NAMED = 5
"""Ids that are given before the rest is counted."""


def why_waiting(profile: CaseProfile, view: "View", num_with_room: int) -> dict[str, Any]:
    """The reason of a case that a decision left waiting.

    Parameters
    ----------
    profile, view
        The case, and the books that the decision was made on.
    num_with_room
        How many of those who were asked could have taken it.

    Returns
    -------
    dict
        code, sentence; conflicts (smallest sets of rules whose removal admits somebody: rules, admits with up to five ids, num);
        eligible_from and by (when and who, if nothing but time changes); full (how many may take it and have no room).
    """
    state = view.state
    if awaited := sorted(other for other in state.ties.linked_to(profile) if other != profile.id and state.ties.waits(other)):
        return _told(Wait.NOBODY_ELIGIBLE, f"linked to {listed(awaited)}, to be routed together: all of them wait")
    if num_with_room:
        return _told(Wait.RESERVED, "somebody has room, and the policy finds waiting cheaper")
    found = find_obstacles(profile, state, view.at_best)
    num_eligible = int(np.count_nonzero(found == 0))
    if not num_eligible:
        return _nobody(profile, view, found)
    who = f"{num_eligible} may take it, none with room" if num_eligible > 1 else "one may take it, without room"
    return _told(Wait.OUTBID, f"outbid: {who}", full=num_eligible)


def _told(code: Wait, sentence: str, **beside: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"conflicts": [], "eligible_from": None, "by": None, "full": 0}
    return {"code": code.value, "sentence": sentence, **empty, **beside}


def _nobody(profile: CaseProfile, view: "View", found: Bits) -> dict[str, Any]:
    roster = view.roster
    if not roster.num_specialists:
        return _told(Wait.NOBODY_ELIGIBLE, "nobody may take it: the roster is empty")
    conflicts = list(_conflicts(found, [one.id for one in roster.specialists]))
    ways = "; ".join(f"without {listed(one['rules'])} {_counted(one)} could" for one in conflicts)
    opening = first_opening(profile, view.state, view.at_best, found)
    if opening is None:
        beside, alone = {}, "time alone does not help"
    else:
        moment, by = roster.clock.moment(opening.hour), roster.specialists[opening.specialist].id
        beside, alone = {"eligible_from": moment_text(moment), "by": by}, f"{by} may from {in_words(moment)} on"
    sentence = f"nobody may take it, whatever their load: {ways}; {alone}"
    return _told(Wait.NOBODY_ELIGIBLE, sentence, conflicts=conflicts, **beside)


def _conflicts(found: Bits, ids: list[str]) -> Iterator[dict[str, Any]]:
    """The smallest sets of obstacles, in the order of the rules, each with those whom its removal would admit."""
    kinds, counts = np.unique(found, return_counts=True)
    sizes = [bits.bit_count() for bits in kinds.tolist()]
    smallest = [at for at, size in enumerate(sizes) if size == min(sizes)]
    for at in sorted(smallest, key=lambda at: _positions(int(kinds[at]))):
        admits = [ids[j] for j in np.flatnonzero(found == kinds[at])[:_NAMED].tolist()]
        yield {"rules": list(codes_of(int(kinds[at]))), "admits": admits, "num": int(counts[at])}


def _positions(bits: int) -> list[int]:
    return [at for at in range(bits.bit_length()) if bits >> at & 1]


def _counted(conflict: dict[str, Any]) -> str:
    ids, num = conflict["admits"], conflict["num"]
    return listed(ids) if num <= _NAMED else f"{num} people ({', '.join(ids)}, …)"
