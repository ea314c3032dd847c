"""What durability rests on is set as it has to be, on the connections that the service really uses."""

from contextlib import closing

from tests.databases import sqlite_url
from tests.postgres import postgres_url

from caserouter.store.database import Database

_FULL = 2


def test_every_connection_to_sqlite_writes_ahead_and_syncs_each_commit(tmp_path):
    with closing(Database.open(sqlite_url(tmp_path / "caserouter.db"), pool_size=3)) as database:
        with database.reading() as one, database.reading() as other, database.exclusive() as writing:
            for connection in (one, other, writing.connection):
                assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
                assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == _FULL
        with database.writing() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == _FULL


def test_every_connection_to_postgresql_waits_for_the_log_to_be_on_disk():
    with (
        closing(Database.open(postgres_url(), pool_size=3)) as database,
        database.reading() as one,
        database.exclusive() as writing,
        database.glance() as other,
    ):
        for connection in (one, writing.connection, other):
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                assert connection.exec_driver_sql(f"SHOW {name}").scalar() == "on"
