"""Requests that a key may make in a minute, for keys that have a limit of their own; the others have none.

Each worker counts what it has answered itself, over a moving window: a key is never refused below its limit, and behind several workers it may get
up to as many times the limit as there are workers.
"""

from math import ceil
from time import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from caserouter.service.http.callers import Caller
from caserouter.service.http.errors import TooManyRequests


class RateLimits:
    """Counts requests of keys with a limit."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def count(self, caller: Caller) -> None:
        """Count one request.

        Raises
        ------
        TooManyRequests
            If the key has used up its limit; the error says when the next request is let through.
        """
        if caller.rate_per_minute is None:
            return
        item = RateLimitItemPerMinute(caller.rate_per_minute)
        if self._limiter.hit(item, caller.id):
            return
        wait = max(1, ceil(self._limiter.get_window_stats(item, caller.id).reset_time - time()))
        raise TooManyRequests(
            f"more than {caller.rate_per_minute} requests a minute, the limit of key {caller.id}; repeat in {wait} s",
            ids=[caller.id],
            retry_after=wait,
        )
