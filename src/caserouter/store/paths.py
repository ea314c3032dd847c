"""Looking at paths that an operator named: one that may not be looked at is a message, not a traceback."""

from collections.abc import Callable
from pathlib import Path

from caserouter.domain.errors import StoreError


def is_there(path: Path) -> bool:
    """Whether `path` exists, whatever it is.

    Raises
    ------
    StoreError
        If that cannot be told.
    """
    return _told(path, Path.exists)


def is_file(path: Path) -> bool:
    """Whether `path` is a file.

    Raises
    ------
    StoreError
        If that cannot be told.
    """
    return _told(path, Path.is_file)


def is_folder(path: Path) -> bool:
    """Whether `path` is a folder.

    Raises
    ------
    StoreError
        If that cannot be told.
    """
    return _told(path, Path.is_dir)


def _told(path: Path, question: Callable[[Path], bool]) -> bool:
    try:
        return question(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be looked at ({error.strerror}); check the name and who may read its folder") from error
