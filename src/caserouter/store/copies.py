"""Files of ours that are whole and durable, or not there at all: a copy of an SQLite file, taken while others write to it, for one."""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from caserouter.domain.errors import StoreError


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy the database `source` to `target`, whole and durable, or not at all; readers and writers go on meanwhile.

    Raises
    ------
    StoreError
        If either cannot be read or written.
    """
    try:
        with written_whole(target) as partial:
            reading = sqlite3.connect(
                f"{source.resolve().as_uri()}?mode=rw", uri=True
            )  # one that only reads would leave files of its log behind
            with closing(reading) as origin, closing(sqlite3.connect(partial)) as copy:
                origin.backup(copy, pages=-1)
                copy.execute("PRAGMA journal_mode = DELETE").close()
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{source}: cannot be copied to {target} ({error}); check both and the space that is left") from error


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """A file beside `target`, private to its owner, that takes its name in the end; nothing is left of it if the block fails.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    partial = target.with_name(f"{target.name}.{os.getpid()}.partial")
    try:
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        yield partial
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        partial.replace(target)
        sync_folder(target.parent)
    except BaseException:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Make durable which names a folder holds, where the operating system leaves that to us."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
