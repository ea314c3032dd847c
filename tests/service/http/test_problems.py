"""Every error is problem details, with a message of value, rule and remedy."""

import json
from contextlib import closing
from http.client import HTTPConnection

import httpx
import pytest
from tests.service.http.serving import Service, running

from caserouter.domain.errors import SolverError, StoreError
from caserouter.service.http.problems import KINDS, MEDIA_TYPE


def problem_of(answer: httpx.Response, status: int, code: str) -> dict:
    """The problem of an answer, which has to be of this kind."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, MEDIA_TYPE), answer.text
    body = answer.json()
    assert (body["status"], body["code"], body["type"]) == (status, code, f"urn:caserouter:problem:{code}")
    assert body["title"] == KINDS[code].title
    assert body["request_id"] == answer.headers["x-request-id"]
    return body


def test_an_unknown_path_is_not_found(client):
    body = problem_of(client.get("/v1/nothing"), 404, "not_found")
    assert body["detail"] == "no such path; the paths are listed at /docs"


def test_a_slash_at_the_end_is_another_path(client):
    problem_of(client.get("/v1/cases/"), 404, "not_found")


def test_a_wrong_method_names_every_method_of_the_path(client):
    answer = client.delete("/v1/cases/C-1")
    body = problem_of(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "GET, PATCH"
    assert body["detail"] == "DELETE: not allowed here; use GET, PATCH"


@pytest.mark.parametrize(
    ("header", "detail"),
    [
        (None, "no key; send the header Authorization: Bearer cr_…"),
        ("Basic Zm9v", "not of the form Bearer cr_…; send the header"),
        ("Bearer two words", "not of the form Bearer cr_…; send the header"),
        ("Bearer cr_no_such_key", "an unknown key, or one that was revoked; send the header"),
    ],
)
def test_without_a_valid_key_nothing_is_answered(service, header, detail):
    answer = service.bare({"Authorization": header} if header else None).get("/v1/queue")
    body = problem_of(answer, 401, "unauthenticated")
    assert body["detail"].startswith(detail)
    assert answer.headers["www-authenticate"] == 'Bearer realm="caserouter"'


def test_a_key_without_the_scope_is_told_which_it_needs(service):
    reader = service.client("read", "route")
    body = problem_of(reader.get("/v1/audit"), 403, "forbidden")
    assert body["detail"].endswith("has read, route; manage is needed here; use a key with that scope")
    problem_of(reader.post("/v1/cases/C-1/reassign", json={}), 403, "forbidden")


def test_no_key_is_said_before_what_is_wrong_with_the_request(service):
    problem_of(service.bare().post("/v1/cases", content=b"{"), 401, "unauthenticated")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "EOF while parsing"),
        (b"{", "EOF while parsing"),
        (b"\xff", "expected value"),
        (b'{"type":"\\ud800"}', "unexpected end of hex escape"),
        (b'{"type":"\xed\xa0\x80"}', "invalid unicode"),
        (b'{"weight":' + b"9" * 5000 + b"}", "number out of range"),
        (b'{"linked_cases":' + b"[" * 500 + b"]" * 500 + b"}", "recursion limit"),
        (b'{"type":"a\x01"}', "control character"),
    ],
)
def test_what_is_no_json_is_malformed(client, raw, reason):
    body = problem_of(client.post("/v1/cases", content=raw, headers={"content-type": "application/json"}), 400, "malformed_body")
    assert reason in body["detail"]
    assert body["detail"].endswith("; send one JSON object, in UTF-8")


@pytest.mark.parametrize(
    ("body", "at", "rule"),
    [
        ('{"weight": 13}', "weight", "above 12, the most allowed"),
        ('{"weight": "3"}', "weight", "not a whole number"),
        ('{"weight": 1e400}', "weight", "not a whole number"),
        ('{"weight": 99999999999999999999999999}', "weight", "above 12, the most allowed"),
        ('{"weight": NaN}', "weight", "not a whole number"),
        ('{"weight": true}', "weight", "not a whole number"),
        ('{"status": "ready"}', "status", "unknown key"),
        ('{"type": "a\\u0000b"}', "", "a NUL character, which no text may hold"),
        ('{"type": ""}', "type", "empty"),
        ('{"type": "a;b"}', "type", "contains ';', '|' or a line break, which separate names in files"),
        ('{"amount": 1e300, "action": "refund"}', "amount", "not an amount with its currency"),
        ('{"amount": "5.00 USD"}', "", "amount 5.00 USD without an action"),
        ('{"resolution_due": "2026-12-01T00:00:00"}', "resolution_due", "a moment without a time zone"),
        ('{"resolution_due": 1790000000}', "resolution_due", "not a date and a time of day with a time zone"),
        ('{"required_skills": {"a": 6}}', "required_skills.a", "above 5, the most allowed"),
        ('{"risk_flags": ["angry"]}', "risk_flags.0", "not one of executive, media, legal, regulator"),
        ('{"required_credentials": [[]]}', "required_credentials.0.list", "too few values: at least 1"),
    ],
)
def test_each_finding_says_where_and_which_rule(client, body, at, rule):
    answer = client.post("/v1/cases", content=body.encode(), headers={"content-type": "application/json"})
    found = problem_of(answer, 422, "invalid_input")["findings"][0]
    assert found["rule"].startswith(rule), found
    assert found["at"] == at


def test_an_escaped_backslash_before_u0000_is_no_nul(client):
    assert client.post("/v1/cases", content=b'{"type": "a\\\\u0000b"}').status_code == 201


def test_everything_that_is_wrong_is_said_at_once(client):
    body = problem_of(client.post("/v1/cases", json={"weight": 0, "priority": 6, "nope": 1}), 422, "invalid_input")
    assert [(one["at"], one["rule"]) for one in body["findings"]] == [
        ("weight", "below 1, the least allowed"),
        ("priority", "above 5, the most allowed"),
        ("nope", "unknown key"),
    ]


def test_an_unknown_parameter_is_refused(client):
    body = problem_of(client.get("/v1/cases", params={"state": "ready"}), 422, "invalid_input")
    assert body["findings"][0] == {
        "at": "state",
        "value": "",
        "rule": "unknown parameter",
        "remedy": "leave it out; the parameters of this path are listed at /docs",
    }


def test_an_id_with_control_characters_is_refused(client):
    body = problem_of(client.get("/v1/cases/a%00b"), 422, "invalid_input")
    assert body["findings"][0]["at"] == "case_id"


def test_another_media_type_is_refused(client):
    answer = client.post("/v1/cases", content=b"<case/>", headers={"content-type": "application/xml"})
    assert problem_of(answer, 415, "unsupported_media_type")["detail"] == "application/xml: not read here; send application/json"
    answer = client.post("/v1/specialists/import", json={})
    assert problem_of(answer, 415, "unsupported_media_type")["detail"] == "application/json: not read here; send text/csv"


@pytest.mark.parametrize("media_type", ["application/json; charset=utf-8", "application/merge-patch+json", None])
def test_json_by_another_name_is_read(client, media_type):
    headers = {"content-type": media_type} if media_type else {}
    assert client.post("/v1/cases/preview", content=b"{}", headers=headers).status_code == 200


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A service of small limits."""
    with running(tmp_path_factory.mktemp("small"), body_limit=1_000, import_limit=2_000, pool_size=2) as started:
        yield started


