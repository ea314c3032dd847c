"""Health, readiness, metrics, request ids and the access log."""

import logging

import pytest
from tests.waiting import until

from caserouter.domain.errors import StoreError


def test_health_and_readiness_need_no_key(service):
    client = service.bare()
    assert client.get("/health").json() == {"status": "ok"}
    ready = client.get("/ready").json()
    assert ready["status"] == "ready"
    assert ready["seq"] > 0


def test_a_database_that_does_not_answer_is_not_ready(service, monkeypatch):
    def fail():
        raise StoreError("the disk is full")

    monkeypatch.setattr(service.engine.database, "writing", fail)
    answer = service.bare().get("/ready")
    assert (answer.status_code, answer.json()["code"]) == (503, "not_ready")
    assert answer.json()["detail"] == "the database does not answer, or cannot be written; try again in a moment"
    assert service.bare().get("/health").status_code == 200


def test_metrics_count_requests_by_route_and_never_by_path(service, client, name):
    client.get(f"/v1/cases/{name}")
    client.get(f"/{name}")
    client.post("/v1/cases", json={"required_skills": {"juggling": 5}})
    answer = service.bare().get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert 'caserouter_http_requests_total{method="GET",route="/v1/cases/{case_id}",status="404"}' in answer.text
    assert 'caserouter_http_requests_total{method="GET",route="unmatched",status="404"}' in answer.text
    assert 'caserouter_decisions_total{status="queued"}' in answer.text
    assert 'caserouter_open_cases{status="queued"} ' in answer.text
    assert "caserouter_due_items " in answer.text
    assert name not in answer.text


def test_a_request_keeps_the_id_that_it_came_with(service):
    answer = service.bare().get("/health", headers={"X-Request-Id": "crm-1.a_b"})
    assert answer.headers["x-request-id"] == "crm-1.a_b"


@pytest.mark.parametrize("given", ["", "with space", "x" * 65, "<script>"])
def test_what_is_no_request_id_is_replaced(service, given):
    answer = service.bare().get("/health", headers={"X-Request-Id": given})
    assert len(answer.headers["x-request-id"]) == 16
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_access_log_holds_nothing_personal(service, caplog):
    caplog.set_level(logging.INFO, "caserouter")
    client = service.client()
    token = client.headers["authorization"].removeprefix("Bearer ")
    client.get("/v1/cases/ana@example.org", params={})
    client.get("/v1/cases", params={"external_id": "ana@example.org"})
    client.post("/v1/cases", json={"customer": "ana@example.org"})
    until(lambda: len(lines_of(token, caplog)) == 3)  # a line is written once its answer was sent
    lines = lines_of(token, caplog)
    assert [line.route for line in lines] == ["/v1/cases/{case_id}", "/v1/cases", "/v1/cases"]
    assert [line.status for line in lines] == [404, 200, 201]
    written = " ".join(str(vars(line)) for line in caplog.records)
    assert "ana@" not in written
    assert token not in written


def lines_of(token, caplog):
    """The lines about requests with a key."""
    key = f"K-{token.split('_')[1]}"
    return [record for record in caplog.records if record.name == "caserouter.access" and getattr(record, "key_id", None) == key]
