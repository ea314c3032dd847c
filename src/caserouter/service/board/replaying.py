"""Make a decision again, and explain it in full."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from math import isclose
from typing import Any

import numpy as np

from caserouter.domain.case import Case
from caserouter.domain.errors import NotFound
from caserouter.domain.rules import listed
from caserouter.routing.build import build_queue
from caserouter.routing.explain import explain
from caserouter.routing.explanation import Explanation
from caserouter.routing.result import WAITING
from caserouter.service.board.board import Board
from caserouter.service.board.deciding import place_together
from caserouter.service.board.fitting import fits
from caserouter.service.board.outcome import Outcome
from caserouter.store.events import Event

BY_HAND = "manual"
"""Mode of what somebody decided by hand: who takes the case is not worked out again, which rules that passed over is."""

_COMPARED = ("chosen", "cost", "num_candidates", "best", "excluded")


@dataclass(frozen=True, slots=True)
class Replayed:
    """A decision made again.

    Parameters
    ----------
    same
        Whether everything came out as it was recorded.
    differences
        What did not, in words.
    """

    same: bool
    differences: tuple[str, ...]


def replay(board_at_seen: Board, decision: Event, case: Case | None = None) -> Replayed:
    """Make a decision again.

    Parameters
    ----------
    board_at_seen
        The board as the decision had seen it: folded up to the `seen` of its evidence.
    decision
        The event of the decision, with its evidence.
    case
        The case, where the board did not have it yet.

    Raises
    ------
    NotFound
        If the event carries no evidence, or neither the board nor the caller has the case.
    """
    differences = tuple(_differences(board_at_seen, decision, case))
    return Replayed(not differences, differences)


def explain_decision(board_at_seen: Board, decision: Event, case: Case | None = None) -> Explanation:
    """The full table of a decision: every candidate with its terms, everybody else with the reasons; parameters as for `replay`."""
    evidence = _evidence(decision)
    view = board_at_seen.view(datetime.fromisoformat(evidence["now"]))
    profiles = [view.profile(one) for one in _cases(board_at_seen, evidence, decision, case)]
    asked = evidence.get("asked")
    some = None if asked is None else np.array(view.indices(asked), dtype=np.int64)
    queue = build_queue(profiles, view.state, mix=view.pricer.mix(view.state), specialists=some)
    chosen = view.roster.index_by_id.get(evidence.get("chosen") or "", WAITING)
    return explain(decision.case_id or "", queue, np.full(len(profiles), chosen, dtype=np.int64))


def _differences(board: Board, decision: Event, case: Case | None) -> Iterator[str]:
    evidence = _evidence(decision)
    if (board.seq, board.digest) != (evidence["seen"], evidence["digest"]):
        yield f"state: recorded after event {evidence['seen']} with digest {evidence['digest']}, now {board.seq} with {board.digest}"
    if evidence["mode"] == BY_HAND:
        yield from _by_hand(board, decision)
        return
    if "best" not in evidence:
        yield f"decision: deciding failed ({evidence.get('error')}), so that nothing is recorded that could be compared"
        return
    outcome = _again(board, decision, case)
    taker = outcome.specialist if outcome is not None else None
    if taker != decision.specialist_id:
        yield f"specialist: recorded {decision.specialist_id or 'nobody'}, now {taker or 'nobody'}"
    if outcome is None:
        return
    for name in _COMPARED:
        if not _alike(evidence.get(name), outcome.evidence[name]):
            yield f"{name}: recorded {evidence.get(name)}, now {outcome.evidence[name]}"
    recorded = decision.data.get("why")
    if recorded is not None and not _alike(recorded, outcome.why):
        yield f"why: recorded {recorded}, now {outcome.why}"


def _by_hand(board: Board, decision: Event) -> Iterator[str]:
    """What somebody decided is not worked out; the rules that it passed over are."""
    evidence = _evidence(decision)
    broken = fits(board, decision.case_id or "", decision.specialist_id or "", datetime.fromisoformat(evidence["now"]))
    rules = sorted(exclusion.rule.value for exclusion in broken)
    if rules != evidence["passed_over"]:
        yield f"passed_over: recorded {listed(evidence['passed_over'] or ['nothing'])}, now {listed(rules or ['nothing'])}"


def _again(board: Board, decision: Event, case: Case | None) -> Outcome | None:
    """The decision as it is made now; None where the whole queue was given out at once, and nobody takes the case now."""
    evidence = _evidence(decision)
    now = datetime.fromisoformat(evidence["now"])
    outcomes: Iterable[Outcome]
    if "batch" in evidence:
        from caserouter.service.board.solving import solve_waiting  # the solver's libraries take a second to load

        effort = evidence["batch"]
        outcomes = chain.from_iterable(solve_waiting(board, now, work_limit=effort["work_limit"], seed=effort["seed"]))
    else:
        cases = _cases(board, evidence, decision, case)
        outcomes = place_together(board, cases, now, mode=evidence["mode"], specialists=evidence.get("asked"))
    return next((outcome for outcome in outcomes if outcome.case_id == decision.case_id), None)


def _cases(board: Board, evidence: Mapping[str, Any], decision: Event, case: Case | None) -> list[Case]:
    """The cases that were decided on together, as the decision saw them."""
    found = []
    for case_id in evidence.get("together") or [decision.case_id]:
        known = board.cases.get(case_id)
        if known is not None:
            found.append(known.case)
        elif case is not None and case.id == case_id:
            found.append(case)
        else:
            raise NotFound(
                f"{case_id}: not on the board at event {board.seq}; give the case as it was created", ids=[str(case_id)]
            )
    return found


def _evidence(decision: Event) -> Mapping[str, Any]:
    if not decision.evidence or "seen" not in decision.evidence:
        raise NotFound(f"event {decision.seq}: carries no evidence; only decisions are made again", ids=[str(decision.seq)])
    return decision.evidence


def _alike(one: Any, other: Any) -> bool:
    """Equal, numbers up to the rounding of another processor."""
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    return bool(one == other)
