"""What a case waits for, and until when: follow-ups that are due."""

import sqlalchemy as sa

from caserouter.domain.lifecycle import WAITING
from caserouter.service.commands.waits import resume
from caserouter.service.unit import Unit
from caserouter.store.due import DueItem
from caserouter.store.tables import cases


def follow_up(unit: Unit, item: DueItem) -> None:
    """Make a case ready again whose wait was to be looked at now, so that its holder asks."""
    open_case = unit.board.cases.get(item.case_id)
    if open_case is None or open_case.status not in WAITING:
        return
    at = unit.connection.execute(sa.select(cases.c.follow_up).where(cases.c.id == item.case_id)).scalar()
    if at is not None and at <= unit.now:
        resume(unit, item.case_id)
