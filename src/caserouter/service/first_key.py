"""The first key: made when there is none, with every scope, and told once, where only the operator reads it."""

import sys
from pathlib import Path
from typing import TextIO

from caserouter.domain.errors import InvalidInput
from caserouter.service.actor import Actor
from caserouter.service.commands.keys import create_key
from caserouter.service.engine import Engine
from caserouter.service.settings import ServiceSettings
from caserouter.service.tokens import Scope
from caserouter.store.copies import written_whole
from caserouter.store.keys import any_key

FILE_NAME = "caserouter-first-key.txt"
"""File that holds the first key when there is no terminal to show it on."""
_FIRST_START = Actor("first-start")


def ensure_key(engine: Engine, settings: ServiceSettings, terminal: TextIO | None = None) -> Path | None:
    """Make the first key if there is none, and tell it on the terminal, or in a file that only this user may read.

    Parameters
    ----------
    terminal
        Where the operator looks; stdout when left out.

    Returns
    -------
    Path or None
        The file, where there was no terminal.
    """
    with engine.read() as connection:
        if any_key(connection):
            return None
    stream = terminal or sys.stdout
    with engine.unit(_FIRST_START) as unit:
        if any_key(unit.connection):
            return None
        token = create_key(unit, name="first key", scopes=tuple(Scope)).token
        if stream.isatty():
            stream.write(f"\nFirst API key, shown this once:\n\n    {token}\n\n")
            stream.flush()
            return None
        path = _folder(settings) / FILE_NAME
        _write_private(path, f"{token}\n")
        return path


def _folder(settings: ServiceSettings) -> Path:
    """Beside the database's file, or the working directory."""
    return settings.database_file.parent if settings.dialect == "sqlite" else Path.cwd()


def _write_private(path: Path, text: str) -> None:
    """Write a file that nobody else may read, in the place of an older one."""
    try:
        with written_whole(path) as part:
            part.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InvalidInput(
            f"{path}: the first key cannot be written there ({error.strerror}); make the folder writable"
        ) from error
