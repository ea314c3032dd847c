"""Errors of the database, in the product's own words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import sqlalchemy as sa

from caserouter.domain.errors import CaserouterError, Conflict, InvalidInput, StoreError

REFUSED = "CR001"
"""SQLSTATE with which the trigger on assignments refuses one."""

_REFUSED = "refused: "
_NO_SUCH_CHARACTER = frozenset({"22021", "22P05"})
_NUL = "NUL (0x00)"  # psycopg refuses it before the server is asked

_BUSY = frozenset({"55P03", "57014", "40P01", "40001", "25P03", "53300", "53400"})
"""Lock or statement time-out, deadlock, serialisation, idle in transaction, too many connections, a limit of the configuration."""

_REMEDIES = {
    "is not a database": "name another file",
    "is malformed": "restore a backup, and keep this file to find out why",
    "is full": "make room on its disk",
    "No space left": "make room on its disk",
    "unable to open": "check the path, and who may read and write there",
    "readonly database": "make the file and its folder writable",
}
"""What to do about what an operator can mend, by words of the driver's message."""

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


def in_our_words(error: Any, *, lost: bool = False) -> CaserouterError:
    """What to raise for an error of the database's driver; its message names no values, which may be personal."""
    state = getattr(error, "sqlstate", None) or ""
    text = _message(error)
    if text.startswith(_REFUSED):
        return Conflict(text.removeprefix(_REFUSED))
    if state == "23505" or text.startswith("UNIQUE constraint failed"):
        return Conflict(f"it is there already: {text}")
    if state in _NO_SUCH_CHARACTER or _NUL in text:
        return InvalidInput("a text holds a character that cannot be stored, such as NUL; leave it out")
    if state in _BUSY or "database is locked" in text:
        return StoreError(f"the database is busy: {text}; try again", retryable=True)
    if lost or state.startswith(_STARTING_OR_GONE) or (not state and isinstance(error, psycopg.OperationalError)):
        what = "connection to the database was lost" if lost else "database cannot be reached"
        return StoreError(f"the {what}: {text}; try again", retryable=True)
    remedy = next((f"; {remedy}" for words, remedy in _REMEDIES.items() if words in text), "")
    return StoreError(f"the database refused: {text}{remedy}")


def _message(error: Any) -> str:
    """The first part of the driver's message; the others may repeat the row that was refused."""
    diagnosis = getattr(error, "diag", None)
    return " ".join(str(getattr(diagnosis, "message_primary", None) or error).split())
