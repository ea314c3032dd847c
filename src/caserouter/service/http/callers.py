"""Who calls: the key that a request shows, what it may be used for, and how often."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from time import monotonic

from caserouter.service.tokens import Scope

MAX_REMEMBERED = 10_000
"""Keys remembered at most."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A key that is valid, as far as the database said when it was last asked.

    Parameters
    ----------
    id, name
        Of the key.
    scopes
        What it may be used for.
    rate_per_minute
        Requests that it may make in a minute; None for no limit.
    ends
        When it stops to work; None for never.
    """

    id: str
    name: str
    scopes: frozenset[Scope]
    rate_per_minute: int | None
    ends: datetime | None


class KnownCallers:
    """Remembers for a second what the database said of a key, so that not every request asks it.

    A key that is revoked through this process stops at once, through another one a second later at most.

    Parameters
    ----------
    find
        Asks the database for a key by the digest of its token; None if there is no such key.
    seconds
        How long an answer counts.
    """

    def __init__(self, find: Callable[[str], Caller | None], seconds: float = 1.0) -> None:
        self._find = find
        self._seconds = seconds
        self._known: dict[str, tuple[float, Caller]] = {}
        self._lock = Lock()

    def remembered(self, digest: str) -> Caller | None:
        """The caller if the database was asked a moment ago."""
        known = self._known.get(digest)
        return known[1] if known is not None and known[0] > monotonic() else None

    def look_up(self, digest: str) -> Caller | None:
        """Ask the database."""
        caller = self._find(digest)
        with self._lock:
            if caller is None:
                self._known.pop(digest, None)
            else:
                if len(self._known) >= MAX_REMEMBERED:
                    self._known.clear()
                self._known[digest] = (monotonic() + self._seconds, caller)
        return caller

    def forget(self) -> None:
        """Ask again about every key: one of them has changed."""
        with self._lock:
            self._known.clear()
