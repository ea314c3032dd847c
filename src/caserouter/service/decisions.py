"""Deciding, so that trouble of ours never becomes trouble of whoever asks: a decision that fails leaves the case waiting."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from caserouter.domain.case import Case
from caserouter.service.board import Board, Outcome
from caserouter.service.board.deciding import place
from caserouter.service.board.evidence import stamp

FAILED = "routing_failed"
"""Code of a case that waits because deciding on it failed; the keeper tries again."""

_logger = logging.getLogger(__name__)


def decide(board: Board, case: Case, now: datetime, *, mode: str, specialists: Sequence[str] | None = None) -> Outcome:
    """Who takes `case`, among `specialists` (ids) if given; whatever goes wrong, the answer is at worst that it waits."""
    try:
        return place(board, case, now, mode=mode, specialists=specialists)
    except Exception as error:
        _logger.exception("deciding on a case failed; it waits", extra={"case_id": case.id})
        return undecided(board, case, now, mode=mode, error=error)


def undecided(board: Board, case: Case, now: datetime, *, mode: str, error: Exception) -> Outcome:
    """The case waits, since deciding on it failed."""
    return Outcome(
        case_id=case.id,
        specialist=None,
        status="ready",
        offer_until=None,
        units=case.weight,
        cost=None,
        evidence={**stamp(board, now, mode), "error": type(error).__name__},
        why={
            "code": FAILED,
            "sentence": "routing it failed; it waits, and is routed again within a minute",
            "conflicts": [],
            "eligible_from": None,
            "by": None,
            "full": 0,
        },
        valid_until=now + timedelta(days=1),
        intake_limited=False,
        ties=True,
    )
