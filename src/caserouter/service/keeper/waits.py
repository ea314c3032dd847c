"""What a case waits for, and until when: follow-ups that are due."""

from caserouter.domain.lifecycle import WAITING
from caserouter.service.commands.waits import resume
from caserouter.service.unit import Unit
from caserouter.store.due import DueItem
from caserouter.store.lookups import case_columns


def follow_up(unit: Unit, item: DueItem) -> None:
    """Make a case ready again whose wait was to be looked at now, so that its holder asks."""
    open_case = unit.board.cases.get(item.case_id)
    if open_case is None or open_case.status not in WAITING:
        return
    row = case_columns(unit.connection, item.case_id, "follow_up")
    if row is not None and row["follow_up"] is not None and row["follow_up"] <= unit.now:
        resume(unit, item.case_id)
