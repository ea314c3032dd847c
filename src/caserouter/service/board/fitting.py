"""Whether one specialist may take one case now, in sentences: for a change by hand, and for a case whose requirements changed."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from caserouter.domain.errors import NotFound
from caserouter.domain.rules import Exclusion, Rule
from caserouter.routing.explanation import Reason
from caserouter.routing.reasons import DECLINED, LINKED_CASE, SEPARATED_CASE, TEAM_CAP, Inquiry, Room
from caserouter.routing.state import RoutingState
from caserouter.service.board.board import Board

_HARD: Mapping[str, Rule] = MappingProxyType({TEAM_CAP: Rule.CAPACITY, LINKED_CASE: Rule.EXCLUDED, SEPARATED_CASE: Rule.EXCLUDED})
"""Limits and ties that are no rule of eligibility, each under the hard rule that is closest to it."""


def fits(board: Board, case_id: str, specialist_id: str, now: datetime) -> tuple[Exclusion, ...]:
    """Every rule that keeps a case from a specialist now, room included and the policy's relaxations applied; empty if nothing does.

    A case in somebody's book, the specialist's own or another one, is judged as if it were in none. Ties to other cases and team caps come under the hard rule that is
    closest to them; that the specialist declined it counts for nothing here.

    Raises
    ------
    NotFound
        If the board does not have the case, or the specialist takes no cases.
    """
    open_case = board.cases.get(case_id)
    if open_case is None:
        raise NotFound(f"{case_id}: not an open case; check its id", ids=[case_id])
    view = board.view(now)
    index = view.roster.index_by_id.get(specialist_id)
    if index is None:
        raise NotFound(f"{specialist_id}: takes no cases; name a specialist who does", ids=[specialist_id])
    room = Room.now(view.state)
    holder = None if open_case.holder is None else view.roster.index_by_id.get(open_case.holder)
    if holder is not None:
        room = _without(open_case.units, holder, room, view.state)
    inquiry = Inquiry(open_case.case, view.state, view.staffed)
    return tuple(_exclusion(reason) for reason in inquiry.reasons(index, room) if reason.code != DECLINED)


def _without(units: int, specialist: int, room: Room, state: RoutingState) -> Room:
    """The room if `units` were not in the book of `specialist`, who has passed the intake for the case already."""
    caseload, intake_left, team_left = room.caseload.copy(), room.intake_left.copy(), room.team_left.copy()
    caseload[specialist] -= units
    intake_left[specialist] = -1
    team_left[state.roster.team[specialist]] += units
    return Room(caseload, intake_left, team_left)


def _exclusion(reason: Reason) -> Exclusion:
    rule = _HARD.get(reason.code) or Rule(reason.code)
    return Exclusion(rule, reason.sentence, reason.counterfactual, reason.until)
