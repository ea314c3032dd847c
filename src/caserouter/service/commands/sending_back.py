"""Cases that go back to the queue all at once, as their holder may not go on with them or is gone; others pull them at once."""

from collections.abc import Iterable, Sequence

from caserouter.domain.lifecycle import CaseStatus
from caserouter.service.board import OpenCase
from caserouter.service.commands.giving import release
from caserouter.service.decisions import decide
from caserouter.service.unit import Unit


def send_back(unit: Unit, cases: Iterable[OpenCase], reason: str) -> list[str]:
    """Put held cases back into the queue, from which others pull them at once; their ids."""
    ids = release_all(unit, cases, reason)
    offer_around(unit, ids)
    return ids


def release_all(unit: Unit, cases: Iterable[OpenCase], reason: str) -> list[str]:
    """Take held cases out of their holders' books, for a reason as in `giving.release`; their ids. Nobody pulls yet."""
    ids = [one.id for one in cases]
    for case_id in ids:
        release(unit, case_id, reason=reason)
    return ids


def offer_around(unit: Unit, case_ids: Sequence[str]) -> None:
    """Let everybody pull after these cases went back to the queue, and record of those that still wait why they do."""
    if case_ids:
        unit.pull()
        _say_why(unit, case_ids)


def _say_why(unit: Unit, case_ids: Sequence[str]) -> None:
    """Record why cases wait; one that somebody could take is left to the keeper, who goes on with the pull."""
    for case_id in case_ids:
        open_case = unit.board.cases[case_id]
        if open_case.status is CaseStatus.QUEUED:
            outcome = decide(unit.board, open_case.case, unit.now, mode="pull")
            if outcome.specialist is None:
                unit.queue(outcome, "pull")
