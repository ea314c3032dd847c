"""Commitments to customers: announced ahead, and recorded as missed once their time has passed."""

from caserouter.service.unit import Unit
from caserouter.store.columns import moment_text
from caserouter.store.due import DueItem
from caserouter.store.events import EventKind
from caserouter.store.lookups import commitment_to_be_kept
from caserouter.store.queries.rows import Row


def warn_of_commitment(unit: Unit, item: DueItem) -> None:
    """Announce a commitment that is due soon, once, unless it has been kept or missed."""
    row = _open(unit, item)
    if row is not None and not row["announced"] and row["due"] > unit.now:
        _record(unit, EventKind.COMMITMENT_DUE, item, row)


def miss_commitment(unit: Unit, item: DueItem) -> None:
    """Record a commitment that nobody kept."""
    row = _open(unit, item)
    if row is not None and row["due"] <= unit.now:
        _record(unit, EventKind.COMMITMENT_MISSED, item, row)


def _open(unit: Unit, item: DueItem) -> Row | None:
    """The commitment, if it is still to be kept, in a case that is not closed or cancelled."""
    if item.case_id not in unit.board.cases:
        return None
    return commitment_to_be_kept(unit.connection, item.ref)


def _record(unit: Unit, kind: EventKind, item: DueItem, row: Row) -> None:
    holder = unit.board.cases[item.case_id].holder
    unit.record(kind, case_id=item.case_id, specialist_id=holder, data={"commitment": item.ref, "due": moment_text(row["due"])})
