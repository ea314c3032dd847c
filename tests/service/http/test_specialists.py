"""Specialists over HTTP: put, changed, there or not, imported, retired; and what they hold."""

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caserouter.domain.calendar import Shift, parse_shifts
from caserouter.service.http.specialist_documents import hours_text

SENT = {
    "name": "Ana Ruiz",
    "team": "North",
    "role": "coordinator",
    "skills": {"negotiation": 4},
    "authority": {"refund": "500.00 USD", "credit": "unlimited"},
    "languages": ["ES", "en"],
    "capacity": 8,
    "time_zone": "America/New_York",
    "shifts": "Mon-Fri 09:00-12:00, 13:00-17:00; Sat 10:00-14:00",
    "blocks": "Wed 14:00-15:00",
    "leave": "2026-12-24..2026-12-31; 2027-01-04..2027-01-04",
    "backup": "S-9",
    "intake": {"limit": 3, "window_hours": 24.0},
    "cost_per_hour": "52.00 USD",
}


def put(client: httpx.Client, name: str, **fields: object) -> httpx.Response:
    """Put a specialist without hours, who is always there."""
    answer = client.put(f"/v1/specialists/{name}", json={"capacity": 5, **fields})
    assert answer.status_code in {200, 201}, answer.text
    return answer


def test_what_is_put_is_what_is_read(client, name):
    answer = client.put(f"/v1/specialists/{name}", json=SENT)
    assert answer.status_code == 201
    read = client.get(f"/v1/specialists/{name}")
    assert read.headers["etag"] == answer.headers["etag"]
    body = read.json()
    assert {field: body[field] for field in SENT} == {**SENT, "languages": ["en", "es"]}
    assert (body["active"], body["presence"], body["load"], body["held"]) == (True, "online", 0, [])


def test_putting_again_changes_the_whole(client, name):
    client.put(f"/v1/specialists/{name}", json=SENT)
    answer = client.put(f"/v1/specialists/{name}", json={"capacity": 2})
    assert answer.status_code == 200
    assert (answer.json()["skills"], answer.json()["name"]) == ({}, "")


def test_a_put_may_name_the_version_that_was_read(client, name):
    tag = put(client, name).headers["etag"]
    url = f"/v1/specialists/{name}"
    assert client.put(url, json={"capacity": 6}, headers={"If-Match": tag}).status_code == 200
    assert client.put(url, json={"capacity": 7}, headers={"If-Match": tag}).status_code == 412
    answer = client.put(f"{url}-new", json={"capacity": 7}, headers={"If-Match": "*"})
    assert (answer.status_code, answer.json()["detail"]) == (412, f"{name}-new: does not exist; leave If-Match out to create it")


def test_a_change_needs_the_version_and_leaves_the_rest(client, name):
    tag = put(client, name, team="North").headers["etag"]
    url = f"/v1/specialists/{name}"
    assert client.patch(url, json={"capacity": 6}).status_code == 428
    changed = client.patch(url, json={"name": "Bo", "team": None}, headers={"If-Match": tag}).json()
    assert (changed["name"], changed["team"], changed["capacity"]) == ("Bo", None, 5)


@pytest.mark.parametrize(
    ("fields", "at", "rule"),
    [
        ({"capacity": -1}, "capacity", "below 0, the least allowed"),
        ({"capacity": 2**70}, "capacity", "above 100000, the most allowed"),
        ({"shifts": "Mon 25:00-26:00"}, "shifts", "'25:00-26:00'"),
        ({"time_zone": "America"}, "time_zone", "not an IANA time zone"),
        ({"held_cases": []}, "held_cases", "unknown key"),
        ({"id": "S-2"}, "id", "unknown key"),
        ({"role": "boss"}, "role", "not one of specialist, coordinator, manager"),
        ({"authority": {"refund": "much"}}, "authority.refund", "not an amount"),
        ({"cost_per_hour": "5.00 EUR"}, "cost_per_hour", "the policy counts in USD"),
        ({"credentials": [{"kind": "a", "jurisdictions": ["Atlantis"]}]}, "credentials", "unknown jurisdiction"),
    ],
)
def test_what_breaks_a_rule_is_refused(client, name, fields, at, rule):
    answer = client.put(f"/v1/specialists/{name}", json={"capacity": 1, **fields})
    assert answer.status_code == 422, answer.text
    found = answer.json()["findings"][0]
    assert found["at"].startswith(at), found
    assert found["rule"].startswith(rule) or rule in answer.json()["detail"], found


def test_presence_stops_new_cases_and_lets_them_come_again(client, name):
    put(client, name, skills={name: 3})
    url = f"/v1/specialists/{name}/presence"
    away = client.put(url, json={"presence": "away", "until": "2090-01-01T00:00:00Z"}).json()
    assert (away["presence"], away["presence_until"]) == ("away", "2090-01-01T00:00:00Z")
    case = client.post("/v1/cases", json={"required_skills": {name: 1}}).json()["case"]
    assert case["status"] == "queued"
    assert client.put(url, json={"presence": "online"}).json()["load"] == 1
    assert client.get(f"/v1/cases/{case['id']}").json()["holder"] == name


def test_more_room_pulls_from_the_queue(client, name):
    put(client, name, capacity=0, skills={name: 3})
    case = client.post("/v1/cases", json={"required_skills": {name: 1}}).json()["case"]["id"]
    assert client.put(f"/v1/specialists/{name}/capacity", json={"capacity": 1}).json()["load"] == 1
    (held,) = client.get(f"/v1/specialists/{name}").json()["held"]
    assert (held["case_id"], held["units"], held["status"]) == (case, 1, "ready")


