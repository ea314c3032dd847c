"""Accounts over HTTP."""


def test_what_is_put_is_what_is_read(client, name):
    sent = {"owner": "S-1", "tier": "gold", "health": 64.5, "at_risk": True}
    answer = client.put(f"/v1/accounts/{name}", json=sent)
    assert answer.status_code == 201
    assert answer.json() == {"id": name, "version": 1, **sent}
    read = client.get(f"/v1/accounts/{name}")
    assert (read.content, read.headers["etag"]) == (answer.content, '"1"')


def test_a_tool_pushes_one_field(client, name):
    client.put(f"/v1/accounts/{name}", json={"owner": "S-1", "health": 80})
    url = f"/v1/accounts/{name}"
    assert client.patch(url, json={"health": 30}).status_code == 428
    changed = client.patch(url, json={"health": 30, "at_risk": True}, headers={"If-Match": "*"}).json()
    assert changed == {"id": name, "version": 2, "owner": "S-1", "tier": None, "health": 30.0, "at_risk": True}
    assert client.patch(url, json={"owner": None}, headers={"If-Match": '"2"'}).json()["owner"] is None
    answer = client.patch(url, json={"health": 10}, headers={"If-Match": '"2"'})
    assert (answer.status_code, answer.json()["detail"]) == (412, f'{name} is at version "3", not "2"; read it again')


def test_health_has_bounds(client, name):
    answer = client.put(f"/v1/accounts/{name}", json={"health": 100.5})
    assert answer.json()["findings"] == [{"at": "health", "value": "100.5", "rule": "above 100, the most allowed", "remedy": ""}]


def test_an_unknown_account_is_not_found(client):
    for answer in (client.get("/v1/accounts/A-none"), client.patch("/v1/accounts/A-none", json={}, headers={"If-Match": "*"})):
        assert answer.status_code == 404
        assert answer.json()["detail"].startswith("A-none: ")


def test_lists_are_filtered_and_paged(client, name):
    for number in range(3):
        client.put(f"/v1/accounts/{name}-{number}", json={"owner": name, "at_risk": number == 1})
    first = client.get("/v1/accounts", params={"owner": name, "limit": 2}).json()
    rest = client.get("/v1/accounts", params={"owner": name, "limit": 2, "cursor": first["next"]}).json()
    assert [one["id"] for one in first["items"] + rest["items"]] == [f"{name}-{number}" for number in range(3)]
    risky = client.get("/v1/accounts", params={"owner": name, "at_risk": True}).json()["items"]
    assert [one["id"] for one in risky] == [f"{name}-1"]
