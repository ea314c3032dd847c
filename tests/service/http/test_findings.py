"""Every refusal of what a request says names the place, the value, the rule and the remedy."""

import pytest

PAST, FUTURE = "2020-01-01T00:00:00Z", "2090-01-01T00:00:00Z"


def finding_of(answer):
    assert answer.status_code == 422, answer.text
    (found,) = answer.json()["findings"]
    assert found["rule"]
    assert found["remedy"]
    return found["at"], found["value"]


@pytest.mark.parametrize(
    ("path", "body", "at", "value"),
    [
        ("/v1/cases", {"commitments": [{"due": PAST}]}, "due", "2020-01-01T00:00:00+00:00"),
        ("/v1/cases", {"occurred_at": FUTURE}, "occurred_at", "2090-01-01T00:00:00+00:00"),
        ("/v1/cases", {"excluded_specialists": ["s-ALL"]}, "excluded_specialists", "s-ALL"),
        ("/v1/cases/preview", {"jurisdiction": "New York"}, "jurisdiction", "New York"),
        ("/v1/cases/preview", {"linked_cases": ["4711"]}, "linked_cases", "4711"),
        ("/v1/keys", {"name": "x", "scopes": ["read"], "expires_at": PAST}, "expires_at", "2020-01-01T00:00:00+00:00"),
        ("/v1/cases/{case}/wait", {"on": "department"}, "department", ""),
        ("/v1/cases/{case}/wait", {"on": "customer", "department": "legal"}, "department", "legal"),
        ("/v1/cases/{case}/wait", {"on": "customer", "follow_up": PAST}, "follow_up", "2020-01-01T00:00:00+00:00"),
        ("/v1/cases/{case}/commitments", {"due": PAST}, "due", "2020-01-01T00:00:00+00:00"),
    ],
)
def test_a_refusal_has_a_finding(client, path, body, at, value):
    client.put("/v1/specialists/S-1", json={"capacity": 100})  # who holds the case, which could not wait otherwise
    case = client.post("/v1/cases", json={}).json()["case"]["id"]
    assert finding_of(client.post(path.format(case=case), json=body)) == (at, value)


def test_a_bad_cursor_has_a_finding(client):
    assert finding_of(client.get("/v1/cases", params={"cursor": "x"})) == ("cursor", "x")


def test_a_reused_key_has_a_finding(client, name):
    header = {"Idempotency-Key": name}
    client.post("/v1/cases", json={"weight": 1}, headers=header)
    answer = client.post("/v1/cases", json={"weight": 2}, headers=header)
    assert finding_of(answer) == ("Idempotency-Key", name)


def test_an_empty_body_is_none_whatever_its_type(client):
    case = client.post("/v1/cases", json={}).json()["case"]["id"]
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post(f"/v1/cases/{case}/resolve", content=b"", headers=form).status_code == 200
    assert client.post(f"/v1/cases/{case}/reopen", content=b"reason=x", headers=form).status_code == 415
