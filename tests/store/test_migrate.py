"""Migrations: from nothing, from every schema that was released, and no further than they know."""

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from tests.postgres import drop_database, postgres_url
from tests.store.histories import held_case
from tests.waiting import PATIENCE_SECONDS, until

from caserouter.domain.errors import Conflict, StoreError
from caserouter.store import migrate, schema
from caserouter.store.database import Database
from caserouter.store.tables import metadata


def test_a_database_is_made_from_nothing(empty_url):
    assert migrate.current(empty_url) is None
    assert migrate.upgrade(empty_url) is None
    assert migrate.current(empty_url) == schema.head()
    with closing(Database.open(empty_url)) as database:
        held_case(database)


def test_a_database_that_is_up_to_date_stays_as_it_is(url):
    with closing(Database.open(url)) as database:
        held_case(database)
    assert migrate.upgrade(url) is None
    with closing(Database.open(url)) as database, database.exclusive() as transaction:
        assert transaction.head == 3


@pytest.mark.parametrize("revision", sorted(schema.known()))
def test_every_released_schema_leads_to_todays(empty_url, revision):
    migrate.upgrade(empty_url, revision)
    assert migrate.current(empty_url) == revision
    migrate.upgrade(empty_url)
    assert migrate.current(empty_url) == schema.head()


def test_the_migrations_make_the_tables_that_the_code_reads(database):
    """Columns, keys, indexes: neither knows of anything that the other does not."""
    options = {"compare_type": database.dialect == "postgresql", "include_object": _is_ours}
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def _is_ours(_object, name, kind, _reflected, _compared):
    return not (kind == "table" and name == "alembic_version")


def test_the_partial_indexes_are_unique(database):
    with database.reading() as connection:
        inspector = sa.inspect(connection)
        for table, index in (("assignment", "assignment_open_index"), ("policy", "policy_active_index")):
            assert [bool(one["unique"]) for one in inspector.get_indexes(table) if one["name"] == index] == [True]


def test_a_schema_of_a_later_release_is_left_alone(url):
    with closing(Database.open(url)) as database, database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="9999, which this version does not know; use the newer caserouter"):
        migrate.upgrade(url)


def test_a_file_of_a_later_release_is_not_copied_at_each_attempt(sqlite_url, tmp_path):
    """Whoever looks after the service may start it again and again."""
    test_a_schema_of_a_later_release_is_left_alone(sqlite_url)
    assert list(tmp_path.glob("*.bak")) == []


def test_a_file_in_use_is_not_migrated(sqlite_url):
    with closing(Database.open(sqlite_url)), pytest.raises(Conflict, match="has it open"):
        migrate.upgrade(sqlite_url)


def test_a_file_is_backed_up_before_it_changes(sqlite_url, tmp_path, monkeypatch):
    """As there is one schema so far, a later one is pretended."""
    path = tmp_path / "cases.db"
    with closing(Database.open(sqlite_url)) as database:
        held_case(database)
    monkeypatch.setattr(schema, "head", lambda: "0002")
    first, second = migrate.upgrade(sqlite_url, "head"), migrate.upgrade(sqlite_url, "head")
    assert [first.name, second.name] == ["cases.db.schema-0001.bak", "cases.db.schema-0001-2.bak"]
    with closing(sqlite3.connect(first)) as backup:
        assert backup.execute("SELECT seq FROM meta").fetchone() == (3,)
    assert path.exists()


def test_a_new_file_is_for_its_owner_alone(tmp_path):
    migrate.upgrade(f"sqlite:///{tmp_path / 'cases.db'}")
    assert (tmp_path / "cases.db").stat().st_mode & 0o777 == 0o600


def test_a_file_in_a_directory_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(StoreError, match="name a file in a directory that exists"):
        migrate.upgrade(f"sqlite:///{tmp_path / 'nowhere' / 'cases.db'}")


OTHERS_WAIT = """
SELECT count(*) FROM pg_locks
WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def test_two_who_migrate_at_once_wait_for_each_other():
    url = postgres_url(empty=True)
    with ThreadPoolExecutor(1) as pool:  # Alembic's context is one a process, so the second one is the lock's test alone
        engine = sa.create_engine(url, poolclass=sa.NullPool)
        with engine.begin() as holder:
            holder.execute(sa.select(sa.func.pg_advisory_xact_lock(migrate._ONE_AT_A_TIME)))
            waiting = pool.submit(migrate.upgrade, url)
            until(lambda: holder.scalar(sa.text(OTHERS_WAIT)))
            assert not waiting.done()
        waiting.result(PATIENCE_SECONDS)
    assert migrate.current(url) == schema.head()
    drop_database(url)


def test_a_copy_of_the_file_is_a_database(sqlite_url, tmp_path):
    shutil.copy(tmp_path / "cases.db", tmp_path / "other.db")
    with closing(Database.open(f"sqlite:///{tmp_path / 'other.db'}")) as copy, closing(Database.open(sqlite_url)) as database:
        assert copy.url.database != database.url.database
