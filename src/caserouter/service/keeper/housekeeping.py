"""Keeping house: answers that have expired, and a sign that the keeper is alive."""

from datetime import datetime
from typing import Any

from caserouter.service.engine import Engine
from caserouter.store import idempotency
from caserouter.store.beat import note_beat

EXPIRED_AT_A_TIME = 500
"""Answers forgotten in one transaction."""


def forget_expired(engine: Engine) -> bool:
    """Forget answers kept for repeated requests whose time has come; whether there may be more."""
    with engine.database.writing() as connection:
        return idempotency.expire(connection, engine.clock.now(), EXPIRED_AT_A_TIME) == EXPIRED_AT_A_TIME


def beat(engine: Engine, *, last_optimised: datetime | None, figures: dict[str, Any]) -> None:
    """Leave a sign of life, for readiness and metrics."""
    row = {"beat_at": engine.clock.now(), "data": figures}
    if last_optimised is not None:
        row["last_optimised_at"] = last_optimised
    with engine.database.writing() as connection:
        note_beat(connection, row)
