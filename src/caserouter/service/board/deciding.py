"""Decisions on a board: place a case, or pull from the queue."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from caserouter.domain.authority_rule import decides_alone
from caserouter.domain.case import Case
from caserouter.routing.candidates import FEW
from caserouter.routing.policy import Chosen, Decision, RoutingPolicy
from caserouter.routing.profile import CaseProfile
from caserouter.routing.result import WAITING
from caserouter.routing.state import RoutingState
from caserouter.service.board.board import Board
from caserouter.service.board.evidence import stamp, weighed
from caserouter.service.board.outcome import Outcome
from caserouter.service.board.validity import valid_until
from caserouter.service.board.view import View
from caserouter.service.board.why import why_waiting


def place(
    board: Board,
    case: Case,
    now: datetime,
    *,
    mode: str = "arrival",
    specialists: Sequence[str] | None = None,
    beside: Mapping[str, Any] | None = None,
) -> Outcome:
    """Decide on one case; see `place_together`.

    A case that is linked to one that waits is left waiting too: `pull` routes both together.
    """
    return place_together(board, (case,), now, mode=mode, specialists=specialists, beside=beside)[0]


def place_together(
    board: Board,
    cases: Sequence[Case],
    now: datetime,
    *,
    mode: str = "arrival",
    specialists: Sequence[str] | None = None,
    beside: Mapping[str, Any] | None = None,
) -> list[Outcome]:
    """Decide on one case, or on all the waiting cases of a linked group at once.

    Parameters
    ----------
    board
        The board; none of the cases is in anybody's book on it.
    cases
        The cases, whether the board knows them or not.
    now
        The moment of the decision.
    mode
        On what occasion it is made.
    specialists
        Ids of those who may be given them; None for everybody.
    beside
        What the evidence is to say as well.

    Returns
    -------
    list of Outcome
        One per case, in the order given. All rest on the board as it is: they are recorded together or not at all.
    """
    view = board.view(now)
    asked = None if specialists is None else view.indices(specialists)
    profiles = [view.profile(case) for case in cases]
    decisions = {decision.case_id: decision for decision in view.policy.pull(profiles, asked, view.state)}
    occasion = Occasion(board, view, now, mode, asked, beside)
    return occasion.outcomes(profiles, [decisions[profile.id] for profile in profiles])


def pull(
    board: Board, specialists: Sequence[str] | None, now: datetime, limit: int, *, mode: str = "pull"
) -> Iterator[list[Outcome]]:
    """Give out waiting cases by urgency, one after the other, until nobody can be given another.

    Parameters
    ----------
    board
        The board.
    specialists
        Ids of those who may be given cases; None for everybody.
    now
        The moment of the decisions.
    limit
        Cases after which no more are given out.
    mode
        On what occasion.

    Yields
    ------
    list of Outcome
        A case that somebody takes, or linked cases that one specialist takes together: all of them are recorded, and folded, before more is
        asked for.
    """
    view = board.view(now)
    asked = _few_with_room(view.state) if specialists is None else _with_room(view.indices(specialists), view.state)
    if asked == [] or limit <= 0:
        return
    witness = _Witness(view.policy, Occasion(board, view, now, mode, asked, None))
    together: list[Outcome] = []
    num_given = 0
    for profile, _ in view.line.serve(witness, asked, view.state):
        view.note(profile.id)
        together.append(witness.outcome_by_id[profile.id])
        if len(together) < len(witness.outcome_by_id):
            continue
        yield together
        num_given += len(together)
        together = []
        if num_given >= limit or board.view(now) is not view or (asked is not None and not _with_room(asked, view.state)):
            return


class Occasion:
    """One moment at which decisions are made on a board, and how they are told.

    Parameters
    ----------
    board, view, now
        The board, and what it looks like at that moment.
    mode
        On what occasion.
    asked
        Indices of those who may be given cases; None for everybody.
    beside
        What the evidence is to say as well.
    """

    def __init__(
        self, board: Board, view: View, now: datetime, mode: str, asked: list[int] | None, beside: Mapping[str, Any] | None
    ) -> None:
        self._board = board
        self._view = view
        self._now = now
        self._mode = mode
        self._asked = asked
        self._beside = dict(beside or {})

    def outcomes(self, profiles: Sequence[CaseProfile], decisions: Sequence[Decision]) -> list[Outcome]:
        """What is to be recorded of `decisions`, which were made together and are not applied yet."""
        together = [profile.id for profile in profiles]
        return [self._outcome(profile, one, together) for profile, one in zip(profiles, decisions, strict=True)]

    def _outcome(self, profile: CaseProfile, decision: Decision, together: list[str]) -> Outcome:
        view, document = self._view, self._board.document
        settings, people = document.routing, view.roster.specialists
        chosen = decision.specialist
        waits = chosen == WAITING
        evidence = {
            **stamp(self._board, self._now, self._mode),
            "asked": None if self._asked is None else [people[j].id for j in self._asked],
            "chosen": None if waits else people[chosen].id,
            "cost": decision.cost,
            **weighed(view, profile, self._asked),
            **({"together": together} if len(together) > 1 else {}),
            **self._beside,
        }
        offered = document.acceptance is not None and not waits
        return Outcome(
            case_id=profile.id,
            specialist=evidence["chosen"],
            status="offered" if offered else "ready",
            offer_until=self._now + timedelta(minutes=document.acceptance.minutes) if document.acceptance and offered else None,
            units=profile.weight,
            cost=decision.cost,
            evidence=evidence,
            why=why_waiting(profile, view, evidence["num_candidates"]) if waits else None,
            valid_until=valid_until(view, profile),
            intake_limited=not waits and view.limit(chosen) is not None,
            ties=bool(settings.team_caps) or view.state.ties.binds(profile),
            needs_approval=not waits and not decides_alone(profile.case, people[chosen]),
        )


class _Witness:
    """A policy that notes the outcomes of what it last gave out, from the books as they were then; linked cases go together."""

    jointly = False

    def __init__(self, policy: RoutingPolicy, occasion: Occasion) -> None:
        self.name = policy.name
        self.outcome_by_id: dict[str, Outcome] = {}
        self._policy = policy
        self._occasion = occasion

    def place(self, profile: CaseProfile, state: RoutingState) -> Decision:
        """Decide on one case."""
        return self.pull((profile,), None, state)[0]

    def pull(self, queue: Sequence[CaseProfile], specialists: Chosen | None, state: RoutingState) -> list[Decision]:
        """Decide on one case, or on a linked group."""
        decisions = self._policy.pull(queue, specialists, state)
        if any(decision.specialist != WAITING for decision in decisions):
            profile_by_id = {profile.id: profile for profile in queue}
            outcomes = self._occasion.outcomes([profile_by_id[one.case_id] for one in decisions], decisions)
            self.outcome_by_id = {outcome.case_id: outcome for outcome in outcomes if outcome.specialist is not None}
        return decisions


def _few_with_room(state: RoutingState) -> list[int] | None:
    """Everybody whose book is not full, where they are few; None, for everybody, where they are many."""
    return np.flatnonzero(state.free > 0).tolist() if state.num_with_room <= FEW else None


def _with_room(asked: list[int], state: RoutingState) -> list[int]:
    """Those of `asked` whose book is not full: nobody else can be given anything."""
    capacity, caseload = state.roster.capacity_by_index, state.views.caseload
    return [j for j in asked if caseload[j] < capacity[j]]
