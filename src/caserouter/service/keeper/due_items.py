"""What has come due: each item is taken, looked at as things stand now, and done with in one exclusive unit."""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType

from caserouter.domain.errors import StoreError
from caserouter.service.actor import KEEPER
from caserouter.service.commands.closing import close
from caserouter.service.commands.holding import expire_offer
from caserouter.service.commands.lapses import announce_lapse, let_lapse
from caserouter.service.commands.presence import begin_absence, end_absence
from caserouter.service.engine import Engine
from caserouter.service.keeper.commitments import miss_commitment, warn_of_commitment
from caserouter.service.keeper.pulling import pull_on
from caserouter.service.keeper.targets import miss_target, warn_of_target
from caserouter.service.keeper.waits import follow_up
from caserouter.service.unit import Unit
from caserouter.store import due
from caserouter.store.due import DueItem, DueKind

_logger = logging.getLogger(__name__)

PER_UNIT = 5
"""Items done with in one exclusive unit, so that requests never wait for long."""
PUT_OFF = timedelta(minutes=1)
"""For how long an item is put off that could not be done with."""

Handler = Callable[[Unit, DueItem], object]

HANDLERS: Mapping[DueKind, Handler] = MappingProxyType(
    {
        DueKind.OFFER_EXPIRES: lambda unit, item: expire_offer(unit, item.case_id),
        DueKind.TARGET_WARNS: warn_of_target,
        DueKind.TARGET_DUE: miss_target,
        DueKind.COMMITMENT_WARNS: warn_of_commitment,
        DueKind.COMMITMENT_DUE: miss_commitment,
        DueKind.CLOSE_AFTER: lambda unit, item: close(unit, item.case_id),
        DueKind.FOLLOW_UP: follow_up,
        DueKind.PRESENCE_RETURNS: lambda unit, item: end_absence(unit, item.specialist_id),
        DueKind.CREDENTIAL_LAPSING: lambda unit, item: announce_lapse(unit, item.specialist_id, item.ref),
        DueKind.CREDENTIAL_LAPSES: lambda unit, item: let_lapse(unit, item.specialist_id, item.ref),
        DueKind.INTAKE_OPENS: lambda unit, item: unit.pull([item.specialist_id]),
        DueKind.ABSENCES: lambda unit, item: begin_absence(unit, item.specialist_id, item.ref),
        DueKind.PULL: pull_on,
    }
)
"""What is done about each kind of item. Each looks first whether there is still something to do."""


def work_off(engine: Engine) -> bool:
    """Do the next few items that are due.

    Returns
    -------
    bool
        Whether there may be more.
    """
    with engine.read() as connection:
        first = due.next_due(connection)
    if first is None or first > engine.clock.now():
        return False
    try:
        return _work_off(engine, PER_UNIT) > 0
    except StoreError:
        raise
    except Exception:  # one item that fails keeps no other from its turn
        _logger.exception("what is due could not be done together, and is done one by one")
    _work_off_one(engine)
    return True


def _work_off(engine: Engine, limit: int) -> int:
    with engine.unit(KEEPER) as unit:
        items = due.take(unit.connection, unit.now, limit)
        for item in items:
            HANDLERS[item.kind](unit, item)
    return len(items)


def _work_off_one(engine: Engine) -> None:
    """Do the first item alone; if that fails, put it off, so that the others have their turn."""
    try:
        _work_off(engine, 1)
    except StoreError:
        raise
    except Exception:  # as above
        with engine.unit(KEEPER) as unit:
            items = due.take(unit.connection, unit.now, 1)
            due.add(unit.connection, [item._replace(at=unit.now + PUT_OFF) for item in items])
        kinds = ", ".join(item.kind for item in items)
        _logger.exception("what is due could not be done and is put off", extra={"kind": kinds})
