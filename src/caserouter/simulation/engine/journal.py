"""The journal: every event of a replication in words, for those who want to follow a case step by step."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One event.

    Parameters
    ----------
    hour
        When, in hours since the scenario's start.
    case
        Id of the case.
    event
        What happened.
    specialist
        Number of the specialist concerned, -1 for none.
    """

    hour: float
    case: str
    event: str
    specialist: int = -1


class Journal:
    """Keeps entries, or lets them go.

    Parameters
    ----------
    entries
        List that entries are appended to; None keeps nothing.
    """

    __slots__ = ("entries",)

    def __init__(self, entries: list[Entry] | None = None) -> None:
        self.entries = entries

    def note(self, hour: float, case: str, event: str, specialist: int = -1) -> None:
        """Write an event down."""
        if self.entries is not None:
            self.entries.append(Entry(hour, case, event, specialist))
