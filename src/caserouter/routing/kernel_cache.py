"""Where compiled kernels are kept: numba refuses to compile what it is to keep where it may write nowhere, as for a user without a home.

It looks beside the code and in the user's cache. Where it can write to neither, it is given a folder for as long as this process lives, which
processes that this one starts share.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import MutableMapping
from pathlib import Path

CACHE = "NUMBA_CACHE_DIR"
"""Variable that names the folder; numba reads it when it is imported."""


def provide_cache(environment: MutableMapping[str, str], code: Path) -> Path | None:
    """Name a folder in `environment` if there is no other place; called before numba is imported.

    Parameters
    ----------
    environment
        Variables of this process.
    code
        The folder that the kernels' code is in.

    Returns
    -------
    Path or None
        The folder, which is deleted when this process ends; None where none was needed.
    """
    if environment.get(CACHE) or _is_writable(code / "__pycache__") or _is_writable(_users_cache(environment)):
        return None
    folder = Path(tempfile.mkdtemp(prefix="caserouter-kernels-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    environment[CACHE] = str(folder)
    return folder


def _users_cache(environment: MutableMapping[str, str]) -> Path:
    """The folder in which this user's programs keep what they can make again."""
    return Path(environment.get("XDG_CACHE_HOME") or f"{environment.get('HOME', '')}/.cache")


def _is_writable(folder: Path) -> bool:
    """Whether `folder` may be written to, or made."""
    there = next((one for one in (folder, *folder.absolute().parents) if one.exists()), folder)
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)
