"""Addresses of databases."""

from pathlib import Path

import sqlalchemy as sa

from caserouter.domain.errors import InvalidInput

_FORMS = "write it as sqlite:///caserouter.db or postgresql+psycopg://user:password@host/name"


def parse_url(url: str) -> sa.URL:
    """The address that `url` states, with the driver that we use.

    Raises
    ------
    InvalidInput
        If it is no address of SQLite or PostgreSQL. The message does not repeat it, as it may hold a password.
    """
    try:
        address = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise InvalidInput(f"the database's URL cannot be read; {_FORMS}") from error
    if address.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() != "sqlite":
        raise InvalidInput(f"a database's URL with {address.drivername}: neither SQLite nor PostgreSQL; {_FORMS}")
    if address.database in {None, "", ":memory:"}:
        raise InvalidInput(f"an SQLite database in memory: nothing in it would outlive the process; {_FORMS}")
    return address


def sqlite_path(address: sa.URL) -> Path:
    """The file of an SQLite database."""
    return Path(address.database or "")
