"""System calls of a running service, as ``strace`` sees them: what was read, synced and sent, and when."""

import re
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.waiting import until

CALLS = "fsync,fdatasync,read,recvfrom,recvmsg,write,writev,sendto,sendmsg"
_LINE = re.compile(r"(?P<pid>\d+)\s+(?P<at>\d+\.\d+) (?P<text>.*)")
_DONE = re.compile(r"(?P<name>\w+)\((?P<arguments>.*)\)\s+= (?P<result>-?\d+)")
_RESUMED = re.compile(r"<\.\.\. \w+ resumed>(?P<rest>.*)")
_UNFINISHED = " <unfinished ...>"


class Call(NamedTuple):
    """A system call that has returned.

    Parameters
    ----------
    began, ended
        When, in seconds since 1970; a call that nothing came between ended when it began, as far as the trace tells.
    name, arguments
        What was called; the arguments name the files behind descriptors.
    """

    began: float
    ended: float
    name: str
    arguments: str


def why_not():
    """Why calls cannot be traced here; None if they can."""
    if shutil.which("strace") is None:
        return "strace is not installed: apt-get install strace"
    with subprocess.Popen(["sleep", "60"]) as sleeper, tempfile.TemporaryDirectory() as folder:
        try:
            with traced(Path(folder) / "trace", sleeper.pid):
                return None
        except AssertionError as error:
            return f"strace may not look at other processes here: {error}"
        finally:
            sleeper.kill()


@contextmanager
def traced(file: Path, *pids: int):
    """Trace processes, and those that they start, into `file` while the context lasts."""
    watched = [word for pid in pids for word in ("-p", str(pid))]
    options = ["-f", "-ttt", "-T", "-y", "-s", "96", "-o", str(file), "-e", f"trace={CALLS}", "-e", "signal=none"]
    said = file.with_suffix(".said")
    with said.open("wb") as stderr:
        strace = subprocess.Popen(["strace", *options, *watched], stderr=stderr, start_new_session=True)
    try:
        until(lambda: strace.poll() is not None or said.read_text().count("attached") >= len(pids))
        assert strace.poll() is None, said.read_text()
        yield
    finally:
        strace.terminate()  # it lets go of what it looked at
        strace.wait()


def read_trace(file: Path):
    """The calls of a trace that succeeded, in the order of their ends."""
    pending: dict[str, tuple[float, str]] = {}
    calls = []
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        found = _LINE.match(line)
        if found is None:
            continue
        pid, at, text = found["pid"], float(found["at"]), found["text"]
        if text.endswith(_UNFINISHED):
            pending[pid] = at, text.removesuffix(_UNFINISHED)
            continue
        began = at
        if resumed := _RESUMED.match(text):
            began, head = pending.pop(pid, (at, ""))
            text = head + resumed["rest"]
        if (done := _DONE.match(text)) and int(done["result"]) >= 0:
            spent = re.search(r"<(\d+\.\d+)>$", text)
            calls.append(Call(began, began + float(spent[1]) if spent else at, done["name"], done["arguments"]))
    return sorted(calls, key=lambda call: call.ended)


def unsynced(served, synced, file):
    """Acknowledgements that were sent although nothing was synced since their request was read, by their place in the order.

    Parameters
    ----------
    served
        Calls of the service, which answered one request after the other.
    synced
        Calls of whoever writes the log.
    file
        What the log's files have in their paths.
    """
    reads = [call for call in served if '"POST /v1/' in call.arguments or '"PUT /v1/' in call.arguments]
    sends = [call for call in served if '"HTTP/1.1 2' in call.arguments]
    syncs = [call for call in synced if call.name in {"fsync", "fdatasync"} and file in call.arguments]
    assert len(reads) == len(sends), f"{len(reads)} requests and {len(sends)} answers in the trace"
    return [
        number
        for number, (read, send) in enumerate(zip(reads, sends, strict=True))
        if not any(read.began <= sync.began and sync.ended <= send.began for sync in syncs)
    ]
