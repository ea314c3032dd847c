"""Back-ups are taken while others write, and bring everything back."""

import os
import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa
from tests.postgres import drop_database, postgres_programs, postgres_url
from tests.store.histories import create_case, happen, held_case

from caserouter.domain.errors import Conflict, NotFound, StoreError
from caserouter.store import backup as backups
from caserouter.store.database import Database
from caserouter.store.events import EventKind
from caserouter.store.integrity import contradictions
from caserouter.store.tables import metadata


@pytest.fixture(autouse=True)
def _programs_of_the_server(monkeypatch):
    monkeypatch.setenv("PATH", f"{postgres_programs()}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def elsewhere(url, tmp_path):
    """The URL of an empty place of the same kind."""
    if url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'elsewhere.db'}"
        return
    other = postgres_url(empty=True)
    yield other
    drop_database(other)


def everything(database):
    with database.reading() as connection:
        assert contradictions(connection) == []
        return {
            table.name: connection.execute(sa.select(table).order_by(*table.primary_key)).all()
            for table in metadata.sorted_tables
        }


def test_everything_comes_back(url, database, elsewhere, tmp_path):
    """The service runs on, and what comes after the copy is not in it."""
    held_case(database)
    backups.write_backup(url, tmp_path / "copy")
    before = everything(database)
    with database.exclusive() as transaction:
        create_case(transaction, "C-2")
    assert backups.restore_backup(elsewhere, tmp_path / "copy") is None
    with closing(Database.open(elsewhere)) as restored:
        assert everything(restored) == before
        with restored.exclusive() as transaction:
            assert happen(transaction, EventKind.CASE_RESOLVED).seq == 4
        with pytest.raises(StoreError, match="never"), restored.writing() as connection:
            connection.exec_driver_sql("DELETE FROM event")


