"""Opening a database: what is checked, what is set, and what each refusal says."""

import sqlite3
from contextlib import closing

import psycopg
import pytest
from tests.postgres import run_on_server
from tests.store.histories import create_case

from caserouter.domain.errors import Conflict, InvalidInput, StoreError
from caserouter.store import reading
from caserouter.store.backup import write_backup
from caserouter.store.database import Database
from caserouter.store.postgresql import require_durable
from caserouter.store.translation import in_our_words


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("nonsense", "cannot be read; write it as sqlite:///caserouter.db"),
        ("mysql://root:hunter2@host/name", "with mysql: neither SQLite nor PostgreSQL"),
        (
            "postgresql+asyncpg://root:hunter2@host/name",
            r"neither SQLite nor PostgreSQL by psycopg; write it as .*postgresql\+psycopg:",
        ),
        ("sqlite+aiosqlite:///cases.db", r"with sqlite\+aiosqlite: neither"),
        ("sqlite://cases.db", "it names a file and nothing else; write it as sqlite:///caserouter.db"),
        ("sqlite://root:hunter2@folder/cases.db", "with a host, a user or options"),
        ("sqlite:///cases.db?timeout=1", "with a host, a user or options"),
        ("postgresql+psycopg://root:p@hunter2@host/name", "has a second @: .* write %40 for that one"),
        ("sqlite:///a\0b.db", "holds a NUL character"),
        ("sqlite://", "in memory: nothing in it would outlive the process"),
        ("sqlite:///:memory:", "in memory"),
    ],
)
def test_other_urls_are_refused_without_repeating_a_password(url, message):
    with pytest.raises(InvalidInput, match=message) as caught:
        Database.open(url)
    assert "hunter2" not in str(caught.value)


def test_at_least_one_connection_is_needed(sqlite_url):
    with pytest.raises(InvalidInput, match="pool size 0"):
        Database.open(sqlite_url, pool_size=0)


def test_a_file_that_is_not_there_is_not_made_by_opening_it(tmp_path):
    with pytest.raises(StoreError, match="no such database; create it with `caserouter db upgrade`"):
        Database.open(f"sqlite:///{tmp_path / 'cases.db'}")
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_no_file_can_have_is_refused():
    with pytest.raises(StoreError, match=r"cannot be looked at .*; check the name"):
        Database.open(f"sqlite:///{'x' * 300}")


def test_a_file_of_another_kind_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text("id,created\n" * 100)
    with pytest.raises(StoreError, match="not a database; name another file"):
        Database.open(f"sqlite:///{path}")
    assert path.read_text() == "id,created\n" * 100


def test_a_database_of_no_schema_is_refused(empty_url):
    if empty_url.startswith("sqlite"):
        sqlite3.connect(empty_url.removeprefix("sqlite:///")).close()
        with closing(sqlite3.connect(empty_url.removeprefix("sqlite:///"))) as connection:
            connection.execute("CREATE TABLE other (id)")
    with pytest.raises(StoreError, match="has no tables of ours yet; run `caserouter db upgrade`"):
        Database.open(empty_url)


def test_a_database_of_a_later_release_is_refused(url):
    with closing(Database.open(url)) as database, database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="9999, which this version does not know"):
        Database.open(url)


def test_a_server_that_is_not_there_is_worth_another_try():
    with pytest.raises(StoreError, match=r"the database cannot be reached: .*; try again") as caught:
        Database.open("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    assert caught.value.retryable


def test_the_options_of_a_url_are_kept_beside_ours(postgres):
    url = postgres.url.update_query_dict({"options": "-c search_path=public,other"}).render_as_string(hide_password=False)
    with closing(Database.open(url)) as database, database.reading() as connection:
        found = [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in ("search_path", "statement_timeout")]
    assert found == ["public,other", "30s"]


def test_sqlite_syncs_each_commit_and_keeps_foreign_keys(sqlite_url):
    with closing(Database.open(sqlite_url)) as database, database.reading() as connection:
        names = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
        assert [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names] == ["wal", 2, 1, 1]


def test_postgresql_has_a_limit_for_everything_that_can_hang(postgres):
    with postgres.reading() as connection:
        names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "TimeZone", "application_name")
        found = [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in names]
    assert found == ["30s", "10s", "1min", "UTC", "caserouter"]


def test_a_server_that_may_lose_commits_is_refused(postgres):
    with postgres.writing() as connection:
        require_durable(connection)
        connection.exec_driver_sql("SET synchronous_commit = off")
        with pytest.raises(StoreError, match="synchronous_commit = off: a decision could be lost"):
            require_durable(connection)
        connection.exec_driver_sql("SET synchronous_commit = on")


