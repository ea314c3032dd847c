"""Where a specialist says to be."""

from typing import Final, Literal

Presence = Literal["online", "busy", "away", "offline"]

ONLINE: Final = "online"
"""The presence that takes cases; busy, away and offline do not."""

ABSENT: Final = frozenset({"away", "offline"})
"""Presences that are absences; somebody busy is there."""
