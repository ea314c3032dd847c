"""What a decision was made from, as JSON: enough to make it again and to say the main things without doing so."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from caserouter.routing.profile import CaseProfile
from caserouter.routing.reasons import Room
from caserouter.service.board.obstacles import count_by_code, find_obstacles
from caserouter.store.columns import moment_text

if TYPE_CHECKING:
    from caserouter.service.board.board import Board
    from caserouter.service.board.view import View

BEST = 10
"""Candidates that evidence lists, the cheapest first; the others are worked out again when somebody asks."""


def stamp(board: "Board", now: datetime, mode: str) -> dict[str, Any]:
    """Which state a decision was made on, when and by what policy."""
    return {
        "mode": mode,
        "seen": board.seq,
        "digest": board.digest,
        "now": moment_text(now),
        "policy": {"name": board.document.policy, "version": board.policy_version},
        "price_inputs": board.price_inputs,
    }


def weighed(view: "View", profile: CaseProfile, asked: Sequence[int] | None) -> dict[str, Any]:
    """Who could have taken the case, what the cheapest would have cost, and how many each rule kept away.

    Parameters
    ----------
    view, profile
        What the decision was made on, before it was recorded.
    asked
        Indices of those who were asked; None for everybody.
    """
    state = view.state
    found = find_obstacles(profile, state, Room.now(state))
    if state.ties.awaits(profile):
        who = np.zeros(0, dtype=np.int64)
    else:
        free = found == 0
        who = np.flatnonzero(free) if asked is None else np.array([j for j in asked if free[j]], dtype=np.int64)
    return {
        "num_candidates": len(who),
        "best": _best(view, profile, asked) if len(who) else [],
        "excluded": count_by_code(found if asked is None else found[list(asked)]),
    }


def _best(view: "View", profile: CaseProfile, asked: Sequence[int] | None) -> list[dict[str, Any]]:
    """The cheapest of those who may take the case, with every cost term, the first by id among equals."""
    who, terms = view.pricer.weigh(profile, BEST, asked, view.state)
    costs = {name: values.tolist() for name, values in terms._asdict().items() if values.any()}
    people = view.roster.specialists
    best = []
    for at, j in enumerate(who.tolist()):
        mine = {name: values[at] for name, values in costs.items() if values[at]}
        best.append({"specialist": people[j].id, "total": sum(mine.values()), "terms": mine})
    return best
