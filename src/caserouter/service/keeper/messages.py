"""What the keeper and its companion say to each other: plain data, one request and one answer at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from caserouter.store.events import Event


@dataclass(frozen=True, slots=True)
class Restore:
    """Begin from a checkpoint, or from nothing if `body` is None. Answered by `Standing`."""

    body: bytes | None


@dataclass(frozen=True, slots=True)
class Follow:
    """Fold these events, in order. Answered by `Standing`."""

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Solve:
    """Give the whole queue out as one problem, as of `now`. Answered by `Plan`.

    Parameters
    ----------
    now
        The moment of the decision.
    work_limit
        Largest deterministic effort; that of the policy if None, or if that is less.
    seed
        Seed of the search.
    """

    now: datetime
    work_limit: float | None
    seed: int


@dataclass(frozen=True, slots=True)
class Pack:
    """Make a checkpoint. Answered by `Packed`."""


Request = Restore | Follow | Solve | Pack


@dataclass(frozen=True, slots=True)
class Ready:
    """The companion has started: said once, before the first request."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The companion's board has folded the events up to `seq`."""

    seq: int


@dataclass(frozen=True, slots=True)
class Move:
    """One case that the plan gives to somebody.

    Parameters
    ----------
    case_id, specialist
        Who takes what.
    cost
        What the pair is expected to cost, in money.
    evidence
        What it was decided from.
    """

    case_id: str
    specialist: str
    cost: float | None
    evidence: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """Who should take what, as of event `seq`.

    Parameters
    ----------
    seq
        Last event that the plan has seen.
    groups
        The moves; those of one group are linked cases, which are given out together or not at all. Most urgent first.
    """

    seq: int
    groups: tuple[tuple[Move, ...], ...]


@dataclass(frozen=True, slots=True)
class Packed:
    """A checkpoint of the board as of event `seq`, ready to be saved."""

    seq: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Trouble:
    """The request could not be carried out; the companion's board is to be restored."""

    text: str


Answer = Ready | Standing | Plan | Packed | Trouble
