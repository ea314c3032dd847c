"""Answers kept for whoever repeats a request: the same bytes again, for a week."""

from datetime import datetime, timedelta

from caserouter.domain.errors import Finding, InvalidInput
from caserouter.service.reply import IdempotencyScope, Reply
from caserouter.store import idempotency as kept
from caserouter.store.connection import Connection
from caserouter.store.idempotency import Answer, Scope

KEPT_FOR = timedelta(days=7)
"""How long an answer is kept."""


class IdempotencyKeyReused(InvalidInput):
    """A key that stands for another request already; a client tells it from a body that breaks a rule, which it may mend and send again."""

    code = "idempotency_key_reused"


def scope_of(idempotency: IdempotencyScope) -> Scope:
    """The scope as the store keeps it."""
    return Scope(idempotency.key_id, idempotency.method, idempotency.path, idempotency.key)


def answer_of(idempotency: IdempotencyScope, reply: Reply, now: datetime) -> Answer:
    """The answer as the store keeps it."""
    return Answer(idempotency.fingerprint, reply.status, dict(reply.headers), reply.body, now, now + KEPT_FOR)


def kept_reply(connection: Connection, idempotency: IdempotencyScope | None) -> Reply | None:
    """The answer that the same request got before; None if there was none.

    Raises
    ------
    IdempotencyKeyReused
        If the key was used with another body.
    """
    found = None if idempotency is None else kept.find(connection, scope_of(idempotency))
    if idempotency is None or found is None:
        return None
    if found.fingerprint != idempotency.fingerprint:
        rule, remedy = "was used with another body before", "take a new key for a new request"
        finding = Finding(idempotency.key, rule, remedy, column="Idempotency-Key")
        raise IdempotencyKeyReused(
            f"Idempotency-Key {idempotency.key}: {rule}; {remedy}", ids=[idempotency.key], findings=[finding]
        )
    return Reply(found.status, bytes(found.body), found.headers, replayed=True)


def keep_reply(connection: Connection, idempotency: IdempotencyScope | None, reply: Reply, now: datetime) -> None:
    """Keep an answer, if it says that something was done."""
    if idempotency is not None and 200 <= reply.status < 300:
        kept.insert(connection, scope_of(idempotency), answer_of(idempotency, reply, now))
