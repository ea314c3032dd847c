"""Waiting cases of one kind, in order."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from itertools import islice
from typing import Any

from caserouter.routing.profile import CaseProfile, Kind

Entry = tuple[Any, ...]
"""A sort key that ends with the case's id, so that no two are equal."""

_TIDY = 32
"""A queue is moved up once so many have left it, and those who left are more than those who wait."""


class KindQueue:
    """Waiting cases of one kind, in order; the first leaves and the last joins in constant time.

    Parameters
    ----------
    kind
        What they have in common.
    """

    __slots__ = ("_entries", "_first", "kind")

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self._entries: list[Entry] = []
        self._first = 0

    def __len__(self) -> int:
        return len(self._entries) - self._first

    def __iter__(self) -> Iterator[Entry]:
        return islice(self._entries, self._first, None)

    def __getitem__(self, at: int) -> Entry:
        return self._entries[self._first + at]

    @property
    def head(self) -> Entry:
        """The first in order."""
        return self._entries[self._first]

    def add(self, entry: Entry) -> None:
        """Let a case join in its place."""
        if not self._entries or self._entries[-1] < entry:
            self._entries.append(entry)
        else:
            insort(self._entries, entry, self._first)

    def remove(self, entry: Entry) -> None:
        """Let a case leave."""
        entries, first = self._entries, self._first
        if entries[first] != entry:
            del entries[bisect_left(entries, entry, first)]
            return
        self._first += 1
        if self._first > _TIDY and 2 * self._first > len(entries):
            del entries[: self._first]
            self._first = 0

    def after(self, entry: Entry) -> Entry | None:
        """The next case in order after `entry`, whether that still waits or not."""
        at = bisect_right(self._entries, entry, self._first)
        return self._entries[at] if at < len(self._entries) else None


Place = tuple[Entry, KindQueue, CaseProfile]
"""Where a case waits: its entry, in which queue, and what it is."""
