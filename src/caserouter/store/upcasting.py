"""Bodies that an older release wrote, read as today's: one function for each step from a version of a schema to the next."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from caserouter.domain.errors import StoreError

Body = dict[str, Any]
Steps = Mapping[int, Callable[[Body], Body]]

CASE_STEPS: Steps = MappingProxyType({})
"""By the version that it starts from, 1 being the first; there is one version of a case so far."""

SPECIALIST_STEPS: Steps = MappingProxyType({})
"""The same for specialists."""

CASE_SCHEMA = len(CASE_STEPS) + 1
"""The version of a case that this release writes."""

SPECIALIST_SCHEMA = len(SPECIALIST_STEPS) + 1
"""The version of a specialist that this release writes."""


def upcast_case(body: Body, version: int) -> Body:
    """A case's body of `version`, as today's release writes it.

    Raises
    ------
    StoreError
        If a newer release wrote it.
    """
    return _climb(body, version, CASE_STEPS)


def upcast_specialist(body: Body, version: int) -> Body:
    """A specialist's body of `version`, as today's release writes it.

    Raises
    ------
    StoreError
        If a newer release wrote it.
    """
    return _climb(body, version, SPECIALIST_STEPS)


def _climb(body: Body, version: int, steps: Steps) -> Body:
    current = len(steps) + 1
    if version > current:
        raise StoreError(f"a body of version {version}: this release knows them up to {current}; use the newer one that wrote it")
    for step in range(version, current):
        body = steps[step](body)
    return body
