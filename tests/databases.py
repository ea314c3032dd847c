"""Fresh databases for tests, of either kind."""

import atexit
import shutil
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from caserouter.store import migrate
from tests.postgres import drop_database, postgres_url

KINDS = ("sqlite", "postgresql")


@contextmanager
def fresh_database(kind, folder, *, empty=False):
    """The URL of a database that nobody else uses, with our schema or without a table; an SQLite file is in `folder`."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'cases.db'}" if empty else sqlite_url(folder / "cases.db")
        return
    url = postgres_url(empty=empty)
    try:
        yield url
    finally:
        drop_database(url)


def sqlite_url(path):
    """The URL of a new file with our schema: copied from one that was migrated once, which takes less than to migrate each."""
    shutil.copy(_migrated_file(), path)
    return f"sqlite:///{path}"


@cache
def _migrated_file():
    folder = Path(tempfile.mkdtemp(prefix="sqlite-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    migrate.upgrade(f"sqlite:///{folder / 'template.db'}")
    return folder / "template.db"
