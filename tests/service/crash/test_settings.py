"""What durability rests on is set as it has to be, on the connections that the service really uses."""

from contextlib import closing

import pytest
import sqlalchemy as sa
from tests.postgres import postgres_url

from caserouter.domain.errors import StoreError
from caserouter.store import migrate
from caserouter.store.database import Database
from caserouter.store.postgresql import postgresql_engine, require_durable

_FULL = 2


def test_every_connection_to_sqlite_writes_ahead_and_syncs_each_commit(tmp_path):
    url = f"sqlite:///{tmp_path / 'caserouter.db'}"
    migrate.upgrade(url)
    with closing(Database.open(url, pool_size=3)) as database:
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


def test_a_postgresql_that_does_not_wait_is_refused():
    engine = postgresql_engine(sa.make_url(postgres_url()))
    with closing(engine.connect()) as connection:
        connection.exec_driver_sql("SET synchronous_commit = off")
        with pytest.raises(
            StoreError, match="PostgreSQL runs with synchronous_commit = off: a decision could be lost; turn it on"
        ):
            require_durable(connection)
    engine.dispose()
