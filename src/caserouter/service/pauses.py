"""Pauses that grow, between attempts at what keeps failing."""

_MOST_DOUBLINGS = 60
"""A thousand would be no number any more."""


def growing_pause(num_failures: int, *, first: float, longest: float) -> float:
    """Seconds until the next attempt: none without a failure, `first` after one, twice as long after each further one, `longest` at most."""
    return min(first * 2.0 ** min(num_failures - 1, _MOST_DOUBLINGS), longest) if num_failures else 0.0
