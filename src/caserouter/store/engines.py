"""How each database is connected to, and how a unit of work takes its turn there."""

from caserouter.domain.errors import InvalidInput
from caserouter.store.backend import Backend
from caserouter.store.postgresql import PostgreSQL
from caserouter.store.sqlite import SQLite
from caserouter.store.urls import parse_url


def open_backend(url: str, *, pool_size: int, read_only: bool) -> Backend:
    """Connect to the database at `url`, and check that it is fit for use.

    Raises
    ------
    InvalidInput
        If the URL names neither SQLite nor PostgreSQL, or `pool_size` is below 1.
    """
    if pool_size < 1:
        raise InvalidInput(f"pool size {pool_size}: at least one connection is needed; set it to 1 or more")
    address = parse_url(url)
    if address.get_backend_name() == "sqlite":
        return SQLite(address, pool_size=pool_size, read_only=read_only)
    return PostgreSQL(address, pool_size=pool_size)
