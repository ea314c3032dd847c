"""One process owns an SQLite file, until it ends; however it ends."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from caserouter.domain.errors import Conflict, StoreError
from caserouter.store.database import Database
from caserouter.store.lock_file import LockFile

OPEN_AND_WAIT = """
import sys
from caserouter.store.database import Database
database = Database.open(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def owner(sqlite_url):
    command = [sys.executable, "-c", OPEN_AND_WAIT, sqlite_url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()


def test_a_second_process_is_told_who_owns_the_file(sqlite_url, owner):
    with pytest.raises(Conflict, match=f"cases.db: process {owner.pid} has it open; stop that process") as caught:
        Database.open(sqlite_url)
    assert caught.value.ids == (str(owner.pid),)


def test_a_killed_process_owns_nothing(sqlite_url, owner):
    owner.send_signal(signal.SIGKILL)
    owner.wait(10)
    with closing(Database.open(sqlite_url)) as database, database.exclusive() as transaction:
        assert transaction.head == 0


def test_whoever_only_reads_may_do_so_beside_the_owner(sqlite_url, owner):
    with closing(Database.open(sqlite_url, read_only_ok=True)) as database:
        with database.reading() as connection:
            assert connection.exec_driver_sql("SELECT seq FROM meta").scalar() == 0
        with pytest.raises(StoreError, match="opened for reading"), database.exclusive():
            pass


def test_a_process_cannot_own_a_file_twice(tmp_path):
    first, second = LockFile(tmp_path / "cases.db"), LockFile(tmp_path / "cases.db")
    first.take()
    with pytest.raises(Conflict, match=f"process {os.getpid()} has it open"):
        second.take()
    second.free()
    with pytest.raises(Conflict, match=f"process {os.getpid()} has it open"):
        second.take()
    first.free()
    first.free()
    second.take()
    second.free()


def test_of_many_threads_one_owns_it(tmp_path):
    def take(lock):
        try:
            lock.take()
        except Conflict:
            return False
        return True

    locks = [LockFile(tmp_path / "cases.db") for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, locks)) == 1
    for lock in locks:
        lock.free()


def test_a_lock_that_cannot_be_written_is_given_back(tmp_path):
    (tmp_path / "cases.db.lock").symlink_to("/dev/full")
    with pytest.raises(StoreError, match=r"cases\.db\.lock: cannot be written"):
        LockFile(tmp_path / "cases.db").take()
    (tmp_path / "cases.db.lock").unlink()
    lock = LockFile(tmp_path / "cases.db")
    lock.take()
    lock.free()


def test_a_directory_that_is_not_there_cannot_be_written(tmp_path):
    with pytest.raises(StoreError, match="make its directory writable"):
        LockFile(tmp_path / "nowhere" / "cases.db").take()
