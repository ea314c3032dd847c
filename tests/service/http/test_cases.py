"""Cases: created, previewed, read, changed, listed."""

import pytest
from tests.service.http.serving import Service


@pytest.fixture(scope="module")
def client(service: Service):
    """A client, with somebody who takes everything."""
    made = service.client()
    assert made.put("/v1/specialists/S-all", json={"capacity": 1_000}).status_code == 201
    return made


def test_a_case_is_routed_when_it_is_created(client):
    answer = client.post("/v1/cases", json={"type": "billing", "weight": 2})
    assert answer.status_code == 201
    body = answer.json()
    assert body["decision"] == {
        "specialist": "S-all",
        "status": "ready",
        "offer_until": None,
        "needs_approval": False,
        "why": None,
    }
    assert (body["case"]["holder"], body["case"]["status"], body["case"]["weight"]) == ("S-all", "ready", 2)
    assert answer.headers["location"] == f"/v1/cases/{body['case']['id']}"
    assert answer.headers["etag"] == f'"{body["case"]["version"]}"'
    assert answer.headers["cache-control"] == "no-store"


def test_a_case_that_nobody_may_take_waits_and_the_answer_says_why_in_codes(client):
    body = client.post("/v1/cases", json={"required_skills": {"juggling": 2}}).json()
    assert body["case"]["status"] == "queued"
    assert body["decision"]["why"] == {"code": "nobody_eligible", "rules": [["skill"]], "eligible_from": None}


def test_what_is_sent_is_what_is_read(client, name):
    other = client.post("/v1/cases", json={}).json()["case"]["id"]
    sent = {
        "source": "zendesk",
        "external_id": name,
        "account": "A-1",
        "type": "billing_dispute",
        "root_cause": "double charge",
        "channel": "chat",
        "language": "PT_br",
        "jurisdiction": "us-ny",
        "preferred_skills": ["b", "a", "b"],
        "required_credentials": ["series_6|series_7", [{"kind": "hipaa", "jurisdiction": "any"}]],
        "action": "refund",
        "amount": {"minor": 15000},
        "weight": 3,
        "priority": 2,
        "risk_flags": ["media", "executive"],
        "first_response_due": "2090-01-01T09:00:00-05:00",
        "separated_cases": [other],
    }
    created = client.post("/v1/cases", json=sent).json()["case"]
    read = client.get(f"/v1/cases/{created['id']}").json()
    assert read.pop("personal") == []
    assert read == created
    expected = {
        **sent,
        "language": "pt-br",
        "jurisdiction": "NY",
        "preferred_skills": ["a", "b"],
        "required_credentials": [["series_6", "series_7"], ["hipaa@any"]],
        "amount": "150.00 USD",
        "risk_flags": ["executive", "media"],
        "first_response_due": "2090-01-01T14:00:00Z",
    }
    assert {field: read[field] for field in expected} == expected


def test_the_same_idempotency_key_gets_the_same_bytes(client, name):
    requests = [client.post("/v1/cases", json={"type": "billing"}, headers={"Idempotency-Key": name}) for _ in range(2)]
    first, second = requests
    assert (second.status_code, second.content) == (201, first.content)
    assert second.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    assert [second.headers[one] for one in ("etag", "location")] == [first.headers[one] for one in ("etag", "location")]


def test_the_order_of_keys_makes_no_other_body(client, name):
    header = {"Idempotency-Key": name, "content-type": "application/json"}
    first = client.post("/v1/cases", content=b'{"type": "a", "weight": 2}', headers=header)
    second = client.post("/v1/cases", content=b'{"weight":2,\n"type":"a"}', headers=header)
    assert second.content == first.content


def test_the_same_idempotency_key_with_another_body_is_refused(client, name):
    client.post("/v1/cases", json={"type": "billing"}, headers={"Idempotency-Key": name})
    answer = client.post("/v1/cases", json={"type": "claim"}, headers={"Idempotency-Key": name})
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(f"Idempotency-Key {name}: was used with another body before")


def test_an_idempotency_key_is_the_keys_own(service, client, name):
    header = {"Idempotency-Key": name}
    first = client.post("/v1/cases", json={}, headers=header).json()
    other = service.client("route").post("/v1/cases", json={}, headers=header).json()
    assert first["case"]["id"] != other["case"]["id"]


def test_a_key_that_cannot_be_seen_is_no_idempotency_key(client):
    answer = client.post("/v1/cases", json={}, headers={"Idempotency-Key": "x" * 201})
    assert answer.status_code == 422
    assert answer.json()["findings"][0]["rule"] == "not 1 to 200 visible characters"


def test_a_refused_creation_may_be_repeated_with_the_same_key(client, name):
    header = {"Idempotency-Key": name}
    assert client.post("/v1/cases", json={"weight": 99}, headers=header).status_code == 422
    assert client.post("/v1/cases", json={"weight": 9}, headers=header).status_code == 201


def test_the_same_source_and_external_id_create_one_case(client, name):
    first = client.post("/v1/cases", json={"external_id": name, "weight": 1}).json()
    answer = client.post("/v1/cases", json={"external_id": name, "weight": 5})
    assert answer.status_code == 200
    assert answer.json() == {"case": first["case"], "decision": None}


def test_a_preview_keeps_nothing(client, name):
    answer = client.post("/v1/cases/preview", json={"external_id": name})
    assert answer.json() == {"specialist": "S-all", "status": "ready", "offer_until": None, "needs_approval": False, "why": None}
    assert client.get("/v1/cases", params={"external_id": name}).json()["items"] == []


def test_what_is_personal_is_read_until_it_is_erased(client):
    sent = {"customer": "customer-1", "contact": "ana@example.org", "note": "speaks softly"}
    case_id = client.post("/v1/cases", json=sent).json()["case"]["id"]
    said = client.get(f"/v1/cases/{case_id}").json()["personal"]
    assert {one["field"]: one["value"] for one in said} == sent
    assert client.post(f"/v1/cases/{case_id}/erase").status_code == 200
    assert client.get(f"/v1/cases/{case_id}").json()["personal"] == []


def test_an_unknown_case_is_not_found(client):
    answer = client.get("/v1/cases/C-none")
    assert answer.status_code == 404
    assert answer.json()["detail"] == "C-none: there is no such case; look it up by source and external id"


def test_a_change_names_the_version_that_was_read(client):
    created = client.post("/v1/cases", json={"priority": 3})
    url, tag = created.headers["location"], created.headers["etag"]
    changed = client.patch(url, json={"priority": 1}, headers={"If-Match": tag})
    assert changed.status_code == 200
    assert changed.json()["case"]["priority"] == 1
    assert changed.headers["etag"] != tag
    again = client.patch(url, json={"priority": 2}, headers={"If-Match": tag})
    assert again.status_code == 412
    case_id = created.json()["case"]["id"]
    assert again.json()["detail"] == f"{case_id} is at version {changed.headers['etag']}, not {tag}; read it again"


@pytest.mark.parametrize(("tag", "status"), [(None, 428), ("*", 200), ('"1", "2"', 200), ('W/"2"', 412), ("2", 412), ("", 412)])
def test_if_match_takes_tags(client, tag, status):
    url = client.post("/v1/cases", json={}).headers["location"]
    answer = client.patch(url, json={"priority": 1}, headers={"If-Match": tag} if tag is not None else {})
    assert answer.status_code == status, answer.text


def test_null_takes_the_default_and_what_is_left_out_stays(client):
    url = client.post("/v1/cases", json={"type": "claim", "weight": 4, "language": "en"}).headers["location"]
    changed = client.patch(url, json={"weight": None, "language": None}, headers={"If-Match": "*"}).json()["case"]
    assert (changed["type"], changed["weight"], changed["language"]) == ("claim", 1, None)


def test_what_is_personal_is_added_to_and_null_takes_nothing_away(client):
    url = client.post("/v1/cases", json={"note": "speaks softly"}).headers["location"]
    for note in ("call back", None):
        assert client.patch(url, json={"note": note}, headers={"If-Match": "*"}).status_code == 200
    assert [one["value"] for one in client.get(url).json()["personal"]] == ["speaks softly", "call back"]


def test_a_change_that_nobody_may_hold_sends_the_case_back(client):
    url = client.post("/v1/cases", json={}).headers["location"]
    changed = client.patch(url, json={"required_skills": {"juggling": 3}}, headers={"If-Match": "*"}).json()
    assert (changed["applied"], changed["case"]["status"], changed["case"]["holder"]) == (True, "queued", None)


def test_older_news_change_nothing(client):
    url = client.post("/v1/cases", json={"occurred_at": "2026-03-02T09:00:00Z"}).headers["location"]
    older = {"priority": 1, "occurred_at": "2026-03-01T09:00:00Z"}
    changed = client.patch(url, json=older, headers={"If-Match": "*"}).json()
    assert (changed["applied"], changed["case"]["priority"]) == (False, 3)


def test_pages_together_are_the_whole_list(client, name):
    made = [client.post("/v1/cases", json={"type": name}).json()["case"]["id"] for _ in range(5)]
    found, cursor = [], None
    while True:
        page = client.get("/v1/cases", params={"type": name, "limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        found += [case["id"] for case in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert found == made[::-1]


@pytest.mark.parametrize("cursor", ["x", "bnVsbA", "WzEsMl0", "W10", "WyIyMDI2IiwiYSJd"])
def test_a_cursor_of_somebody_elses_is_refused(client, cursor):
    answer = client.get("/v1/cases", params={"cursor": cursor})
    assert answer.status_code == 422
    assert answer.json()["detail"] == f"cursor {cursor}: not one of ours; send `next` of the page before, or none"


def test_lists_are_filtered(client, name):
    case = client.post("/v1/cases", json={"account": name, "external_id": name, "source": "crm", "type": name}).json()["case"]
    for query in ({"account": name}, {"type": name, "status": "ready"}, {"external_id": name, "source": "crm"}):
        assert [one["id"] for one in client.get("/v1/cases", params=query).json()["items"]] == [case["id"]]
    assert client.get("/v1/cases", params={"type": name, "status": "queued"}).json()["items"] == []


def test_the_queue_is_in_the_order_of_urgency_with_the_reasons(client, name):
    skills = {name: 1}
    made = [client.post("/v1/cases", json={"required_skills": skills, "priority": one}).json()["case"]["id"] for one in (4, 1, 4)]
    pages = [client.get("/v1/queue", params={"limit": 500}).json()]
    mine = [case for case in pages[0]["items"] if name in case["required_skills"]]
    assert [case["id"] for case in mine] == [made[1], made[0], made[2]]
    assert {case["why"]["code"] for case in mine} == {"nobody_eligible"}
    first = client.get("/v1/queue", params={"limit": 1}).json()
    second = client.get("/v1/queue", params={"limit": 1, "cursor": first["next"]}).json()
    assert [first["items"][0]["id"], second["items"][0]["id"]] == [case["id"] for case in pages[0]["items"][:2]]
