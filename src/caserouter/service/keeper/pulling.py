"""Pulls that time brings about: what a request left over, and what nobody's request could know."""

from datetime import timedelta

from caserouter.service.unit import Unit
from caserouter.store import due
from caserouter.store.due import DueItem

PUT_OFF = timedelta(seconds=30)
"""For how long a pull is put off that gave out nothing and yet is not done."""


def pull_on(unit: Unit, item: DueItem) -> None:
    """Go on with a pull that was cut short; one that fails, and so leaves itself over, is put off."""
    if not unit.pull([item.specialist_id] if item.specialist_id else None):
        due.put_off(unit.connection, item._replace(at=unit.now + PUT_OFF))
