"""Processes as ``/proc`` shows them."""

import os
import signal
from contextlib import suppress
from pathlib import Path


def is_running(pid):
    """Whether a process is there, and not only waiting to be buried."""
    return bool(stat := _stat(pid)) and stat[0] != "Z"


def family(pid):
    """A process and all that descend from it, the youngest last."""
    children = {}
    for folder in Path("/proc").glob("[0-9]*"):
        if stat := _stat(folder.name):
            children.setdefault(int(stat[1]), []).append(int(folder.name))
    found = [pid]
    for one in found:
        found += children.get(one, ())
    return found


def command_of(pid):
    """What a process was started with; empty if it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace").replace("\0", " ")
    except OSError:
        return ""


def kill_process(pid):
    """Kill one process, unless it has gone by itself."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def kill_group(pid):
    """Kill every process of the group that `pid` leads, unless all have gone by themselves."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _stat(pid):
    """State, parent and so on of a process; nothing if it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []
