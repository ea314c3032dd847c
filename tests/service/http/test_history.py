"""The audit log and the announcements over HTTP."""

from caserouter.service.actor import Actor
from caserouter.store.events import EventKind


def test_what_happened_to_a_case_is_listed_in_order_with_who_asked_for_it(client):
    answer = client.post("/v1/cases", json={"customer": "customer-77"}, headers={"X-Request-Id": "from-the-crm"})
    case = answer.json()["case"]["id"]
    client.post(f"/v1/cases/{case}/cancel", json={"reason": "it was a mistake of ours"})
    listed = client.get("/v1/audit", params={"case_id": case}).json()["items"]
    assert [one["kind"] for one in listed][0::2] == ["case_created", "case_cancelled"]
    assert listed[0]["request_id"] == "from-the-crm"
    assert listed[0]["actor"].startswith("K-")
    assert [one["seq"] for one in listed] == sorted(one["seq"] for one in listed)


def test_nothing_personal_is_in_the_log(client):
    body = {"customer": "customer-78", "contact": "ana@example.org", "note": "speaks softly"}
    case = client.post("/v1/cases", json=body).json()["case"]["id"]
    client.post(f"/v1/cases/{case}/cancel", json={"reason": "moved to Lisbon"})
    text = client.get("/v1/audit", params={"case_id": case}).text
    assert not [word for word in ("customer-78", "ana@", "softly", "Lisbon") if word in text]


def test_the_log_is_filtered_by_kind_time_and_subject(client, name):
    client.put(f"/v1/accounts/{name}", json={})
    client.put(f"/v1/specialists/{name}", json={"capacity": 1})
    kinds = {"kind": ["account_put", "specialist_put"]}
    assert [one["kind"] for one in client.get("/v1/audit", params={"account_id": name}).json()["items"]] == ["account_put"]
    found = client.get("/v1/audit", params={**kinds, "specialist_id": name}).json()["items"]
    assert [one["kind"] for one in found] == ["specialist_put"]
    assert client.get("/v1/audit", params={"until": "2020-01-01T00:00:00Z"}).json()["items"] == []
    assert client.get("/v1/audit", params={"kind": "nothing"}).status_code == 422


def test_the_log_is_paged_in_both_directions(client):
    whole = [one["seq"] for one in client.get("/v1/audit", params={"limit": 500}).json()["items"]]
    first = client.get("/v1/audit", params={"limit": 2, "newest_first": True}).json()
    second = client.get("/v1/audit", params={"limit": 2, "newest_first": True, "cursor": first["next"]}).json()
    assert [one["seq"] for one in first["items"] + second["items"]] == whole[::-1][:4]


def test_announcements_are_heard_one_after_the_other(service, client):
    case = client.post("/v1/cases", json={}).json()["case"]["id"]
    start = client.get("/v1/announcements", params={"limit": 500}).json()["after"]
    with service.engine.unit(Actor()) as unit:
        for target in ("first_response", "resolution"):
            data = {"target": target, "due": "2027-01-01T00:00:00Z"}
            unit.record(EventKind.TARGET_WARNED, case_id=case, data=data)
    heard = service.client("read").get("/v1/announcements", params={"after": start, "limit": 1}).json()
    assert [one["data"]["target"] for one in heard["items"]] == ["first_response"]
    rest = client.get("/v1/announcements", params={"after": heard["after"]}).json()
    assert [one["data"]["target"] for one in rest["items"]] == ["resolution"]
    assert client.get("/v1/announcements", params={"after": rest["after"]}).json() == {"items": [], "after": rest["after"]}
