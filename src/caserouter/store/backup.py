"""Back-ups: the whole database in one file, written while the service goes on, and read back into an empty place."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from caserouter.domain.errors import Conflict, NotFound, StoreError
from caserouter.store import migrate, schema
from caserouter.store.copies import copy_sqlite, sync_folder, written_whole
from caserouter.store.lock_file import LockFile
from caserouter.store.paths import is_file, is_folder, is_there
from caserouter.store.urls import parse_url, sqlite_path

_SIDE_FILES = ("", "-wal", "-shm", "-journal")
_ONLY_OURS = "event_is_never_changed"


def write_backup(url: str, path: Path) -> None:
    """Write a consistent copy of the database at `url` into the file `path`; whoever uses it goes on meanwhile.

    On PostgreSQL this calls ``pg_dump --format=custom``.

    Raises
    ------
    Conflict
        If `path` exists.
    NotFound
        If there is no such SQLite file.
    StoreError
        If it cannot be read or written, or ``pg_dump`` is missing or fails.
    """
    if is_there(path):
        raise Conflict(f"{path}: exists already; name another file, or move that one away")
    address = parse_url(url)
    if address.get_backend_name() == "sqlite":
        source = sqlite_path(address)
        if not is_file(source):
            raise NotFound(f"{source}: there is no such database; check the path", ids=[str(source)])
        copy_sqlite(source, path)
        return
    try:
        with written_whole(path) as partial:
            _run("pg_dump", address, "--format=custom", "--no-owner", "--no-privileges", f"--file={partial}")
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror}); name a file in a directory that is writable") from error


def restore_backup(url: str, path: Path) -> Path | None:
    """Bring the database at `url` to what the backup `path` holds; the service has to be stopped.

    An SQLite file that is in the way is kept beside it. A PostgreSQL database has to be empty; ``pg_restore`` is called.

    Returns
    -------
    Path or None
        Where the SQLite file now is that was in the way; None if there was none.

    Raises
    ------
    NotFound
        If there is no such backup.
    Conflict
        If another process owns the SQLite file, a folder is in its place, or the PostgreSQL database is not empty.
    StoreError
        If the backup is none of ours or is damaged, or it cannot be written.
    """
    if not is_file(path):
        raise NotFound(f"{path}: there is no such backup; check the path", ids=[str(path)])
    address = parse_url(url)
    if address.get_backend_name() == "sqlite":
        return _restore_sqlite(sqlite_path(address).resolve(), path)
    if migrate.current(url) is not None:
        raise Conflict("the database is not empty: a backup is restored into an empty one; create one, and restore into that")
    if _ONLY_OURS not in _run("pg_restore", address, "--list", str(path)):
        raise StoreError(f"{path}: not a backup of ours; name a file that `caserouter db backup` wrote")
    _run("pg_restore", address, "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(path))
    return None


def _restore_sqlite(target: Path, path: Path) -> Path | None:
    _require_ours(path)
    if is_folder(target):
        raise Conflict(f"{target}: is a folder; name the file that the database is to be")
    lock = LockFile(target)
    lock.take()
    try:
        fresh = _beside(target, ".restoring")
        copy_sqlite(path, fresh)
        kept = _move_away(target)
        fresh.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise StoreError(f"{target}: cannot be written ({error.strerror}); make its directory writable") from error
    else:
        return kept
    finally:
        lock.free()


def _require_ours(path: Path) -> None:
    """Refuse a file that is damaged, or holds no database of ours."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            intact = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise StoreError(f"{path}: not a backup of ours ({error}); name a file that `caserouter db backup` wrote") from error
    if found is None or found[0] not in schema.known():
        raise StoreError(f"{path}: its schema is not known to this version; use the caserouter that wrote it, or a newer one")
    if intact != ("ok",):
        raise StoreError(f"{path}: is damaged ({intact[0]}); use another backup")


def _move_away(target: Path) -> Path | None:
    """Give the file another name, with what belongs to it, and say which; None if there was nothing.

    A log whose file is gone is moved as well: SQLite would play it back into the file that is restored.
    """
    there = [suffix for suffix in _SIDE_FILES if _beside(target, suffix).exists()]
    if not there:
        return None
    number = 1
    while any(_beside(target, f".before-restore-{number}{suffix}").exists() for suffix in _SIDE_FILES):
        number += 1
    for suffix in there:
        _beside(target, suffix).replace(_beside(target, f".before-restore-{number}{suffix}"))
    return _beside(target, f".before-restore-{number}{there[0]}")


def _beside(target: Path, suffix: str) -> Path:
    return target.with_name(target.name + suffix)


def _run(program: str, address: sa.URL, *options: str) -> str:
    """What a program of PostgreSQL's writes; the password goes by its environment, as others on the machine see the command."""
    found = shutil.which(program)
    if found is None:
        raise StoreError(f"{program}: not found; install PostgreSQL's client programs, of the server's version or newer")
    parts = {name: getattr(address, name) for name in ("username", "host", "port", "database", "query")}
    plain = sa.URL.create("postgresql", **parts).render_as_string()
    environment = os.environ | ({"PGPASSWORD": str(address.password)} if address.password else {})
    command = [found, "--no-password", f"--dbname={plain}", *options]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", env=environment, check=False)  # noqa: S603 - no shell
    if done.returncode:
        raise StoreError(f"{program} failed: {' '.join(done.stderr.split())[:500]}")
    return done.stdout
