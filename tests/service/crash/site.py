"""The service on one database through several kills: put under load, killed, started again, and looked at."""

import itertools
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.processes import family, is_running, kill_group, kill_process
from tests.service.crash.checker import findings, wait_for_rest
from tests.service.crash.client import Client, Lost
from tests.service.crash.journal import Journal, read_journals
from tests.service.crash.killing import Kill
from tests.service.crash.office import set_up
from tests.serving import RunningService
from tests.waiting import PATIENCE_SECONDS

ROOT = Path(__file__).parents[3]
CLIENTS = {"one": 3, "two": 3}
"""Clients in each process of the load."""
_OPTIONS = ("--pool-size", "4", "--reoptimise-seconds", "1", "--log-level", "warning")
_REPEATS = 5
_BEGUN_BYTES = 40_000


@dataclass
class Result:
    """What became of a kill."""

    kill: Kill
    fired: bool
    num_requests: int
    num_open: int
    seconds: float = 0.0
    findings: list[str] = field(default_factory=list)


class Site:
    """The service on one database, with its load and its journals.

    Parameters
    ----------
    folder
        Where it runs, and where the journals are.
    url
        Of the database.
    cluster
        The server of the database, which may be killed too; None on SQLite.
    seed
        Of everything that the load draws.
    """

    def __init__(self, folder, url, cluster=None, seed=1):
        self.folder, self.url, self.seed = folder, url, seed
        self.journals = folder / "journals"
        self.journals.mkdir()
        self.service = None
        self._cluster = cluster
        self._rounds = itertools.count()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()

    def start(self, kill=None):
        """Start the service, armed for `kill`."""
        workers = ("--workers", "2") if self._cluster else ()
        arguments = ("--database-url", self.url, *workers, *_OPTIONS)
        self.service = RunningService(self.folder, *arguments, environment=kill.environment if kill else {}).ready()

    def set_up(self):
        """Hire everybody."""
        with Journal(self.journals / "set-up.jsonl") as journal, self.client(journal) as client:
            set_up(client)

    def client(self, journal):
        """A client with the first key."""
        return Client(self.service.url, self.service.first_key, journal)

    def strike(self, kill):
        """Put the service under load and kill it; what became of it so far."""
        before = sum(len(exchange.answers) for exchange in read_journals(self.journals))
        load = [self._load(name, number) for name, number in CLIENTS.items()]
        try:
            fired = self._wait_for(kill, load)
            fired = self._die_in_a_batch(kill) if kill.failpoint == "mid_batch" else fired
        finally:
            if kill.server_too and kill.server_first:
                self._cluster.kill()
                time.sleep(Random(f"{kill}").uniform(0.0, 0.2))
            self.kill()
            if kill.server_too and not kill.server_first:
                self._cluster.kill()
            failed = [process.communicate(timeout=PATIENCE_SECONDS)[1] for process in load]
        exchanges = read_journals(self.journals)
        num_open = sum(exchange.is_open for exchange in exchanges)
        result = Result(kill, fired, sum(len(exchange.answers) for exchange in exchanges) - before, num_open)
        result.findings += [
            f"the load failed: {text[-2000:]}" for process, text in zip(load, failed, strict=True) if process.returncode
        ]
        return result

    def kill(self):
        """Kill every process of the service at once; none of them may be left."""
        if self.service is None:
            return
        pids = family(self.service.process.pid)
        kill_group(self.service.process.pid)
        for pid in pids:
            kill_process(pid)
        self.service.wait()
        while any(is_running(pid) for pid in pids):
            time.sleep(0.005)
        self.service = None

    def revive(self, result=None, *, armed=None, thorough=False):
        """Start again, let clients finish what was left open, and look whether all is well; findings go to `result` if there is one."""
        start = time.monotonic()
        if result is not None and result.kill.server_too:
            self._cluster.start()
        self.start(armed)
        found = []
        try:
            self.settle()
            found += self.missing()
            wait_for_rest(self.url)
        except Lost:
            assert armed is not None, "the connection was lost, and nobody killed the service"
        else:
            found += self._findings(result, thorough=thorough)
        if result is not None:
            result.findings += found
            result.seconds = time.monotonic() - start
        return found

    def _findings(self, result, *, thorough):
        """What is wrong; after a batch, whose room nobody was told of, the keeper has time to start and see it."""
        was_batch = result is not None and result.kill.failpoint == "mid_batch"
        deadline = time.monotonic() + (PATIENCE_SECONDS if was_batch else 0.0)
        while True:
            found = findings(self.url, self.journals, thorough=thorough)
            if not found or time.monotonic() > deadline:
                return found
            time.sleep(0.2)

    def settle(self):
        """Ask again what was not answered, and some of what was."""
        random = Random(f"{self.seed}-{next(self._rounds)}")
        for path in sorted(self.journals.glob("*.jsonl")):
            with Journal(path) as journal, self.client(journal) as client:
                client.finish()
                answered = [one.asked for one in journal.exchanges.values() if one.acknowledged and one.asked.key]
                for asked in random.sample(answered, min(_REPEATS, len(answered))):
                    assert client.send(asked).replayed, f"{asked.id} was answered before, and is answered as new"

    def missing(self):
        """Cases that were acknowledged and that the service does not list."""
        listed, path = {}, "/v1/cases?limit=500"
        with Client(self.service.url, self.service.first_key, None) as client:
            while path:
                page = client.get(path).document()
                listed |= {case["id"]: case for case in page["items"]}
                path = page["next"] and f"/v1/cases?limit=500&cursor={page['next']}"
        for exchange in read_journals(self.journals):
            if exchange.asked.path == "/v1/cases" and (answer := exchange.acknowledged):
                case = answer.document()["case"]
                if listed.get(case["id"], {}).get("external_id") != case["external_id"]:
                    yield f"{case['id']} was acknowledged, and the service does not list it"

    def _die_in_a_batch(self, kill):
        """Let a keeper of its own die while it carries out a plan; SQLite's file is its own then. Whether it died there."""
        if self._cluster is None:
            self.kill()
        command = [sys.executable, "-m", "tests.service.crash.batch", self.url]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **kill.environment},
            check=False,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
        )
        assert done.returncode in {0, -signal.SIGKILL}, done.stderr[-2000:]
        return done.returncode == -signal.SIGKILL

    def _load(self, name, number):
        seed = f"{self.seed}-{next(self._rounds)}"
        options = ("--name", name, "--clients", str(number), "--seed", seed, "--seconds", "120")
        command = [
            sys.executable,
            "-m",
            "tests.service.crash.load",
            self.journals,
            self.service.url,
            self.service.first_key,
            *options,
        ]
        return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)

    def _wait_for(self, kill, load):
        """Wait for the moment of the kill, counted from when the load has begun in earnest; whether it came while there was load."""
        begun, deadline = self._size() + _BEGUN_BYTES, None
        while deadline is None or time.monotonic() < deadline:
            if deadline is None and self._size() > begun:
                deadline = time.monotonic() + kill.seconds
            if kill.failpoint and self._has_died():
                return True
            if all(process.poll() is not None for process in load):
                return False
            time.sleep(0.01)
        return not kill.failpoint

    def _size(self):
        """Bytes in all journals."""
        return sum(path.stat().st_size for path in self.journals.glob("*.jsonl"))

    def _has_died(self):
        """Whether a process of the service has died at its failpoint."""
        return self.service.process.poll() is not None or '"a process died' in self.service.said()
