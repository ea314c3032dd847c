"""The checker finds what is wrong: each kind of damage, done by hand, is reported."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from tests.databases import sqlite_url
from tests.service.crash.acknowledged import losses
from tests.service.crash.checker import findings
from tests.service.crash.journal import Answered, Asked, Exchange, Journal, read_journal
from tests.service.office import Office

from caserouter.domain.lifecycle import CaseStatus
from caserouter.service.commands.closing import resolve
from caserouter.store.database import Database


@pytest.fixture
def url(tmp_path):
    """A database with a case held, one waiting for a skill that nobody has, and one resolved."""
    url = sqlite_url(tmp_path / "caserouter.db")
    with closing(Office(url)) as office:
        office.clock.moment = datetime.now(UTC) - timedelta(hours=1)
        office.hire("S-1", capacity=2)
        office.create()
        office.create(required_skills={"welding": 3})
        office.do(resolve, office.create())
    return url


def damage(url, *statements):
    """Do what triggers would not allow."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        for name, table in connection.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            if table in {"event", "assignment"}:
                connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_sound_database_has_no_findings(url):
    assert findings(url, thorough=True) == []


def test_a_lost_case_is_found(url):
    damage(url, f"DELETE FROM cases WHERE status = '{CaseStatus.QUEUED}'")
    assert any("the table says None, the events say ('queued', None)" in one for one in findings(url, at_rest=False))


def test_a_second_owner_is_found(url):
    damage(
        url,
        "DROP INDEX assignment_open_index",
        "INSERT INTO assignment (case_id, specialist_id, units, started_seq, started_at) "
        "SELECT case_id, specialist_id, units, started_seq, started_at FROM assignment WHERE ended_at IS NULL",
    )
    assert any("has 2 open assignments" in one for one in findings(url))


def test_a_load_that_is_not_the_sum_is_found(url):
    damage(url, "UPDATE specialist SET load = load + 1")
    assert "S-1 has load 2, and holds 1 units" in findings(url)


def test_an_assignment_past_the_capacity_is_found(url):
    damage(url, "UPDATE event SET data = json_set(data, '$.units', 3) WHERE kind = 'case_assigned'")
    assert any("S-1 holds 0 of 2 and is given 3 more" in one for one in findings(url))


def test_a_waiting_case_that_could_be_given_is_found(url):
    damage(url, "UPDATE cases SET body = json_remove(body, '$.required_skills') WHERE status = 'queued'")
    assert any("waits, and S-1 may take it and holds 1 of 2" in one for one in findings(url))


def test_a_board_that_says_otherwise_is_found(url):
    damage(url, "UPDATE event SET data = json_set(data, '$.units', 2) WHERE seq = (SELECT min(started_seq) FROM assignment)")
    assert any("the board says" in one for one in findings(url, thorough=True))


def created(number, body, *, replayed=False, status=201):
    asked = Asked(f"c-{number}", "POST", "/v1/cases", "{}", key=f"c-{number}")
    return Exchange(asked, [Answered(status, body, replayed)])


def losses_in(url, exchanges):
    with closing(Database.open(url, read_only_ok=True)) as database, database.reading() as connection:
        return list(losses(connection, exchanges))


def test_an_acknowledged_case_that_is_not_there_is_found(url):
    body = b'{"case": {"id": "C-1"}, "decision": {"specialist": null}}'
    found = losses_in(url, [created(1, body)])
    assert "c-1: acknowledged, and its answer is not kept" in found
    assert "c-1: POST /v1/cases was acknowledged with 201, and is lost" in found


def test_other_bytes_for_a_repeated_request_are_found(url):
    exchange = created(1, b"{}")
    exchange.answers.append(Answered(201, b"{ }", replayed=True))
    assert "c-1: repeated, and got other bytes" in losses_in(url, [exchange])


def test_what_nobody_asked_for_is_found(url):
    assert any(one.startswith("request-1: ") and one.endswith("events, and nobody asked") for one in losses_in(url, []))


def test_a_journal_is_read_as_it_was_written_but_for_a_torn_line(tmp_path):
    path = tmp_path / "one.jsonl"
    with Journal(path) as journal:
        first = journal.ask("POST", "/v1/cases", "{}")
        journal.note(first, Answered(201, "{“é”}".encode(), etag='"2"'))
        journal.ask("PUT", "/v1/specialists/S-1/presence", "{}")
    with path.open("ab") as file:
        file.write(b'{"what": "answered", "id": "one-1", "sta')
    exchanges = list(read_journal(path).values())
    assert exchanges[0].acknowledged == Answered(201, "{“é”}".encode(), etag='"2"')
    assert [exchange.is_open for exchange in exchanges] == [False, True]
