"""Errors of the database, in the product's own words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from caserouter.domain.errors import Conflict, StoreError

REFUSED = "CR001"
"""SQLSTATE with which the triggers on assignments refuse one."""

_BUSY = frozenset({"55P03", "57014", "40P01", "40001", "25P03", "53300", "53400"})
"""Lock or statement time-out, deadlock, serialisation, idle in transaction, too many connections, a limit of the configuration."""

_STARTING_OR_GONE = ("08", "57P")
"""Classes of SQLSTATE for a connection that was lost, and for a server that stops, starts or recovers."""


@contextmanager
def translated() -> Iterator[None]:
    """Raise what the database raises as `Conflict` or `StoreError`.

    Raises
    ------
    Conflict
        If a trigger refused an assignment, or a row is there already.
    StoreError
        For all else; ``retryable`` if the database was busy or the connection was lost.
    """
    try:
        yield
    except sa.exc.TimeoutError as error:
        raise StoreError(f"the database is busy: every connection is in use ({error}); try again", retryable=True) from error
    except sa.exc.DBAPIError as error:
        raise in_our_words(error.orig, lost=error.connection_invalidated) from error


def in_our_words(error: Any, *, lost: bool = False) -> Conflict | StoreError:
    """What to raise for an error of the database's driver."""
    state = getattr(error, "sqlstate", None) or ""
    text = " ".join(str(error).split())
    if state == REFUSED or "refused:" in text:
        return Conflict(text.partition("CONTEXT:")[0].removeprefix("refused: ").strip())
    if state == "23505" or "UNIQUE constraint failed" in text:
        return Conflict(f"it is there already: {text}")
    if state in _BUSY or "database is locked" in text:
        return StoreError(f"the database is busy: {text}; try again", retryable=True)
    if (
        lost
        or state.startswith(_STARTING_OR_GONE)
        or (not state and type(error).__name__ == "OperationalError" and _is_postgresql(error))
    ):
        return StoreError(f"the connection to the database was lost: {text}; try again", retryable=True)
    return StoreError(f"the database refused: {text}")


def _is_postgresql(error: object) -> bool:
    return type(error).__module__.startswith("psycopg")