def test_whoever_retires_gives_back_what_is_held(client, name):
    put(client, name, skills={name: 3})
    case = client.post("/v1/cases", json={"required_skills": {name: 1}}).json()["case"]["id"]
    assert client.delete(f"/v1/specialists/{name}").json()["active"] is False
    assert client.get(f"/v1/cases/{case}").json()["status"] == "queued"
    answer = client.delete(f"/v1/specialists/{name}")
    assert (answer.status_code, answer.json()["detail"]) == (409, f"{name} has retired; put the specialist again to take cases")


def test_lists_are_filtered_and_paged(client, name):
    for number in range(3):
        put(client, f"{name}-{number}", team=name)
    found = client.get("/v1/specialists", params={"team": name, "limit": 2}).json()
    rest = client.get("/v1/specialists", params={"team": name, "limit": 2, "cursor": found["next"]}).json()
    assert [one["id"] for one in found["items"] + rest["items"]] == [f"{name}-{number}" for number in range(3)]
    assert rest["next"] is None
    assert client.get("/v1/specialists", params={"team": name, "active": False}).json()["items"] == []


def test_a_file_is_imported_as_a_whole(client, name):
    text = f"id,name,capacity,skills,shifts\n{name},Ana,4,negotiation:3,Mon-Fri 09:00-17:00\n{name}-2,Bo,5,,\n"
    csv = {"content-type": "text/csv"}
    answer = client.post("/v1/specialists/import", content=text, headers=csv)
    assert answer.json() == {"created": [name, f"{name}-2"], "updated": [], "unchanged": [], "warnings": []}
    again = client.post("/v1/specialists/import", content=text.replace("Ana,4", "Ana,6"), headers=csv).json()
    assert (again["updated"], again["unchanged"]) == ([name], [f"{name}-2"])


def test_a_file_with_anything_wrong_is_imported_not_at_all(client, name):
    text = f"id,name,capacity,skills\n{name},Ana,4,negotiation:3\n{name}-2,Bo,-5,negotiation:9\n"
    answer = client.post("/v1/specialists/import", content=text, headers={"content-type": "text/csv"})
    assert answer.status_code == 422
    assert {(one["line"], one["at"]) for one in answer.json()["findings"]} == {(3, "capacity"), (3, "skills.negotiation")}
    assert client.get(f"/v1/specialists/{name}").status_code == 404


def test_an_import_may_be_repeated(client, name):
    header = {"content-type": "text/csv", "Idempotency-Key": name}
    first, second = (client.post("/v1/specialists/import", content=f"id,capacity\n{name},4\n", headers=header) for _ in range(2))
    assert second.content == first.content


def test_a_credential_is_granted_read_and_revoked(service, client, name):
    put(client, name)
    url = f"/v1/specialists/{name}/credentials"
    sent = {"kind": "series_7", "jurisdictions": ["us-ny", "NJ"], "valid_until": "2090-06-30", "evidence": "CRD 4411"}
    answer = client.post(url, json=sent)
    assert answer.status_code == 201
    granted = answer.json()
    assert granted == {**sent, "id": granted["id"], "jurisdictions": ["NJ", "NY"], "valid_from": None, "revoked": False}
    assert service.client("read").get(url).json()["items"][0]["evidence"] == ""
    assert client.post(url, json=sent).status_code == 409
    assert client.post(f"{url}/{granted['id']}/revoke").json() == {"credential": granted["id"], "sent_back": []}
    assert client.get(url).json()["items"] == [{**granted, "revoked": True}]
    assert client.post(f"{url}/{granted['id']}/revoke").status_code == 404


def test_what_a_revoked_credential_covered_goes_back(client, name):
    put(client, name, credentials=[{"kind": name}])
    case = client.post("/v1/cases", json={"required_credentials": [name]}).json()["case"]
    assert case["holder"] == name
    url = f"/v1/specialists/{name}/credentials"
    (held,) = client.get(url).json()["items"]
    assert client.post(f"{url}/{held['id']}/revoke").json()["sent_back"] == [case["id"]]
    decision = client.get(f"/v1/cases/{case['id']}/decision").json()
    assert decision["why"]["rules"] == [["credential_missing"]]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("PATCH", "", {}),
        ("DELETE", "", None),
        ("PUT", "/presence", {"presence": "online"}),
        ("PUT", "/capacity", {"capacity": 1}),
        ("GET", "/credentials", None),
        ("POST", "/credentials", {"kind": "hipaa"}),
    ],
)
def test_nobody_of_that_id_is_not_found(client, method, path, body):
    answer = client.request(
        method, f"/v1/specialists/S-none{path}", json=body, headers={"If-Match": "*"} if method == "PATCH" else {}
    )
    assert answer.status_code == 404
    assert answer.json()["detail"].startswith("S-none: there is no such specialist; ")


_TIMES = st.times().map(lambda time: time.replace(second=0, microsecond=0))
_SHIFTS = st.builds(Shift, days=st.frozensets(st.integers(0, 6), min_size=1), start=_TIMES, end=_TIMES)


@given(st.lists(_SHIFTS, max_size=5))
def test_hours_as_text_are_read_as_the_same_hours(shifts):
    text = hours_text([shift.model_dump(mode="json") for shift in shifts])
    assert list(parse_shifts(text)) == shifts
