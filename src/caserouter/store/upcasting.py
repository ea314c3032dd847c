"""Bodies that an older release wrote, read as today's: one function for each step from a version of a schema to the next."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from caserouter.domain.errors import StoreError

Body = dict[str, Any]
Steps = Mapping[int, Callable[[Body], Body]]

CASE_STEPS: Steps = MappingProxyType({})
"""By the version that it starts from; there is one version of a case so far."""

SPECIALIST_STEPS: Steps = MappingProxyType({})
"""The same for specialists."""


def upcast_case(body: Body, version: int, *, current: int = 1) -> Body:
    """A case's body of `version`, as today's release writes it.

    Raises
    ------
    StoreError
        If a newer release wrote it.
    """
    return _climb(body, version, current, CASE_STEPS)


def upcast_specialist(body: Body, version: int, *, current: int = 1) -> Body:
    """A specialist's body of `version`, as today's release writes it.

    Raises
    ------
    StoreError
        If a newer release wrote it.
    """
    return _climb(body, version, current, SPECIALIST_STEPS)


def _climb(body: Body, version: int, current: int, steps: Steps) -> Body:
    if version > current:
        raise StoreError(f"a body of version {version}: this release knows them up to {current}; use the newer one that wrote it")
    for step in range(version, current):
        body = steps[step](body)
    return body
