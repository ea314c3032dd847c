"""One process at a time owns an SQLite file: a lock that the operating system frees when the process dies, however it dies."""

import os
import sys
import threading
from pathlib import Path
from typing import IO, ClassVar

from caserouter.domain.errors import Conflict, StoreError

_BYTE = 1 << 20  # what is locked lies behind the text, which others may read


class LockFile:
    """The lock beside a database, held from `take` to `free`.

    Parameters
    ----------
    database
        The file that it guards; the lock's own file has ``.lock`` added to its name and stays there.
    """

    _held: ClassVar[set[Path]] = set()
    _held_guard: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, database: Path) -> None:
        self._database = database.resolve()
        self._path = self._database.with_name(self._database.name + ".lock")
        self._file: IO[bytes] | None = None

    def take(self) -> None:
        """Own the database.

        Raises
        ------
        Conflict
            If a process, this one included, owns it.
        StoreError
            If the lock's file cannot be written or locked.
        """
        with self._held_guard:  # a process's locks never refuse itself, so it has to remember them
            if self._path in self._held:
                raise self._taken(os.getpid())
            try:
                self._file = self._locked()
            except OSError as error:
                raise StoreError(f"{self._path}: cannot be written ({error.strerror}); make its directory writable") from error
            self._held.add(self._path)

    def free(self) -> None:
        """Let others own it; twice is once."""
        with self._held_guard:
            if self._file is not None:
                self._file.close()
                self._file = None
                self._held.discard(self._path)

    def _locked(self) -> IO[bytes]:
        """The lock's file, locked, with the number of this process in it."""
        file = os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0)
        try:
            if not _lock(file):
                raise self._taken(file.read(20).decode("ascii", "replace").strip() or "unknown")
            file.truncate(0)
            file.write(f"{os.getpid()}\n".encode())
        except BaseException:
            file.close()
            raise
        return file

    def _taken(self, owner: int | str) -> Conflict:
        return Conflict(
            f"{self._database}: process {owner} has it open; stop that process, or use another database", ids=[str(owner)]
        )


def _lock(file: IO[bytes]) -> bool:
    """Whether the lock could be taken."""
    if sys.platform == "win32":
        import msvcrt

        file.seek(_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            file.seek(0)
        return True
    import fcntl

    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _BYTE)
    except (BlockingIOError, PermissionError):  # whatever else happens says nothing of another process
        return False
    return True
