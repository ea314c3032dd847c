"""Ids of cases: sorted by the moment of creation, and impossible to guess from one another."""

import secrets
from datetime import datetime

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without I, L, O and U, which are misread or make words."""
_LENGTH = 16
_RANDOM_BITS = 36


def new_case_id(now: datetime) -> str:
    """An id such as ``C-375DZP4G0AHYZKPK``: 44 bits of milliseconds since 1970, then 36 random ones."""
    milliseconds = int(now.timestamp() * 1000)
    return "C-" + _text(milliseconds << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS))


def new_id(prefix: str) -> str:
    """An id of something else, such as ``M-`` and 16 characters for a commitment: 80 random bits."""
    return prefix + _text(secrets.randbits(5 * _LENGTH))


def _text(number: int) -> str:
    """80 bits as 16 characters."""
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