def test_a_body_past_the_limit_is_refused_by_its_declared_length(small: Service):
    body = problem_of(small.client().post("/v1/cases", content=b" " * 1_001), 413, "body_too_large")
    assert body["detail"] == "more than 1,000 bytes: the largest body that is read here; send less, or raise the limit"


def test_a_chunked_body_counts_against_the_limit(small: Service):
    chunks = (b" " * 400 for _ in range(3))
    problem_of(small.client().post("/v1/cases", content=chunks), 413, "body_too_large")


def test_an_import_has_a_limit_of_its_own(small: Service):
    client = small.client()
    csv = {"content-type": "text/csv"}
    assert client.post("/v1/specialists/import", content=b"id,capacity\n" + b"\n" * 1_500, headers=csv).status_code == 200
    problem_of(client.post("/v1/specialists/import", content=b"\n" * 2_001, headers=csv), 413, "body_too_large")


def test_a_body_that_does_not_arrive_is_given_up(tmp_path):
    with running(tmp_path, body_seconds=0.3) as impatient:
        url, headers = httpx.URL(impatient.url), {"Authorization": f"Bearer {impatient.key()}", "Content-Length": "9"}
        with closing(HTTPConnection(url.host, url.port, timeout=30)) as connection:
            connection.request("POST", "/v1/cases", b"{", headers)
            answer = connection.getresponse()
            detail = json.loads(answer.read())["detail"]
    assert answer.status == 408
    assert detail == "the body was not complete after 0.3 s; send it faster, or in parts"


def test_a_key_past_its_own_limit_waits(service):
    limited, free = service.client("read", rate_per_minute=2), service.client("read")
    assert [limited.get("/v1/queue").status_code for _ in range(2)] == [200, 200]
    answer = limited.get("/v1/queue")
    body = problem_of(answer, 429, "too_many_requests")
    assert 1 <= int(answer.headers["retry-after"]) <= 61
    assert body["detail"].startswith("more than 2 requests a minute, the limit of key K-")
    assert {free.get("/v1/queue").status_code for _ in range(50)} == {200}


@pytest.mark.parametrize(
    ("error", "status", "code", "headers"),
    [
        (StoreError("the database is busy: secret", retryable=True), 503, "store_error", {"retry-after": "1"}),
        (StoreError("the schema is another one"), 503, "store_error", {}),
        (SolverError("costs too large"), 500, "solver_error", {}),
        (ZeroDivisionError("a bug of ours: secret"), 500, "error", {}),
    ],
)
def test_trouble_of_ours_is_logged_and_not_told(service, client, monkeypatch, caplog, error, status, code, headers):
    def fail(*_args: object) -> None:
        raise error

    monkeypatch.setattr(service.engine, "read", fail)
    answer = client.get("/v1/queue")
    body = problem_of(answer, status, code)
    assert body["detail"] == KINDS[code].example
    assert "secret" not in answer.text
    assert {name: answer.headers[name] for name in headers} == headers
    assert [record.levelname for record in caplog.records if record.exc_info] == ["ERROR"]
