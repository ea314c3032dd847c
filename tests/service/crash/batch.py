"""A keeper that dies in the middle of a batch, in a process of its own.

    CASEROUTER_FAILPOINT=mid_batch:3 python -m tests.service.crash.batch DATABASE_URL

The service gives freed room out at once, so that a plan seldom finds much left to give. Here cases wait, room comes without a word to anybody,
and a plan is carried out. On PostgreSQL that goes on beside the running service, as with a second keeper; SQLite's file must be nobody else's.
"""

import sys
from contextlib import closing
from types import SimpleNamespace

from tests.service.crash.office import SPECIALISTS

from caserouter.service.actor import KEEPER
from caserouter.service.clock import ServiceClock
from caserouter.service.commands.presence import set_presence
from caserouter.service.engine import Engine
from caserouter.service.keeper.optimising import Optimising
from caserouter.service.keeper.planning import plan
from caserouter.service.new_case import NewCase
from caserouter.service.reply import Reply
from caserouter.store.database import Database
from caserouter.store.events import EventKind

WAITING = 20
TAKERS = SPECIALISTS[:6]
ATTEMPTS = 10


def carry_out_plans(url):
    """Let cases wait, make room, plan, and carry out; again if somebody else was faster. How many cases were given out."""
    with closing(Database.open(url, pool_size=2)) as database:
        engine = Engine(database, ServiceClock.from_environment())
        engine.start()
        optimising = Optimising(engine, SimpleNamespace(busy=True), 10.0)
        for _ in range(ATTEMPTS):
            _let_wait(engine)
            with engine.board() as board:
                planned = plan(board, engine.clock.now(), work_limit=None, seed=0)
            optimising.carry_out(planned)
        return optimising.num_given


def _let_wait(engine):
    """Cases wait while nobody has room; then there is room, and nobody hears of it."""
    with engine.unit(KEEPER) as unit:
        for name in SPECIALISTS:
            _resize(unit, name, 0)
    for number in range(WAITING):
        fields = {"source": "batch", "language": "en", "priority": 1 + number % 5}
        engine.create(KEEPER, NewCase(fields, None, {}, (), None), lambda created: Reply(201, created.case.id.encode()))
    with engine.unit(KEEPER) as unit:
        for name in TAKERS:
            _resize(unit, name, unit.board.people[name].units + WAITING)


def _resize(unit, name, capacity):
    """Set a capacity, and give nothing out."""
    if unit.board.people[name].presence != "online" and capacity:
        set_presence(unit, name, "online")
    if unit.board.people[name].capacity != capacity:
        unit.record(EventKind.CAPACITY_SET, specialist_id=name, data={"capacity": capacity})


if __name__ == "__main__":
    sys.stdout.write(f"{carry_out_plans(sys.argv[1])} cases were given out\n")
