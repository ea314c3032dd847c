"""API keys: made, rotated and revoked. A token is told once, to whoever asked for the key; nothing keeps it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from unicodedata import category

from caserouter.domain.errors import Conflict, Finding, NotFound
from caserouter.files.problems import shown
from caserouter.service.findings import breach, refused
from caserouter.service.tokens import Scope, make_token
from caserouter.service.unit import Unit
from caserouter.store.columns import moment_text
from caserouter.store.events import EventKind
from caserouter.store.keys import StoredKey, insert_key, key_by_id, mark_replaced, mark_revoked

MAX_NAME = 100
"""Longest name of a key, in characters."""
MAX_RATE = 1_000_000
"""Highest limit of requests a minute."""
OVERLAP_HOURS, MAX_OVERLAP_HOURS = 24.0, 8_760.0
"""For how long a key that was replaced works still: where nothing is said, and at most, a year."""

_NO_TEXT = frozenset({"Cc", "Cs"})
"""Categories of control characters, and of bytes of the command line that are no text."""


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made.

    Parameters
    ----------
    key
        As the database has it.
    token
        What the client shows. It must go into no log, and into no answer that is kept for a repeated request.
    """

    key: StoredKey
    token: str


def scopes_named(names: Iterable[str]) -> tuple[Scope, ...]:
    """The scopes of these names, in their usual order.

    Raises
    ------
    InvalidInput
        If one is unknown, or there is none.
    """
    wanted = list(names)
    known = ", ".join(Scope)
    for name in wanted:
        if name not in set(Scope):
            raise refused([Finding(shown(name), "not a scope", f"use {known}")])
    if not wanted:
        raise refused([Finding("", "no scope: such a key would open nothing", f"name some of {known}")])
    return tuple(scope for scope in Scope if scope in wanted)


def create_key(
    unit: Unit,
    *,
    name: str,
    scopes: Collection[Scope],
    expires_at: datetime | None = None,
    rate_per_minute: int | None = None,
) -> NewKey:
    """Make a key.

    Parameters
    ----------
    unit
        The unit of work.
    name
        What it is for, 1 to `MAX_NAME` characters.
    scopes
        What it may be used for; at least one.
    expires_at
        From when on it does not work; None for never.
    rate_per_minute
        Requests that it may make in a minute, 1 to `MAX_RATE`; None for no limit.

    Raises
    ------
    InvalidInput
        If its name is empty, too long or no line of text, it has no scope, it would have lapsed already, or its limit is none.
    """
    if not 1 <= len(name.strip()) <= MAX_NAME:
        rule = f"has {len(name.strip())} characters"
        raise breach("name", shown(name), rule, f"write 1 to {MAX_NAME}, such as 'CRM, production'")
    if any(category(character) in _NO_TEXT for character in name):
        raise breach("name", shown(name), "is no line of text", "leave control characters out")
    if expires_at is not None and expires_at <= unit.now:
        raise breach("expires_at", expires_at.isoformat(), "that is over", "name a later time, or none")
    if rate_per_minute is not None and not 1 <= rate_per_minute <= MAX_RATE:
        raise breach("rate_per_minute", str(rate_per_minute), f"outside 1 to {MAX_RATE}", "choose one in between, or none")
    token = make_token()
    named = scopes_named(scopes)
    key = StoredKey(f"K-{token.prefix}", token.prefix, token.digest, named, name.strip(), rate_per_minute, unit.now, expires_at)
    insert_key(unit.connection, key)
    unit.record(EventKind.KEY_CREATED, data={"key": key.id, "scopes": [str(scope) for scope in named]})
    return NewKey(key, token.text)


def rotate_key(unit: Unit, key_id: str, *, overlap_hours: float) -> NewKey:
    """Make a key that is as good as another one, which works on for a while.

    Parameters
    ----------
    unit, key_id
        The unit of work, and the key that is replaced.
    overlap_hours
        Hours for which that one works still, 0 to `MAX_OVERLAP_HOURS`; no longer than it would have anyway.

    Raises
    ------
    NotFound
        If there is no such key.
    Conflict
        If it does not work any more, or was rotated already.
    InvalidInput
        If `overlap_hours` is no such number.
    """
    if not 0 <= overlap_hours <= MAX_OVERLAP_HOURS:
        raise breach("overlap_hours", str(overlap_hours), f"outside 0 to {MAX_OVERLAP_HOURS:.0f}", "choose one in between")
    old = _key(unit, key_id)
    if not old.works(unit.now):
        raise Conflict(f"{key_id} does not work any more; create a key instead", ids=[key_id])
    if old.replaced_by is not None:
        raise Conflict(f"{key_id} was rotated already; rotate {old.replaced_by}, which replaced it", ids=[key_id])
    made = create_key(
        unit, name=old.name, scopes=scopes_named(old.scopes), expires_at=old.expires_at, rate_per_minute=old.rate_per_minute
    )
    until = unit.now + timedelta(hours=overlap_hours)
    until = until if old.expires_at is None else min(until, old.expires_at)
    mark_replaced(unit.connection, key_id, made.key.id, until)
    unit.record(EventKind.KEY_REVOKED, data={"key": key_id, "after": moment_text(until)})
    return made


def revoke_key(unit: Unit, key_id: str) -> StoredKey:
    """Let a key work no longer; once is enough, a second time changes nothing.

    Raises
    ------
    NotFound
        If there is no such key.
    """
    old = _key(unit, key_id)
    if old.revoked_at is not None:
        return old
    mark_revoked(unit.connection, key_id, unit.now)
    unit.record(EventKind.KEY_REVOKED, data={"key": key_id, "after": moment_text(unit.now)})
    return old._replace(revoked_at=unit.now)


def _key(unit: Unit, key_id: str) -> StoredKey:
    found = key_by_id(unit.connection, key_id) if key_id.isascii() else None
    if found is None:
        raise NotFound(f"{shown(key_id)}: no such key; `GET /v1/keys` and `caserouter key list` show them", ids=[key_id])
    return found
