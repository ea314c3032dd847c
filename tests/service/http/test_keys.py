"""API keys over HTTP: made, rotated, revoked; their tokens are told once."""

import pytest


def test_a_key_opens_what_its_scopes_say(service, client):
    made = client.post("/v1/keys", json={"name": "CRM", "scopes": ["read"], "rate_per_minute": 100})
    assert made.status_code == 201
    user = service.bare({"Authorization": f"Bearer {made.json()['token']}"})
    assert user.get("/v1/queue").status_code == 200
    assert user.post("/v1/cases", json={}).status_code == 403


def test_a_token_is_told_once(client):
    made = client.post("/v1/keys", json={"name": "CRM", "scopes": ["read"]}).json()
    listed = client.get("/v1/keys")
    assert made["key"] in listed.json()["items"]
    assert made["token"] not in listed.text
    assert made["token"].rpartition("_")[2] not in client.get("/v1/audit", params={"limit": 500}).text


def test_an_idempotency_key_keeps_no_token(client, name):
    header = {"Idempotency-Key": name}
    first, second = (client.post("/v1/keys", json={"name": "CRM", "scopes": ["read"]}, headers=header) for _ in range(2))
    assert first.json()["token"] != second.json()["token"]
    assert "idempotency-replayed" not in second.headers


def test_a_rotated_key_works_for_a_while_still(service, client):
    old = client.post("/v1/keys", json={"name": "CRM", "scopes": ["read"]}).json()
    new = client.post(f"/v1/keys/{old['key']['id']}/rotate")
    assert new.status_code == 201
    for token in (old["token"], new.json()["token"]):
        assert service.bare({"Authorization": f"Bearer {token}"}).get("/v1/queue").status_code == 200
    listed = {key["id"]: key for key in client.get("/v1/keys").json()["items"]}
    assert listed[old["key"]["id"]]["replaced_by"] == new.json()["key"]["id"]
    assert client.post(f"/v1/keys/{old['key']['id']}/rotate").status_code == 409


def test_without_an_overlap_the_old_key_ends_at_once(service, client):
    old = client.post("/v1/keys", json={"name": "CRM", "scopes": ["read"]}).json()
    user = service.bare({"Authorization": f"Bearer {old['token']}"})
    assert user.get("/v1/queue").status_code == 200
    client.post(f"/v1/keys/{old['key']['id']}/rotate", json={"overlap_hours": 0})
    answer = user.get("/v1/queue")
    assert answer.status_code == 401
    assert answer.json()["detail"].startswith(f"key {old['key']['id']} ended at ")
    assert answer.json()["detail"].endswith("; use the one that replaced it")


def test_a_revoked_key_ends_at_once(service, client):
    made = client.post("/v1/keys", json={"name": "CRM", "scopes": ["read"]}).json()
    user = service.bare({"Authorization": f"Bearer {made['token']}"})
    assert user.get("/v1/queue").status_code == 200
    assert client.delete(f"/v1/keys/{made['key']['id']}").json()["revoked_at"] is not None
    assert user.get("/v1/queue").status_code == 401


@pytest.mark.parametrize(
    ("body", "status", "detail"),
    [
        ({"name": "", "scopes": ["read"]}, 422, "name: empty"),
        ({"name": "x", "scopes": []}, 422, "scopes: too few values: at least 1"),
        ({"name": "x", "scopes": ["all"]}, 422, "scopes.0: all: not one of route, read, manage, supervise"),
        (
            {"name": "x", "scopes": ["read"], "expires_at": "2020-01-01T00:00:00Z"},
            422,
            "expires_at 2020-01-01T00:00:00+00:00: that is over",
        ),
        ({"name": "x", "scopes": ["read"], "rate_per_minute": 0}, 422, "rate_per_minute: 0: below 1, the least allowed"),
    ],
)
def test_what_is_no_key_is_refused(client, body, status, detail):
    answer = client.post("/v1/keys", json=body)
    assert answer.status_code == status
    assert answer.json()["detail"].startswith(detail), answer.json()["detail"]


def test_an_unknown_key_is_not_found(client):
    for answer in (client.delete("/v1/keys/K-none"), client.post("/v1/keys/K-none/rotate")):
        assert (answer.status_code, answer.json()["ids"]) == (404, ["K-none"])