def test_a_backup_that_is_there_is_not_overwritten(url, tmp_path):
    (tmp_path / "copy").write_text("precious")
    with pytest.raises(Conflict, match="copy: exists already; name another file"):
        backups.write_backup(url, tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "precious"


def test_a_backup_is_for_its_owner_alone_and_nothing_lies_beside_it(url, tmp_path):
    before = set(tmp_path.iterdir())
    backups.write_backup(url, tmp_path / "copy")
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600
    assert {path.name for path in set(tmp_path.iterdir()) - before} == {"copy"}


def test_a_file_that_is_in_the_way_is_kept(sqlite_url, tmp_path):
    with closing(Database.open(sqlite_url)) as database:
        held_case(database)
        backups.write_backup(sqlite_url, tmp_path / "copy")
        with database.exclusive() as transaction:
            create_case(transaction, "C-2")
    kept = backups.restore_backup(sqlite_url, tmp_path / "copy")
    assert kept.name == "cases.db.before-restore-1"
    heads = []
    for path in (kept, tmp_path / "cases.db"):
        with closing(sqlite3.connect(path)) as connection:
            heads.append(connection.execute("SELECT seq FROM meta").fetchone()[0])
    assert heads == [4, 3]


def test_a_file_in_use_is_not_replaced(sqlite_url, tmp_path):
    backups.write_backup(sqlite_url, tmp_path / "copy")
    with closing(Database.open(sqlite_url)), pytest.raises(Conflict, match="has it open"):
        backups.restore_backup(sqlite_url, tmp_path / "copy")


def test_a_log_that_was_left_behind_is_not_played_back(sqlite_url, tmp_path):
    """The file was moved away by hand after a crash, and its log was not."""
    log = tmp_path / "cases.db-wal"
    with closing(Database.open(sqlite_url)) as database:
        held_case(database)
        backups.write_backup(sqlite_url, tmp_path / "copy")
        with database.exclusive() as transaction:
            create_case(transaction, "C-2")
        left_behind = log.read_bytes()
    (tmp_path / "cases.db").unlink()
    log.write_bytes(left_behind)
    kept = backups.restore_backup(sqlite_url, tmp_path / "copy")
    assert (kept.name, kept.read_bytes()) == ("cases.db.before-restore-1-wal", left_behind)
    with closing(Database.open(sqlite_url)) as database, database.exclusive() as transaction:
        assert transaction.head == 3


def test_a_link_to_the_database_stays_a_link(sqlite_url, tmp_path):
    backups.write_backup(sqlite_url, tmp_path / "copy")
    (tmp_path / "link.db").symlink_to(tmp_path / "cases.db")
    kept = backups.restore_backup(f"sqlite:///{tmp_path / 'link.db'}", tmp_path / "copy")
    assert ((tmp_path / "link.db").is_symlink(), kept.name) == (True, "cases.db.before-restore-1")


def test_a_folder_is_not_moved_out_of_the_way(sqlite_url, tmp_path):
    backups.write_backup(sqlite_url, tmp_path / "copy")
    (tmp_path / "folder").mkdir()
    with pytest.raises(Conflict, match="folder: is a folder; name the file"):
        backups.restore_backup(f"sqlite:///{tmp_path / 'folder'}", tmp_path / "copy")
    assert (tmp_path / "folder").is_dir()


def test_a_name_that_no_file_can_have_is_not_restored_to(sqlite_url, tmp_path):
    backups.write_backup(sqlite_url, tmp_path / "copy")
    with pytest.raises(StoreError, match=r"cannot be looked at .*; check the name"):
        backups.restore_backup(f"sqlite:///{'x' * 300}", tmp_path / "copy")


def test_a_database_of_somebody_else_is_not_restored(tmp_path):
    url = postgres_url(empty=True)
    with sa.create_engine(url, poolclass=sa.NullPool).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE other (id INTEGER)")
    backups.write_backup(url, tmp_path / "copy")
    with pytest.raises(StoreError, match="copy: not a backup of ours; name a file"):
        backups.restore_backup(url, tmp_path / "copy")
    drop_database(url)


def test_a_database_that_is_not_empty_is_not_restored_into(postgres, tmp_path):
    url = postgres.url.render_as_string(hide_password=False)
    backups.write_backup(url, tmp_path / "copy")
    with pytest.raises(Conflict, match="not empty: a backup is restored into an empty one"):
        backups.restore_backup(url, tmp_path / "copy")


def test_what_is_no_backup_is_refused(elsewhere, tmp_path):
    (tmp_path / "copy").write_text("id,created\n" * 1000)
    with pytest.raises(StoreError, match=r"not a backup of ours|pg_restore failed"):
        backups.restore_backup(elsewhere, tmp_path / "copy")
    assert not (tmp_path / "elsewhere.db").exists()


def test_a_backup_that_is_not_there_is_not_found(url, tmp_path):
    with pytest.raises(NotFound, match="there is no such backup"):
        backups.restore_backup(url, tmp_path / "copy")


def test_a_database_that_is_not_there_cannot_be_backed_up(tmp_path):
    with pytest.raises(NotFound, match="there is no such database"):
        backups.write_backup(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "copy")


def test_a_place_that_cannot_be_written_is_named(url, tmp_path):
    with pytest.raises(StoreError, match="nowhere"):
        backups.write_backup(url, tmp_path / "nowhere" / "copy")


@pytest.mark.parametrize("name", ["cases.db/copy", "x" * 300])
def test_a_name_that_no_file_can_have_is_refused(url, tmp_path, name):
    """The first would be a file within a file."""
    (tmp_path / "cases.db").touch()
    with pytest.raises(StoreError, match=r"copy|x{300}"):
        backups.write_backup(url, tmp_path / name)


def test_a_missing_program_is_named(postgres, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreError, match="pg_dump: not found; install PostgreSQL's client programs"):
        backups.write_backup(postgres.url.render_as_string(hide_password=False), tmp_path / "copy")


def test_a_password_is_not_on_the_command_line(tmp_path, monkeypatch):
    """Other users of the machine see the arguments of a process, not its environment."""
    program = tmp_path / "pg_dump"
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/arguments\necho "$PGPASSWORD" > {tmp_path}/password\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    backups.write_backup("postgresql+psycopg://us:hunter2@host/name", tmp_path / "copy")
    assert "hunter2" not in (tmp_path / "arguments").read_text()
    assert "--dbname=postgresql://us@host/name" in (tmp_path / "arguments").read_text()
    assert (tmp_path / "password").read_text() == "hunter2\n"
