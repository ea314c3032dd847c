"""Column types that behave alike on SQLite and PostgreSQL: moments and JSON documents."""

import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from pydantic_core import to_json
from sqlalchemy.engine import Dialect


class Encoded(NamedTuple):
    """A document that is JSON text already, written as it is."""

    text: str


def encode(document: Any) -> str:
    """The one way in which documents become text: compact, Unicode as it is.

    Raises
    ------
    ValueError
        If a number is NaN or infinite.
    """
    if isinstance(document, Encoded):
        return document.text
    text = to_json(document).decode()  # a fifth of what the standard library takes
    if "NaN" in text or "Infinity" in text:  # which somebody's name may hold as well
        json.loads(text, parse_constant=_refuse)
    return text


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant}: not JSON compliant; give a finite number")


decode = json.loads


def moment_text(moment: datetime) -> str:
    """`moment` in UTC as text of fixed width, so that text sorts as time does."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def read_moment(text: str | datetime | None) -> datetime | None:
    """The moment that an event's data states, in UTC; None stays None."""
    if text is None:
        return None
    moment = text if isinstance(text, datetime) else datetime.fromisoformat(text)
    return moment.astimezone(UTC)


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware moment: ``timestamptz`` on PostgreSQL, text of fixed width on SQLite; always read back in UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        """Text on SQLite, which has no type for moments."""
        return dialect.type_descriptor(sa.String(32) if dialect.name == "sqlite" else sa.DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse a moment without a time zone: it would mean another moment elsewhere."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()}: a moment without a time zone; use an aware datetime")
        return moment_text(value) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Read it back in UTC."""
        return read_moment(value)
