"""A cache of derived arrays that knows how large it is."""

from collections.abc import Hashable
from itertools import islice
from typing import Any, Protocol

_OVERHEAD = 1_000
"""Bytes of a key, a Python object and its slot, roughly."""


class Sized(Protocol):
    """What can be kept: an array, or an object of several arrays that says how large they are together."""

    @property
    def nbytes(self) -> int:
        """Size in bytes."""


class ArrayCache:
    """Keeps derived arrays by key and drops the oldest quarter of them once they are too large together.

    Parameters
    ----------
    limit
        Bytes that the values may take.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._values: dict[Hashable, Any] = {}

    def get(self, key: Hashable) -> Any:
        """The value under `key`, or None."""
        return self._values.get(key)

    def put(self, key: Hashable, value: Sized) -> None:
        """Keep `value`, in place of what was under `key`."""
        self._drop(key)
        if self._size > self._limit:
            for oldest in list(islice(self._values, len(self._values) // 4 + 1)):
                self._drop(oldest)
        self._values[key] = value
        self._size += value.nbytes + _OVERHEAD

    def _drop(self, key: Hashable) -> None:
        value = self._values.pop(key, None)
        if value is not None:
            self._size -= value.nbytes + _OVERHEAD
