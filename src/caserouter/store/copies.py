"""A consistent copy of an SQLite file, taken while others write to it."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from caserouter.domain.errors import StoreError


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy the database `source` to `target`, whole and durable, or not at all; readers and writers go on meanwhile.

    Raises
    ------
    StoreError
        If either cannot be read or written.
    """
    partial = target.with_name(target.name + ".partial")
    try:
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_CREAT | os.O_RDWR, 0o600))
        reading = sqlite3.connect(
            f"{source.resolve().as_uri()}?mode=rw", uri=True
        )  # one that only reads would leave files of its log behind
        with closing(reading) as origin, closing(sqlite3.connect(partial)) as copy:
            origin.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode = DELETE").close()
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        partial.replace(target)
    except (OSError, sqlite3.Error) as error:
        partial.unlink(missing_ok=True)
        raise StoreError(f"{source}: cannot be copied to {target} ({error}); check both and the space that is left") from error
