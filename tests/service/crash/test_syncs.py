"""Each acknowledged answer follows a sync of its commit, as the system calls tell. Killing processes cannot show that: the kernel outlives them."""

import json

import pytest
from tests.service.crash.client import Client
from tests.service.crash.cluster import Cluster
from tests.service.crash.journal import Journal
from tests.service.crash.tracing import read_trace, traced, unsynced, why_not
from tests.serving import RunningService
from tests.waiting import until

NUM_CASES = 12
TRACE = """\
11 100.000100 read(9<socket:[5]>, "POST /v1/cases HTTP/1.1", 65536) = 23 <0.000010>
11 100.000200 fdatasync(7</data/caserouter.db-wal> <unfinished ...>
12 100.000300 read(8<pipe:[6]>, "x", 1) = 1 <0.000010>
11 100.000500 <... fdatasync resumed>) = 0 <0.000200>
11 100.000600 write(9<socket:[5]>, "HTTP/1.1 201 Created", 20) = 20 <0.000010>
"""


@pytest.fixture(scope="module")
def strace():
    if reason := why_not():
        pytest.skip(reason)


def work(service, folder):
    """Creations and changes, one after the other; how many were acknowledged."""
    with Journal(folder / "one.jsonl") as journal, Client(service.url, service.first_key, journal) as client:
        body = json.dumps({"capacity": 5})
        answers = [client.request("PUT", "/v1/specialists/S-1", body)]
        for number in range(NUM_CASES):
            answer = client.request("POST", "/v1/cases", json.dumps({"external_id": str(number)}))
            answers += [answer, client.request("POST", f"/v1/cases/{answer.document()['case']['id']}/resolve")]
        assert all(answer.acknowledges for answer in answers)
    return len(answers)


@pytest.mark.slow
def test_on_sqlite_each_answer_follows_a_sync_of_the_log(tmp_path, strace):
    trace = tmp_path / "trace"
    with RunningService(tmp_path, "--reoptimise-seconds", "0") as service:
        with traced(trace, service.process.pid):
            num_answers = work(service, tmp_path)
        calls = read_trace(trace)
    assert sum('"HTTP/1.1 2' in call.arguments for call in calls) == num_answers
    assert unsynced(calls, calls, "caserouter.db-wal") == []


@pytest.mark.slow
def test_on_postgresql_each_answer_follows_a_sync_of_its_log(tmp_path, strace):
    """The server is traced from before the service connects, so that every process of it is."""
    with Cluster() as cluster:
        url = cluster.new_database("traced")
        with traced(tmp_path / "server", cluster.pid):
            arguments = ("--database-url", url, "--workers", "2", "--pool-size", "2", "--reoptimise-seconds", "0")
            with RunningService(tmp_path, *arguments) as service:
                until(lambda: len(service.pids("worker")) == 2)
                with traced(tmp_path / "service", *service.pids("worker")):
                    num_answers = work(service, tmp_path)
    served, synced = read_trace(tmp_path / "service"), read_trace(tmp_path / "server")
    assert sum('"HTTP/1.1 2' in call.arguments for call in served) == num_answers
    assert unsynced(served, synced, "/pg_wal/") == []


def test_a_sync_between_request_and_answer_is_seen(tmp_path):
    (tmp_path / "trace").write_text(TRACE)
    calls = read_trace(tmp_path / "trace")
    assert unsynced(calls, calls, "caserouter.db-wal") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("fdatasync(7</data/caserouter.db-wal>", "fdatasync(7</data/other>"),
        ("100.000500 <... fdatasync resumed>) = 0 <0.000200>", "100.000900 <... fdatasync resumed>) = 0 <0.000700>"),
        ("fdatasync resumed>) = 0", "fdatasync resumed>) = -1"),
    ],
)
def test_an_answer_without_a_sync_that_has_ended_well_is_found(tmp_path, old, new):
    (tmp_path / "trace").write_text(TRACE.replace(old, new))
    calls = read_trace(tmp_path / "trace")
    assert unsynced(calls, calls, "caserouter.db-wal") == [0]
