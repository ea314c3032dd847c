"""The service as one process on SQLite: its start, its end, and what keeps it from starting."""

import os
import re
import signal
import stat
import threading
from pathlib import Path

import httpx
import pytest
from tests.serving import END_SECONDS, RunningService
from tests.waiting import until

CASE = {"external_id": "crm-1", "source": "crm", "type": "billing"}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """A service that no test stops."""
    with RunningService(tmp_path_factory.mktemp("service")) as running:
        yield running


def test_the_first_start_makes_a_database_and_a_key_that_works(service):
    assert (service.folder / "caserouter.db").is_file()
    with service.client() as client:
        assert client.get("/ready").status_code == 200
        assert client.post("/v1/cases", json=CASE).status_code == 201


def test_the_first_key_is_in_a_file_for_this_user_alone(service):
    file = service.folder / "caserouter-first-key.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert f"the first API key, with every scope, is in {file}" in service.said()


def test_it_says_that_it_compiles_before_it_says_where_it_listens(service):
    said = service.said()
    assert 0 <= said.find("compiling the routing kernels: up to half a minute the first time") < said.find("listens on")


def test_what_it_says_is_json_lines_with_request_ids_and_never_the_key(tmp_path):
    with RunningService(tmp_path) as service:
        with service.client() as client:
            client.post("/v1/cases", json=CASE, headers={"X-Request-Id": "r-17"})
        service.process.send_signal(signal.SIGTERM)
        out, _ = service.process.communicate(timeout=END_SECONDS)
    assert (service.process.returncode, out) == (0, b"")
    (request,) = [line for line in service.log() if line.get("request_id") == "r-17"]
    assert (request["method"], request["route"], request["status"]) == ("POST", "/v1/cases", 201)
    assert service.log()[-1]["message"] == "stopped"
    assert service.first_key not in service.said()


def test_every_metric_is_documented(service):
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "operate-the-service.md").read_text(encoding="utf-8")
    text = httpx.get(f"{service.url}/metrics").text
    names = set(re.findall(r"^# TYPE (caserouter_\w+) ", text, flags=re.MULTILINE))
    assert names
    assert {name for name in names if not name.endswith("_created") and f"| `{name}` |" not in page} == set()


def test_a_second_process_on_the_same_file_is_refused_with_the_reason(service):
    second = RunningService(service.folder)
    assert second.wait() == 4
    database = service.folder / "caserouter.db"
    assert second.said().startswith(f"error: {database}: process {service.process.pid} has it open; stop that process")


def test_a_port_in_use_is_refused_before_anything_is_touched(service, tmp_path_factory):
    folder = tmp_path_factory.mktemp("second")
    port = httpx.URL(service.url).port
    second = RunningService(folder, port=port)
    assert second.wait() == 4
    assert second.said() == (
        f"error: 127.0.0.1:{port}: the port is in use; stop what listens there, or choose another one with --port\n"
    )
    assert [path.name for path in folder.iterdir()] == [second.errors.name]


def test_told_to_stop_it_finishes_the_requests_that_were_begun(tmp_path):
    """Each answered case is there afterwards, under the key of the first start; of the others, none was begun."""
    with RunningService(tmp_path) as service:
        created, unanswered = create_until_it_stops(service)
    (tmp_path / "caserouter-first-key.txt").rename(tmp_path / "kept")
    token = (tmp_path / "kept").read_text(encoding="utf-8").strip()
    with RunningService(tmp_path) as again, again.client(token) as client:
        assert not (tmp_path / "caserouter-first-key.txt").exists()
        assert all(client.get(f"/v1/cases/{case}").status_code == 200 for case in created)
        repeated = [client.post("/v1/cases", json=CASE | {"external_id": external_id}) for external_id in unanswered]
        assert [answer.status_code for answer in repeated] == [201, 201, 201, 201]  # 200 if it was there


def create_until_it_stops(service: RunningService) -> tuple[list[str], list[str]]:
    """Create cases in four threads while the service is told to stop.

    Returns
    -------
    tuple
        The ids of the cases that were answered, and of each thread the external id that was not: its connection was refused, or was
        closed just as the request set out.
    """
    created: list[str] = []
    unanswered: list[str] = []

    def create(thread: int) -> None:
        with service.client() as client:
            for attempt in range(10_000):
                external_id = f"{thread}-{attempt}"
                try:
                    answer = client.post("/v1/cases", json=CASE | {"external_id": external_id})
                except (httpx.NetworkError, httpx.RemoteProtocolError):
                    unanswered.append(external_id)
                    return
                assert answer.status_code == 201
                created.append(answer.json()["case"]["id"])

    threads = [threading.Thread(target=create, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    until(lambda: len(created) > 40)
    assert service.stop(signal.SIGINT) == 0
    for thread in threads:
        thread.join()
    return created, unanswered


def test_told_to_stop_while_it_starts_it_leaves_at_once(tmp_path):
    service = RunningService(tmp_path)
    until((tmp_path / "caserouter.db").exists)
    assert service.stop() == 0


def test_the_test_clock_moves_the_running_service(tmp_path):
    clock = tmp_path / "clock"
    clock.write_text("2026-03-02T10:00:00Z", encoding="utf-8")
    with RunningService(tmp_path, environment={"CASEROUTER_TEST_CLOCK": str(clock)}) as service, service.client() as client:
        first = client.post("/v1/cases", json=CASE).json()
        clock.write_text("2026-03-02T11:30:00Z", encoding="utf-8")
        second = client.post("/v1/cases", json=CASE | {"external_id": "crm-2"}).json()
    assert first["case"]["created"].startswith("2026-03-02T10:00:00")
    assert second["case"]["created"].startswith("2026-03-02T11:30:00")


def test_on_a_terminal_the_first_key_is_shown_once_and_written_nowhere(tmp_path):
    terminal, its_end = os.openpty()
    try:
        with RunningService(tmp_path, stdout=its_end) as service:
            os.close(its_end)
            shown = os.read(terminal, 10_000).decode()
            (token,) = re.findall(r"cr_[0-9a-f]{10}_[0-9a-f]{64}", shown)
            with service.client(token) as client:
                assert client.get("/v1/keys").status_code == 200
    finally:
        os.close(terminal)
    assert "First API key, shown this once:" in shown
    assert not (tmp_path / "caserouter-first-key.txt").exists()
    assert token not in service.said()
