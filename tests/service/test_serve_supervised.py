"""The service as several processes on PostgreSQL."""

import os
import signal
import time
from itertools import count

import httpx
import pytest
from tests.postgres import postgres_url
from tests.processes import is_running
from tests.serving import RunningService
from tests.waiting import until

CASE = {"source": "crm", "type": "billing"}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """A service that no test stops."""
    with start(tmp_path_factory.mktemp("service")) as running:
        yield running


def start(folder) -> RunningService:
    return RunningService(folder, "--database-url", postgres_url(), "--workers", "2", "--pool-size", "3")


def all_started(service: RunningService) -> bool:
    return len(service.pids("worker")) == 2 and len(service.pids("keeper")) == 1


def test_the_key_of_the_first_start_works_and_cases_are_created(service):
    with service.client() as client:
        answer = client.post("/v1/cases", json=CASE | {"external_id": "crm-1"})
        assert answer.status_code == 201
        assert client.get(f"/v1/cases/{answer.json()['case']['id']}").status_code == 200


def deaths(service: RunningService) -> list[object]:
    """Process ids of those that have died so far."""
    return [line["pid"] for line in service.log() if line["message"].startswith("a process died")]


def test_a_worker_that_is_killed_is_started_again_and_the_service_stays_up(service):
    until(lambda: all_started(service))
    before, victim, numbers = deaths(service), service.pids("worker")[0], count(1)
    os.kill(victim, signal.SIGKILL)
    until(lambda: not is_running(victim))
    transport = httpx.HTTPTransport(retries=3)
    headers = {"Authorization": f"Bearer {service.first_key}"}
    with httpx.Client(base_url=service.url, headers=headers, transport=transport, timeout=30) as client:

        def is_complete_again():
            answer = client.post("/v1/cases", json=CASE | {"external_id": f"after-the-kill-{next(numbers)}"})
            assert answer.status_code == 201
            return all_started(service)

        until(is_complete_again)
    assert deaths(service) == [*before, victim]


def test_a_keeper_that_is_killed_is_started_again(service):
    until(lambda: all_started(service))
    victim = service.pids("keeper")[0]
    os.kill(victim, signal.SIGKILL)
    until(lambda: all_started(service) and service.pids("keeper") != [victim])


def test_told_to_stop_all_processes_end(tmp_path):
    with start(tmp_path) as service:
        until(lambda: all_started(service))
        pids = service.pids("worker") + service.pids("keeper")
        assert service.stop() == 0
        assert not any(is_running(pid) for pid in pids)
        assert service.log()[-1]["message"] == "stopped"
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{service.url}/health")


@pytest.mark.parametrize("later", [0.0, 0.3])
def test_ctrl_c_while_a_worker_starts_is_no_error_and_heard_without_a_word(tmp_path, later):
    """It reaches every process at once, also one that is still being imported."""
    service = start(tmp_path)
    until(lambda: "a process was started" in service.said())
    time.sleep(later)
    os.killpg(service.process.pid, signal.SIGINT)
    assert service.wait() == 0
    assert "Traceback" not in service.said()


def test_a_killed_supervisor_leaves_no_orphan(tmp_path):
    with start(tmp_path) as service:
        until(lambda: all_started(service))
        pids = service.pids("worker") + service.pids("keeper")
        os.kill(service.process.pid, signal.SIGKILL)
        until(lambda: not any(is_running(pid) for pid in pids))


def test_an_empty_database_is_refused_with_the_command_that_mends_it(tmp_path):
    service = RunningService(tmp_path, "--database-url", postgres_url(empty=True))
    assert service.wait() == 5
    assert "caserouter db upgrade" in service.said()


def test_too_many_connections_are_refused(tmp_path):
    service = RunningService(tmp_path, "--database-url", postgres_url(), "--workers", "64", "--pool-size", "100")
    assert service.wait() == 2
    assert "error: 64 workers × pool_size 100: 6405 connections with the keeper's, and the database allows" in service.said()


def test_metrics_of_all_workers_are_added_up(service):
    until(lambda: all_started(service))
    for _ in range(40):
        with service.client() as client:  # a connection each, so that both workers get some
            assert client.get("/v1/keys").status_code == 200
    until(lambda: num_lists_of_keys(service) == 40)  # a request is counted once its answer was sent


def num_lists_of_keys(service: RunningService) -> float:
    """How often the keys were listed, as the metrics say."""
    text = httpx.get(f"{service.url}/metrics").text
    (line,) = [line for line in text.splitlines() if line.startswith("caserouter_http_requests_total") and '"/v1/keys"' in line]
    return float(line.rpartition(" ")[2])
