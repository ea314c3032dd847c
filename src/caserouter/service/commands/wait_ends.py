"""The end of a wait, and the clock of the resolution that may have stood still meanwhile."""

from collections.abc import Mapping
from typing import Any

from caserouter.domain.lifecycle import WAITING, CaseStatus
from caserouter.service.board import OpenCase
from caserouter.service.due_times import resolution_data
from caserouter.service.targets import due_after_wait
from caserouter.service.unit import Unit
from caserouter.store.events import EventKind


def end_wait(unit: Unit, open_case: OpenCase, dated: Mapping[str, Any] | None = None) -> None:
    """Record that a case no longer waits, its resolution due later by the pause; nothing if it does not wait.

    Parameters
    ----------
    unit
        The unit of work.
    open_case
        A case.
    dated
        When that happened, as `Turn.dated`.
    """
    if open_case.status not in WAITING:
        return
    data: dict[str, Any] = {**(dated or {}), "units": open_case.weight}
    document, case = unit.board.document, open_case.case
    if open_case.status is CaseStatus.WAITING_CUSTOMER and case.resolution_due is not None:
        moved = due_after_wait(document, case, case.resolution_due, open_case.since, unit.now)
        # Stated even if the policy no longer pauses: what came due ended with the pause.
        data |= resolution_data(document, case, moved)
    unit.record(EventKind.WAIT_ENDED, case_id=open_case.id, data=data)
