"""The create's commit on PostgreSQL, in one statement: counter, case, events, assignment, answer, all or nothing.

The statement takes `meta` first and commits only what was decided in the light of every change that matters; see `create_at_once`.
"""

from dataclasses import dataclass, field
from datetime import datetime

from caserouter.store.database import Database
from caserouter.store.events import Event
from caserouter.store.idempotency import Answer, Scope


@dataclass(frozen=True, slots=True)
class Creation:
    """A case to be created, with the decision on it.

    Parameters
    ----------
    events
        The creation, then the decision, then what else happens at once (commitments): numbered 1, 2, 3 … here; the database gives
        them the numbers that follow its last.
    seen
        Number of the last event that the decision saw.
    now, valid_until
        When it was made, and until when it holds: the end of a shift or the lapse of a credential may come before the commit.
    changes_rules
        Whether it uses up a limit of intake, so that decisions that have not seen it are made again.
    personal
        What may be erased, by the place of its event in `events` (0 is the creation) and by field.
    answer
        What to keep for a repetition of the request.
    """

    events: tuple[Event, ...]
    seen: int
    now: datetime
    valid_until: datetime
    changes_rules: bool = False
    personal: dict[int, dict[str, str]] = field(default_factory=dict)
    answer: tuple[Scope, Answer] | None = None


@dataclass(frozen=True, slots=True)
class Created:
    """It is committed; `events` have their numbers."""

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Stale:
    """Nothing was written: something that matters happened since; catch up and decide again."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """Nothing was written: the request was answered already (`of` is ``idempotency``), or the case exists (``external_id``)."""

    of: str


def create_at_once(database: Database, creation: Creation) -> Created | Stale | Repeated:
    """Commit a creation in one statement (PostgreSQL)."""
    raise NotImplementedError
