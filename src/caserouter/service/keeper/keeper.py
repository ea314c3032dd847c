"""The keeper's loop: every duty in its rhythm, until it is told to stop."""

import logging
import threading

from caserouter.service.actor import KEEPER
from caserouter.service.commands.price_inputs import publish_price_inputs
from caserouter.service.engine import Engine
from caserouter.service.keeper.checkpoints import Checkpoints
from caserouter.service.keeper.companion import Companion
from caserouter.service.keeper.due_items import work_off
from caserouter.service.keeper.election import Alone, Election
from caserouter.service.keeper.following import Following
from caserouter.service.keeper.housekeeping import beat, forget_expired
from caserouter.service.keeper.messages import Packed, Plan
from caserouter.service.keeper.optimising import Optimising
from caserouter.service.keeper.timetable import Duty, Timetable
from caserouter.service.keeper.watch import Watch
from caserouter.service.settings import ServiceSettings
from caserouter.store.advisory_lock import AdvisoryLock

_logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.25
"""How often the keeper looks for what has come due."""
WATCH_SECONDS = 1.0
"""How often it looks for what time has changed."""
LISTEN_SECONDS = 0.05
"""How often it looks whether its companion has answered."""
BEAT_SECONDS = 5.0
"""How often it leaves a sign of life."""
CHECKPOINT_SECONDS = 10.0
"""How often it looks whether a checkpoint is due."""
EXPIRY_SECONDS = 60.0
"""How often it forgets answers that have expired."""
IDLE_SECONDS = 1.0
"""How often a keeper that is not elected looks whether it is."""


class Keeper:
    """Does what only the clock brings about.

    Parameters
    ----------
    engine
        An engine that has started.
    settings
        How the deployment runs.
    election
        Whether this keeper is to keep; on PostgreSQL whoever holds the advisory lock does, if None.
    """

    def __init__(self, engine: Engine, settings: ServiceSettings, *, election: Election | None = None) -> None:
        self._engine = engine
        self._election = election or _election_for(engine)
        self._companion = Companion()
        self._following = Following(engine.database, self._companion, solve_seconds=settings.reoptimise_budget_seconds)
        self.optimising = Optimising(engine, self._following, settings.reoptimise_budget_seconds)
        self._checkpoints = Checkpoints(engine, self._following, settings.checkpoint_events)
        self._watch = Watch(engine)
        self.timetable = Timetable(self._duties(settings))

    def run(self, stop: threading.Event) -> None:
        """Keep until `stop` is set; then let the companion and the lock go."""
        try:
            while not stop.is_set():
                stop.wait(self.take_turns())
        finally:
            self.close()

    def take_turns(self) -> float:
        """Do every duty that is due; returns the seconds until there may be something to do again."""
        if not self._election.won():
            return IDLE_SECONDS
        return self.timetable.take_turns()

    def close(self) -> None:
        """Let the companion and the lock go."""
        self._following.close()
        self._election.close()

    def _duties(self, settings: ServiceSettings) -> list[Duty]:
        duties = [
            Duty("due", LOOK_SECONDS, lambda: work_off(self._engine)),
            Duty("watch", WATCH_SECONDS, self._watch.look),
            Duty("companion", LISTEN_SECONDS, self._hear),
            Duty("checkpoint", CHECKPOINT_SECONDS, self._checkpoints.begin),
            Duty("price_inputs", settings.price_inputs_seconds, self._publish),
            Duty("expiry", EXPIRY_SECONDS, lambda: forget_expired(self._engine)),
            Duty("beat", BEAT_SECONDS, self._beat),
        ]
        if settings.reoptimise_seconds > 0:
            duties.append(Duty("optimise", settings.reoptimise_seconds, self.optimising.begin))
        return duties

    def _hear(self) -> bool:
        match self._following.advance():
            case Plan() as plan:
                self.optimising.carry_out(plan)
            case Packed() as packed:
                self._checkpoints.save(packed)
        return False

    def _publish(self) -> bool:
        with self._engine.unit(KEEPER) as unit:
            publish_price_inputs(unit)
        return False

    def _beat(self) -> bool:
        figures = {
            "given": self.optimising.num_given,
            "stale": self.optimising.num_stale,
            "companions": self._companion.num_started,
            "failing": [duty.name for duty in self.timetable.duties if duty.num_failures],
        }
        beat(self._engine, last_optimised=self.optimising.last, figures=figures)
        return False


def _election_for(engine: Engine) -> Election:
    if engine.database.dialect == "sqlite":
        return Alone()
    return AdvisoryLock(engine.database.url)
