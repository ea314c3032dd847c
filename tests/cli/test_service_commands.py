"""The commands that look after the service's database: `db` and `key`; and what `serve` refuses."""

import json
import re
import sqlite3
from contextlib import closing

import pytest
from tests.cli.support import run

TOKEN = re.compile(r"cr_[0-9a-f]{10}_[0-9a-f]{64}")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder of its own, and an environment without settings."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def database(folder):
    """The database of this version, without anything in it."""
    assert run("db", "upgrade").exit_code == 0
    return folder / "caserouter.db"


def make_key(*options: str) -> tuple[str, str]:
    """Id and token of a new key."""
    done = run("key", "create", "--name", "CRM", "--scope", "route", *options)
    assert done.exit_code == 0, done.output
    return re.findall(r"K-\w+", done.stderr)[0], TOKEN.findall(done.stdout)[0]


def test_upgrade_creates_the_database_and_says_its_schema(folder):
    done = run("db", "upgrade")
    assert (done.exit_code, done.stdout) == (0, "schema 0001, from nothing\n")
    assert (folder / "caserouter.db").stat().st_mode & 0o077 == 0
    assert run("db", "upgrade").stdout == "schema 0001, as before\n"


def test_check_says_that_a_new_database_agrees_with_itself(database):
    done = run("db", "check")
    assert (done.exit_code, done.stdout) == (0, "the database agrees with itself\n")


def test_check_finds_a_load_that_is_not_what_is_held(database):
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(
            "INSERT INTO specialist (id, name, body, schema_version, version, active, capacity, load, presence, updated_seq)"
            " VALUES ('S-1', 'Ada', '{}', 1, 1, 1, 10, 3, 'online', 1)"
        )
        connection.commit()
    done = run("db", "check")
    assert done.exit_code == 5
    assert done.stdout == "S-1 has load 3, and holds 0 units\n"
    assert "error: the database contradicts itself: restore a backup" in done.stderr


def test_a_database_that_is_not_there_is_refused():
    done = run("db", "check", "--database-url", "sqlite:///none.db")
    assert done.exit_code == 5
    assert "none.db" in done.stderr


def test_a_backup_is_brought_back(database, folder):
    key, _ = make_key()
    assert run("db", "backup", "copy.db").exit_code == 0
    assert run("db", "check", "--database-url", "sqlite:///copy.db").exit_code == 0
    database.rename(folder / "lost.db")
    done = run("db", "restore", "copy.db")
    assert done.exit_code == 0, done.output
    assert key in run("key", "list").stdout


NONSENSE = {
    "a folder": (("upgrade", "--database-url", "sqlite:///."), 5, "cannot be written"),
    "a text": (("check", "--database-url", "sqlite:///notes.txt"), 5, "not a database; name another file"),
    "a text to copy": (("backup", "copy.db", "--database-url", "sqlite:///notes.txt"), 5, "notes.txt: cannot be copied"),
    "a file in the way": (("backup", "notes.txt"), 4, "notes.txt: exists already; name another file"),
    "a folder in the way": (("backup", "."), 2, "is a directory"),
    "no backup": (("restore", "notes.txt"), 5, "notes.txt: not a backup of ours"),
    "no file": (("restore", "none.db"), 3, "none.db: there is no such backup"),
    "options of SQLite": (("upgrade", "--database-url", "sqlite:///x.db?mode=ro"), 2, "names a file and nothing else"),
    "no host": (("check", "--database-url", "postgresql+psycopg://nobody@127.0.0.1:1/x"), 5, "cannot be reached"),
    "options of PostgreSQL": (("check", "--database-url", "postgresql+psycopg://nobody@127.0.0.1:1/x?size=9"), 5, '"size"'),
}


@pytest.mark.parametrize(("arguments", "status", "message"), NONSENSE.values(), ids=NONSENSE.keys())
def test_nonsense_is_refused_in_a_sentence_and_harms_nothing(database, folder, arguments, status, message):
    (folder / "notes.txt").write_text("call Ada\n" * 200)
    done = run("db", *arguments)
    assert (done.exit_code, message in done.stderr) == (status, True), done.output
    assert (folder / "notes.txt").read_text() == "call Ada\n" * 200
    assert run("db", "check").exit_code == 0


def test_a_key_is_created_and_its_token_told_once(database):
    key, token = make_key()
    assert token.startswith(f"cr_{key.removeprefix('K-')}_")
    listed = run("key", "list").stdout
    assert listed.split() == [key, "route", "works", "CRM"]
    assert token not in listed


