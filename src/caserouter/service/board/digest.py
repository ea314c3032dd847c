"""A digest of everything that has happened: two boards with the same one have folded the same events."""

import json
from datetime import UTC
from hashlib import sha256

from caserouter.store.events import Event

_encoder = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


def chained(digest: str, event: Event) -> str:
    """The digest after `event`, from the one before it: SHA-256 of both, in hexadecimal.

    Of the event it has everything that a decision may depend on, and who asked for it; nothing in it is personal.
    """
    told = [
        digest,
        event.seq,
        event.at.astimezone(UTC).isoformat(),
        event.kind,
        event.case_id,
        event.specialist_id,
        event.account_id,
        event.actor,
        event.data,
    ]
    return sha256(_encoder.encode(told).encode()).hexdigest()
