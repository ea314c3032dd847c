"""Tokens: what a client shows to prove that it holds an API key. The database has their digests, never themselves.

A token is ``cr_<prefix>_<secret>``. The prefix says which key it is, in lists and logs; the secret is 256 random bits, so that a plain SHA-256 is
as good as a slow hash: there is nothing to guess.
"""

import hashlib
import secrets
from enum import StrEnum
from typing import NamedTuple

_MARK = "cr"
_PREFIX_BYTES = 5
_SECRET_BYTES = 32


class Scope(StrEnum):
    """What a key may be used for; none contains another one."""

    ROUTE = "route"
    """Create cases and report what happens to them."""
    READ = "read"
    """Read cases, specialists, accounts and the queue."""
    MANAGE = "manage"
    """Change the roster, accounts, policies and keys; read the audit log and decisions in full."""
    SUPERVISE = "supervise"
    """Reassign cases by hand."""


class Token(NamedTuple):
    """A new token.

    Parameters
    ----------
    text
        What the client shows. It is told once and kept nowhere.
    prefix
        The part that may be shown again.
    digest
        What is stored.
    """

    text: str
    prefix: str
    digest: str


def make_token() -> Token:
    """A new token, from the system's random numbers."""
    prefix = secrets.token_hex(_PREFIX_BYTES)
    text = f"{_MARK}_{prefix}_{secrets.token_hex(_SECRET_BYTES)}"
    return Token(text, prefix, token_digest(text))


def token_digest(text: str) -> str:
    """What the database stores of a token."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
