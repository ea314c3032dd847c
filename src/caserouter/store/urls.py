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
        If it is no address of an SQLite file or of PostgreSQL. The message does not repeat it, as it may hold a password.
    """
    try:
        address = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise InvalidInput(f"the database's URL cannot be read; {_FORMS}") from error
    if "\0" in url:
        raise InvalidInput(f"the database's URL holds a NUL character; {_FORMS}")
    if address.drivername == "postgresql+psycopg":
        if "@" in (address.host or ""):
            raise InvalidInput(
                "the database's URL has a second @: its host would begin with a part of the password; write %40 for that one"
            )
        return address
    if address.drivername != "sqlite":
        raise InvalidInput(f"a database's URL with {address.drivername}: neither SQLite nor PostgreSQL by psycopg; {_FORMS}")
    if any((address.host, address.port, address.username, address.password, address.query)):
        raise InvalidInput(f"an SQLite database's URL with a host, a user or options: it names a file and nothing else; {_FORMS}")
    if address.database in {None, "", ":memory:"}:
        raise InvalidInput(f"an SQLite database in memory: nothing in it would outlive the process; {_FORMS}")
    return address


def sqlite_path(address: sa.URL) -> Path:
    """The file of an SQLite database."""
    return Path(address.database or "")