def test_the_list_as_json_holds_no_digest(database):
    key, _ = make_key("--rate-per-minute", "60")
    (shown,) = json.loads(run("key", "list", "--json").stdout)
    assert (shown["id"], shown["scopes"], shown["rate_per_minute"]) == (key, ["route"], 60)
    assert "hash" not in shown
    assert shown["created_at"].endswith("Z")


def test_a_key_that_lapses_says_when(database):
    make_key("--expires", "2099-01-01T00:00:00Z")
    assert "works until 2099-01-01 00:00Z" in run("key", "list").stdout


def test_a_key_that_would_have_lapsed_already_is_refused(database):
    done = run("key", "create", "--name", "CRM", "--scope", "read", "--expires", "2020-01-01T00:00:00Z")
    assert done.exit_code == 2
    assert "expires_at 2020-01-01T00:00:00+00:00: that is over; name a later time, or none" in done.stderr


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--name", " ", "name: has 0 characters; write 1 to 100"),
        ("--name", "x" * 101, "has 101 characters; write 1 to 100"),
        ("--name", "CRM\nproduction", "name CRM production: is no line of text; leave control characters out"),
        ("--name", "CRM\udcff", "is no line of text; leave control characters out"),
        ("--expires", "9999-12-31T23:59:59-12:00", "'9999-12-31T23:59:59-12:00' lies outside the years 1900 to 2999"),
        ("--rate-per-minute", "0", "rate_per_minute 0: outside 1 to 1000000; choose one in between, or none"),
        ("--rate-per-minute", "1" + "0" * 30, "outside 1 to 1000000; choose one in between, or none"),
    ],
)
def test_what_is_no_key_is_refused(database, option, value, message):
    given = {"--name": "CRM", "--scope": "route", option: value}
    done = run("key", "create", *(word for pair in given.items() for word in pair))
    assert (done.exit_code, message in done.stderr) == (2, True), done.output
    assert run("key", "list").stdout == ""


def test_an_unknown_scope_is_refused(database):
    done = run("key", "create", "--name", "CRM", "--scope", "admin")
    assert (done.exit_code, done.stderr) == (2, "error: admin: not a scope; use route, read, manage, supervise\n")


def test_a_revoked_key_says_so(database):
    key, _ = make_key()
    assert run("key", "revoke", key).exit_code == 0
    assert re.search(rf"{key}\s+route\s+revoked 20\d\d-", run("key", "list").stdout)


@pytest.mark.parametrize(("key", "shown"), [("K-none", "K-none"), ("", ""), ("K-\udcff", "K-�")])
def test_a_key_that_does_not_exist_is_not_found(database, key, shown):
    done = run("key", "revoke", key)
    assert done.exit_code == 3
    assert f"error: {shown}: no such key" in done.stderr


def test_rotation_makes_a_key_in_the_place_of_the_old_one_which_works_for_a_while(database):
    key, token = make_key()
    done = run("key", "rotate", key, "--overlap-hours", "2")
    assert done.exit_code == 0
    assert TOKEN.findall(done.stdout) != [token]
    listed = run("key", "list").stdout.splitlines()
    assert "works until" in listed[0]
    assert "  works  " in listed[1]


@pytest.mark.parametrize("hours", ["-1", "8760.5", "nan", "inf"])
def test_an_overlap_is_at_most_a_year(database, hours):
    key, _ = make_key()
    done = run("key", "rotate", key, "--overlap-hours", hours)
    assert (done.exit_code, "outside 0 to 8760; choose one in between" in done.stderr) == (2, True), done.output
    assert run("key", "rotate", key, "--overlap-hours", "8760").exit_code == 0


def test_a_rotated_key_is_not_rotated_again(database):
    key, _ = make_key()
    replacement = re.findall(r"K-\w+", run("key", "rotate", key).stderr)[0]
    done = run("key", "rotate", key)
    assert done.exit_code == 4
    assert f"{key} was rotated already; rotate {replacement}, which replaced it" in done.stderr


def test_serve_lists_every_wrong_setting_with_its_place(folder):
    (folder / "service.yaml").write_text("hots: 0.0.0.0\n", encoding="utf-8")
    done = run("serve", "--config", "service.yaml", "--port", "high")
    assert done.exit_code == 2
    assert done.stderr.splitlines()[1:] == [
        "  service.yaml:1: hots: no such setting; did you mean host?",
        "  --port: high: not a whole number",
    ]


def test_serve_takes_no_workers_on_sqlite():
    done = run("serve", "--workers", "4")
    assert done.exit_code == 2
    assert "4 workers on SQLite, whose file one process owns; use PostgreSQL for more than one" in done.stderr
