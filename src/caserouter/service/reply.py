"""What a client is answered, and by which key a repeated request is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to a client, ready to be sent and to be kept.

    Parameters
    ----------
    status
        HTTP status.
    body
        The very bytes of the answer.
    headers
        Headers beside those of every answer, such as ``ETag``.
    replayed
        Whether it was kept from an earlier request with the same idempotency key.
    """

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class IdempotencyScope:
    """What makes two requests the same.

    Parameters
    ----------
    key_id
        Id of the API key.
    method, path
        What was asked for.
    key
        Value of ``Idempotency-Key``.
    fingerprint
        Digest of the canonical body: the same key with another one is refused.
    """

    key_id: str
    method: str
    path: str
    key: str
    fingerprint: str
