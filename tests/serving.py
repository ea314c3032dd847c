"""A service of the tests' own: `caserouter serve` as a process, on a free port, in a folder of its own."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

import httpx

from tests.processes import is_running, kill_group

START_SECONDS = 120
"""How long a start may take: the first one on a machine compiles the kernels."""
END_SECONDS = 120
"""How long an end may take, requests that were begun and a busy machine included."""


class RunningService:
    """`caserouter serve`, from its start until `stop` or `kill`; a context manager that stops it.

    Parameters
    ----------
    folder
        Where it runs, and where SQLite's file and the first key are.
    arguments
        Of the command, beside the port.
    environment
        Variables beside those of this process.
    port
        To listen on; 0 takes a free one.
    stdout
        Where its stdout goes; a pipe when left out.
    """

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        environment: dict[str, str] | None = None,
        port: int = 0,
        stdout: int = subprocess.PIPE,
    ) -> None:
        self.folder = folder
        self.errors = folder / f"stderr-{time.monotonic_ns()}.txt"
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("CASEROUTER_")}
        command = [sys.executable, "-m", "caserouter", "serve", "--port", str(port), *arguments]
        with self.errors.open("wb") as errors:
            self.process = subprocess.Popen(
                command,
                cwd=folder,
                env=inherited | (environment or {}),
                stdout=stdout,
                stderr=errors,
                start_new_session=True,
            )
        self.url = ""

    def __enter__(self) -> Self:
        return self.ready()

    def __exit__(self, *_: object) -> None:
        self.kill()

    def ready(self) -> Self:
        """Wait until it says where it listens."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            said = re.search(r"listens on (\S+)", self.said())
            if said:
                self.url = said[1]
                return self
            assert self.process.poll() is None, f"the service ended with {self.process.returncode}: {self.said()}"
            time.sleep(0.05)
        self.kill()
        raise AssertionError(f"the service did not start: {self.said()}")

    def said(self) -> str:
        """Everything on stderr so far."""
        return self.errors.read_text(encoding="utf-8")

    def log(self) -> list[dict[str, object]]:
        """The lines of its log, without one that is being written."""
        return [json.loads(line) for line in self.said().splitlines(keepends=True) if line[0] == "{" and line[-1] == "\n"]

    @property
    def first_key(self) -> str:
        """The token that the first start wrote into its file."""
        return (self.folder / "caserouter-first-key.txt").read_text(encoding="utf-8").strip()

    def client(self, token: str | None = None) -> httpx.Client:
        """A client that shows `token`, or the first key."""
        headers = {"Authorization": f"Bearer {token or self.first_key}"}
        return httpx.Client(base_url=self.url, headers=headers, timeout=30)

    def pids(self, role: str) -> list[int]:
        """Process ids of its workers (``worker``), or of its keeper (``keeper``), that are ready and alive, oldest first."""
        started = [line for line in self.log() if line["message"] == "a process is ready"]
        return [pid for line in started if line["worker"] == role and is_running(pid := int(str(line["pid"])))]

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Tell it to stop; its exit status."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """Wait for its end, which is forced if it does not come; its exit status."""
        try:
            return self.process.wait(END_SECONDS)
        finally:
            self.kill()

    def kill(self) -> None:
        """End it and everything that it started, as a power cut would."""
        if self.process.poll() is None:
            kill_group(self.process.pid)
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
