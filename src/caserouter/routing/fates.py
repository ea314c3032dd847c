"""Why each unassigned case of an answer waits: what `explain` would say, found for all of them at once.

Most cases are settled by arrays: nobody is eligible even with empty books, or every eligible book is full. Only what is left, cases that
are tied to others or that somebody seems to have room for, is explained one by one.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from caserouter.routing.answer import RoutingAnswer
from caserouter.routing.explain import explain
from caserouter.routing.explanation import Wait
from caserouter.routing.pairs import Pairs
from caserouter.routing.problem import IntArray
from caserouter.routing.profile import CaseProfile
from caserouter.routing.reasons import Room
from caserouter.routing.result import WAITING
from caserouter.routing.state import RoutingState


def why_waiting(answer: RoutingAnswer) -> dict[str, Wait]:
    """The reason of every case that waits, by case id."""
    state = answer.queue.state
    empty, room = _with_empty_books(state), _room_left(answer)
    tied = _tied(answer.queue.profiles)
    reasons = {}
    for i in np.flatnonzero(answer.result.assignment == WAITING):
        profile = answer.queue.profiles[i]
        eligible = Pairs.of((profile,), empty).specialist
        if not len(eligible):
            reasons[profile.id] = Wait.NOBODY_ELIGIBLE
        elif profile.id not in tied and (room[eligible] < profile.weight).all():
            reasons[profile.id] = Wait.OUTBID
        else:
            reasons[profile.id] = _explained(answer, profile.id)
    return reasons


def _tied(profiles: Sequence[CaseProfile]) -> set[str]:
    """Ids of cases that are linked to, or separated from, another, whichever of the two says so."""
    cases = [profile.case for profile in profiles]
    named = {other for case in cases for other in case.linked_cases | case.separated_cases}
    return named | {case.id for case in cases if case.linked_cases or case.separated_cases}


def _explained(answer: RoutingAnswer, case_id: str) -> Wait:
    unassigned = explain(case_id, *answer.decided(case_id)).unassigned
    assert unassigned is not None
    return unassigned.reason


def _with_empty_books(state: RoutingState) -> RoutingState:
    """The same moment with nothing in any book."""
    best = Room.at_best(state)
    return replace(state, caseload=best.caseload, intake_left=best.intake_left, team_left=best.team_left)


def _room_left(answer: RoutingAnswer) -> IntArray:
    """Units that each book has left after the assignment; shape (num_specialists,)."""
    taken = answer.result.assignment != WAITING
    who, weight = answer.result.assignment[taken], answer.queue.problem.weight[taken]
    return answer.queue.state.free - np.bincount(who, weights=weight, minlength=answer.roster.num_specialists).astype(np.int64)
