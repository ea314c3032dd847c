"""PostgreSQL: any number of processes; whoever changes the state locks the row `meta` first."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from types import MappingProxyType
from typing import Any, ClassVar, Literal

import sqlalchemy as sa

from caserouter.domain.errors import StoreError
from caserouter.store.backend import Backend, pool_options
from caserouter.store.reading import HEADS, Head
from caserouter.store.schema import require_current
from caserouter.store.translation import translated

_CONNECT_SECONDS = 5
_LOCK_SECONDS = 10.0
_STATEMENT_SECONDS = 30
_IDLE_SECONDS = 60
_TAKE_META = HEADS.with_for_update()


class PostgreSQL(Backend):
    """A server that keeps what it has committed.

    Parameters
    ----------
    address
        Where the server and its database are.
    pool_size
        Largest number of connections.

    Raises
    ------
    StoreError
        If it cannot be reached, may lose what it has committed, or its schema is not this version's.
    """

    dialect: ClassVar[Literal["sqlite", "postgresql"]] = "postgresql"
    reading_options: ClassVar[Mapping[str, Any]] = MappingProxyType(
        {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    )
    glance_options: ClassVar[Mapping[str, Any]] = MappingProxyType({"isolation_level": "AUTOCOMMIT"})

    def __init__(self, address: sa.URL, *, pool_size: int) -> None:
        self.engine = postgresql_engine(address, pool_size)
        try:
            with translated(), self.engine.connect() as connection:
                require_durable(connection)
                require_current(connection)
        except BaseException:
            self.close()
            raise

    def turn(self, wait_seconds: float) -> AbstractContextManager[None]:  # noqa: ARG002 - the server lets writers wait
        """Nothing to hold: the row `meta` is what writers wait for."""
        return nullcontext()

    def take_meta(self, connection: sa.Connection, wait_seconds: float) -> Head:
        """Lock the row, and wait for whoever holds it."""
        if wait_seconds != _LOCK_SECONDS:
            milliseconds = max(1, round(wait_seconds * 1000))  # 0 would mean for ever
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {milliseconds}")
        return Head(*connection.execute(_TAKE_META).one())

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def postgresql_engine(address: sa.URL, pool_size: int = 1, *, statement_seconds: int = _STATEMENT_SECONDS) -> sa.Engine:
    """Connections with time-outs for everything that can hang; 0 `statement_seconds` lets a migration take its time."""
    given = address.normalized_query.get("options", ())
    settings = {
        "statement_timeout": statement_seconds * 1000,
        "lock_timeout": round(_LOCK_SECONDS * 1000),
        "idle_in_transaction_session_timeout": _IDLE_SECONDS * 1000,
        "timezone": "UTC",
    }
    return sa.create_engine(
        address,
        **pool_options(pool_size),
        connect_args={
            "connect_timeout": _CONNECT_SECONDS,
            "application_name": "caserouter",
            "options": " ".join([*given, *(f"-c {name}={value}" for name, value in settings.items())]),
            "keepalives_idle": 30,
            "keepalives_interval": 10,
            "keepalives_count": 3,
            "tcp_user_timeout": 60_000,  # the three before it watch over a connection that waits, this one over what was sent
        },
    )


def require_durable(connection: sa.Connection) -> None:
    """Refuse a server that may lose what it has committed.

    Raises
    ------
    StoreError
        If it does not sync its log, or is a standby.
    """
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        if connection.exec_driver_sql(f"SHOW {name}").scalar() == "off":
            raise StoreError(f"PostgreSQL runs with {name} = off: a decision could be lost; turn it on")
    if connection.exec_driver_sql("SELECT pg_is_in_recovery()").scalar():
        raise StoreError("this PostgreSQL server is a standby, which cannot be written to; use the primary's address")
