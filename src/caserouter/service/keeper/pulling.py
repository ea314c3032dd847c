"""Pulls that time brings about: what a request left over, and what nobody's request could know."""

from datetime import timedelta

from caserouter.service.unit import Unit
from caserouter.store import due
from caserouter.store.due import DueItem, DueKind

PUT_OFF = timedelta(seconds=30)
"""For how long a pull is put off that gave out nothing and yet is not done."""


def pull_on(unit: Unit, item: DueItem) -> None:
    """Go on with a pull that was cut short; one that fails, and so leaves itself over, is put off."""
    if unit.pull([item.specialist_id] if item.specialist_id else None):
        return
    left = due.items_of(unit.connection, specialist_id=item.specialist_id)
    again = [one for one in left if one.kind is DueKind.PULL and one.specialist_id == item.specialist_id]
    due.add(unit.connection, [one._replace(at=unit.now + PUT_OFF) for one in again])
