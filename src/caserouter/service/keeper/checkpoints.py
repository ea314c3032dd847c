"""Checkpoints: the board as bytes now and then, so that a start folds thousands of events and not millions."""

from caserouter.service.engine import Engine
from caserouter.service.keeper.following import Following
from caserouter.service.keeper.messages import Pack, Packed
from caserouter.store.checkpoints import newest_checkpoint_seq, save_checkpoint
from caserouter.store.reading import head


class Checkpoints:
    """Has a checkpoint made when enough has happened since the last.

    Parameters
    ----------
    engine
        The engine of this process.
    following
        Whom to ask: packing takes a while, so it is done beside.
    num_events
        Events between two checkpoints.
    """

    def __init__(self, engine: Engine, following: Following, num_events: int) -> None:
        self._engine = engine
        self._following = following
        self._num_events = num_events

    def begin(self) -> bool:
        """Ask for a checkpoint if it is time for one and nothing else is being made."""
        if not self._following.busy and self._is_time():
            self._following.want(Pack())
        return False

    def save(self, packed: Packed) -> None:
        """Keep a checkpoint; one of the same event is kept once."""
        with self._engine.database.writing() as connection:
            save_checkpoint(connection, packed.seq, packed.body, self._engine.clock.now())

    def _is_time(self) -> bool:
        with self._engine.read() as connection:
            return head(connection) - newest_checkpoint_seq(connection) >= self._num_events
