"""The cache of derived arrays: found again, replaced, and dropped oldest first."""

import numpy as np

from caserouter.routing.cache import ArrayCache

PAGE = np.zeros(1_000, dtype=np.float64)
"""8,000 bytes, 9,000 with what a key costs."""


def test_what_is_put_is_found_and_anything_else_is_none():
    cache = ArrayCache(100_000)
    cache.put("a", PAGE)
    assert cache.get("a") is PAGE
    assert cache.get("b") is None


def test_the_oldest_quarter_makes_room_once_all_are_too_large():
    cache = ArrayCache(30_000)
    for key in range(5):
        cache.put(key, PAGE)
    # Four pages are 36,000 bytes, so the fifth pushes out a quarter of four, and one.
    assert [cache.get(key) is not None for key in range(5)] == [False, False, True, True, True]


def test_a_value_that_is_replaced_counts_once():
    cache = ArrayCache(30_000)
    for _ in range(20):
        cache.put("a", PAGE)
    cache.put("b", PAGE)
    assert cache.get("a") is not None
