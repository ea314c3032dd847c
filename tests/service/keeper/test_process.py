"""The keeper as a process of its own."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.databases import fresh_database
from tests.processes import command_of, family, is_running
from tests.service.office import Office
from tests.waiting import PATIENCE_SECONDS, until

from caserouter.store.tables import keeper


def start(url):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CASEROUTER_")}
    environment |= {"CASEROUTER_DATABASE_URL": url, "CASEROUTER_REOPTIMISE_SECONDS": "1"}
    command = [sys.executable, "-m", "caserouter.service.keeper"]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def office(tmp_path):
    with fresh_database("postgresql", tmp_path) as url, closing(Office(url)) as office:
        yield office


def has_optimised(office):
    with office.engine.read() as connection:
        return connection.execute(sa.select(keeper.c.last_optimised_at)).scalar() is not None


def companions_of(pid):
    """Companions that `pid` has started; what else it started ends by itself."""
    return [one for one in family(pid)[1:] if "spawn_main" in command_of(one)]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks into /proc for the companion")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_it_keeps_until_it_is_stopped_and_leaves_no_process_behind(office, number):
    office.hire("ann")
    process = start(office.database.url.render_as_string(hide_password=False))
    try:
        until(lambda: has_optimised(office))
        companions = companions_of(process.pid)
        assert companions
        process.send_signal(number)
        process.communicate(timeout=PATIENCE_SECONDS)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == (0 if number == signal.SIGTERM else -signal.SIGKILL)
    until(lambda: not any(is_running(pid) for pid in companions))


def test_on_sqlite_it_says_who_keeps_there(tmp_path):
    process = start(f"sqlite:///{tmp_path / 'office.db'}")
    _, log = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 2
    assert "`caserouter serve` keeps in that process" in log
