"""Versions of the policy over HTTP."""

DOCUMENT = {"routing": {"name": "autumn"}, "acceptance": {"minutes": 15}, "warn_hours": 3}


def test_a_version_is_added_read_and_made_active(client):
    added = client.post("/v1/policies", json=DOCUMENT)
    assert added.status_code == 201
    line = added.json()
    assert (line["name"], line["active"], line["activated_at"]) == ("autumn", False, None)
    assert added.headers["location"] == f"/v1/policies/{line['version']}"
    read = client.get(added.headers["location"]).json()
    assert (read["document"]["warn_hours"], read["document"]["routing"]["version"]) == (3.0, line["version"])
    assert client.post(f"/v1/policies/{line['version']}/activate").json()["active"] is True
    assert client.get("/v1/policies/active").json()["version"] == line["version"]
    versions = client.get("/v1/policies").json()["items"]
    assert [one["version"] for one in versions if one["active"]] == [line["version"]]
    assert [one["version"] for one in versions] == sorted((one["version"] for one in versions), reverse=True)
    client.post("/v1/policies/1/activate")


def test_a_document_that_is_read_may_be_added_again(client):
    document = client.get("/v1/policies/1").json()["document"]
    assert client.post("/v1/policies", json=document).status_code == 201


def test_a_policy_that_contradicts_itself_is_refused(client):
    target = {"first_response_hours": 1}
    answer = client.post("/v1/policies", json={"targets": [target, {"priorities": [1], **target}]})
    assert answer.status_code == 422
    assert [one["at"] for one in answer.json()["findings"]] == ["targets.1"]


def test_everything_wrong_in_a_policy_is_said_with_its_place(client):
    answer = client.post("/v1/policies", json={"routing": {"prices": {"hour": -1}}, "acceptance": {"seconds": 3}, "warn": 1})
    findings = answer.json()["findings"]
    assert [one["at"] for one in findings] == ["routing.prices.hour", "acceptance.seconds", "warn"]


def test_an_unknown_version_is_not_found(client):
    for answer in (client.get("/v1/policies/999"), client.post("/v1/policies/999/activate")):
        assert (answer.status_code, answer.json()["detail"]) == (404, "policy 999: there is no such version; add it first")


def test_a_version_is_a_number(client):
    for version in ("zero", "0", str(2**40)):
        answer = client.get(f"/v1/policies/{version}")
        assert (answer.status_code, answer.json()["findings"][0]["at"]) == (422, "version")
