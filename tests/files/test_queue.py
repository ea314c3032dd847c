"""All files of one job: each file's problems, those between files, and what may be set aside."""

from datetime import UTC, datetime

import pytest

from caserouter.domain.errors import InvalidInput, NotFound
from caserouter.files.queue import load_queue, read_queue

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
CASES = "id,created,required_skills\nC-1,2026-03-01T10:00Z,claims:2\nC-2,2026-03-01T10:00Z,claims:2\n"
ROSTER = "id,capacity,skills\nS-1,8,claims:4\n"


def messages(queue):
    return [f"{finding.severity} {str(finding).rpartition('/')[2]}" for finding in queue.findings]


def test_a_clean_job_loads_with_the_default_policy(write):
    queue = load_queue(write("c.csv", CASES), write("s.csv", ROSTER), at=NOW)
    assert ([case.id for case in queue.cases], len(queue.specialists)) == (["C-1", "C-2"], 1)
    assert (queue.findings, queue.bad_rows, queue.settings.name) == ((), (), "default")


def test_problems_of_all_files_come_at_once(write):
    with pytest.raises(
        InvalidInput, match=r"^the files cannot be routed: 4 problems, first .*p\.yaml:1, prices\.hours"
    ) as caught:
        load_queue(
            write("c.csv", "id,created\nC-1,x\n"),
            write("s.csv", "id,capacity\nS-1,x\n"),
            write("a.csv", "id,health\nA-1,900\n"),
            write("p.yaml", "prices: {hours: 3}\n"),
            at=NOW,
        )
    assert [finding.file.rpartition("/")[2] for finding in caught.value.findings] == ["p.yaml", "c.csv", "s.csv", "a.csv"]


def test_bad_rows_are_set_aside_and_listed(write):
    cases = write("c.csv", CASES + "C-3,x,\nC-4,2026-03-01T10:00Z,\n")
    with pytest.raises(InvalidInput, match="1 problem"):
        load_queue(cases, write("s.csv", ROSTER), at=NOW)
    queue = load_queue(cases, write("s.csv", ROSTER), at=NOW, skip_bad=True)
    assert [case.id for case in queue.cases] == ["C-1", "C-2", "C-4"]
    assert [(row.line, row.values["id"], len(row.findings)) for row in queue.bad_rows] == [(4, "C-3", 1)]


def test_a_row_that_only_the_tables_together_show_to_be_wrong_is_set_aside_too(write):
    cases = write("c.csv", "id,created,jurisdiction\nC-1,2026-03-01T10:00Z,ZZZ\nC-2,2026-03-01T10:00Z,NY\n")
    queue = load_queue(cases, write("s.csv", ROSTER), at=NOW, skip_bad=True)
    assert [case.id for case in queue.cases] == ["C-2"]
    assert [row.line for row in queue.bad_rows] == [2]


def test_what_concerns_a_whole_file_cannot_be_set_aside(write):
    with pytest.raises(InvalidInput, match=r"unknown column; did you mean capacity\?"):
        load_queue(write("c.csv", CASES), write("s.csv", "id,capacity,capcity\nS-1,8,8\n"), at=NOW, skip_bad=True)


def test_a_broken_policy_raises_no_false_alarm_about_amounts(write):
    cases = write("c.csv", "id,created,action,amount\nC-1,2026-03-01 10:00,refund,5 EUR\n")
    queue = read_queue(cases, write("s.csv", ROSTER), policy=write("p.yaml", "currency: EURO\n"), at=NOW)
    assert messages(queue) == ["error p.yaml:1, currency: EURO: not of the form ^[A-Z]{3}$"]


def test_a_policy_that_names_a_time_zone_allows_naive_times(write):
    cases = write("c.csv", "id,created\nC-1,2026-03-01 10:00\n")
    queue = load_queue(cases, write("s.csv", ROSTER), policy=write("p.yaml", "time_zone: America/New_York\n"), at=NOW)
    assert queue.cases[0].created == datetime(2026, 3, 1, 15, tzinfo=UTC)


def test_one_table_alone_can_be_checked(write):
    queue = read_queue(specialists=write("s.csv", ROSTER), at=NOW)
    assert (queue.cases, len(queue.specialists), queue.findings) == ((), 1, ())


def test_one_yaml_file_may_hold_every_table(write):
    path = write("q.yaml", "cases:\n- {id: X, created: 2026-03-01T10:00Z}\nspecialists:\n- {id: X, capacity: 2}\n")
    queue = load_queue(path, path, at=NOW)
    assert (queue.cases[0].id, queue.specialists[0].id) == ("X", "X")


def test_every_file_must_exist(write, tmp_path):
    with pytest.raises(NotFound, match=r"p\.yaml: no such file"):
        load_queue(write("c.csv", CASES), write("s.csv", ROSTER), policy=tmp_path / "p.yaml")