def test_a_database_set_to_lose_commits_is_not_opened(postgres):
    name, url = postgres.url.database, postgres.url.render_as_string(hide_password=False)
    run_on_server(f"ALTER DATABASE {name} SET synchronous_commit = off")
    with pytest.raises(StoreError, match="turn it on"):
        Database.open(url)


def test_when_every_connection_is_in_use_another_try_is_worth_it(url, monkeypatch):
    monkeypatch.setattr("caserouter.store.backend.POOL_SECONDS", 0.05)
    with closing(Database.open(url, pool_size=1)) as database:
        with database.reading(), pytest.raises(StoreError, match="every connection is in use") as caught, database.reading():
            pass
        assert caught.value.retryable


def test_a_reader_cannot_write_on_postgresql(postgres):
    with pytest.raises(StoreError, match="read-only"), postgres.reading() as connection:
        connection.exec_driver_sql("DELETE FROM due")


def test_whoever_only_reads_an_sqlite_file_changes_nothing_of_it(sqlite_url, tmp_path):
    """A backup is no file that writes ahead, and is none after it was looked at."""
    write_backup(sqlite_url, tmp_path / "copy")
    before = (tmp_path / "copy").read_bytes()
    with (
        closing(Database.open(f"sqlite:///{tmp_path / 'copy'}", read_only_ok=True)) as database,
        pytest.raises(StoreError, match="readonly database; make the file"),
        database.reading() as connection,
    ):
        connection.exec_driver_sql("DELETE FROM due")
    assert (tmp_path / "copy").read_bytes() == before


def test_a_unit_for_which_the_disk_has_no_room_leaves_no_trace(sqlite_url):
    """The file may not grow, as on a disk that is full."""
    with closing(Database.open(sqlite_url, pool_size=1)) as database:
        with database.glance() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")  # which becomes as many as there are
        with pytest.raises(StoreError, match="disk is full; make room on its disk"), database.exclusive() as transaction:
            create_case(transaction, account="A" * 1_000_000)
        with database.glance() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        with database.exclusive() as transaction:
            assert create_case(transaction).seq == 1


def test_housekeeping_that_fails_leaves_no_trace(database):
    def fail():
        with database.writing() as connection:
            connection.exec_driver_sql("UPDATE meta SET seq = 7")
            raise RuntimeError("a mistake of ours")

    with pytest.raises(RuntimeError):
        fail()
    with database.reading() as connection:
        assert reading.head(connection) == 0


def test_a_closed_database_may_be_closed_again_and_opened_anew(url):
    database = Database.open(url)
    database.close()
    database.close()
    with closing(Database.open(url)) as again, again.exclusive() as transaction:
        assert create_case(transaction).seq == 1


def driver_error(state):
    return type("DriverError", (psycopg.OperationalError,), {"sqlstate": state})(f"state {state}")


@pytest.mark.parametrize(
    ("state", "kind", "retryable"),
    [
        ("CR001", StoreError, False),
        ("23505", Conflict, None),
        ("22P05", InvalidInput, None),
        ("55P03", StoreError, True),
        ("40P01", StoreError, True),
        ("57P01", StoreError, True),
        ("57P03", StoreError, True),
        ("08006", StoreError, True),
        (None, StoreError, True),
        ("42P01", StoreError, False),
        ("53100", StoreError, False),
    ],
)
def test_each_state_of_the_server_has_its_error(state, kind, retryable):
    error = in_our_words(driver_error(state))
    assert type(error) is kind
    assert getattr(error, "retryable", None) is retryable


def test_a_locked_file_is_busy_and_a_full_disk_is_not():
    assert in_our_words(sqlite3.OperationalError("database is locked")).retryable
    assert not in_our_words(sqlite3.OperationalError("database or disk is full")).retryable


def test_a_value_that_is_missing_is_our_mistake_and_no_character_of_the_client(database):
    """SQLite calls it a NOT NULL constraint, which has a NUL in it."""
    with pytest.raises(StoreError, match=r"(?i)the database refused: .*not.null"), database.writing() as connection:
        connection.exec_driver_sql("UPDATE meta SET seq = NULL")


def test_messages_repeat_no_values(postgres):
    """A refused row may hold personal data, and messages go to logs and clients."""
    with postgres.exclusive() as transaction:
        create_case(transaction)
    insert = "INSERT INTO personal (case_id, seq, field, value) VALUES ('C-1', NULL, 'customer', 'Jane Roe')"
    with pytest.raises(StoreError) as caught, postgres.writing() as connection:
        connection.exec_driver_sql(insert)
    assert "Jane Roe" not in str(caught.value)
