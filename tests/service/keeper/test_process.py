"""The keeper as a process of its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.postgres import drop_database, postgres_url
from tests.service.office import Office

from caserouter.store.tables import keeper

PATIENCE = 90.0


def start(url):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CASEROUTER_")}
    environment |= {"CASEROUTER_DATABASE_URL": url, "CASEROUTER_REOPTIMISE_SECONDS": "1"}
    command = [sys.executable, "-m", "caserouter.service.keeper"]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


def until(condition):
    end = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < end
        time.sleep(0.1)
    return found


@pytest.fixture
def office():
    url = postgres_url()
    office = Office(url)
    yield office
    office.close()
    drop_database(url)


def has_optimised(office):
    with office.engine.read() as connection:
        return connection.execute(sa.select(keeper.c.last_optimised_at)).scalar() is not None


def companions_of(pid):
    """Processes that `pid` has started and that are companions; what else it started ends by itself."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat, command = (folder / "stat").read_text(), (folder / "cmdline").read_text()
        except OSError:
            continue
        if int(stat.rpartition(")")[2].split()[1]) == pid and "spawn_main" in command:
            found.append(int(folder.name))
    return found


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


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
        process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == (0 if number == signal.SIGTERM else -signal.SIGKILL)
    until(lambda: not any(is_running(pid) for pid in companions))


def test_on_sqlite_it_says_who_keeps_there(tmp_path):
    process = start(f"sqlite:///{tmp_path / 'office.db'}")
    _, log = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert "`caserouter serve` keeps in that process" in log
