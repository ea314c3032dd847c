"""Decisions: who sees how much of them, and the same made again."""

import httpx
import pytest
from tests.service.http.serving import Service


@pytest.fixture(scope="module")
def client(service: Service) -> httpx.Client:
    """A client, with a few people."""
    made = service.client()
    for person, skill in (("S-1", 1), ("S-2", 3), ("S-3", 5)):
        assert made.put(f"/v1/specialists/{person}", json={"capacity": 9, "skills": {"negotiation": skill}}).status_code == 201
    return made


@pytest.fixture(scope="module")
def case(client: httpx.Client) -> str:
    """A case that two of them may take."""
    return client.post("/v1/cases", json={"required_skills": {"negotiation": 2}}).json()["case"]["id"]


def test_whoever_routes_sees_who_was_chosen(service, case):
    decision = service.client("route").get(f"/v1/cases/{case}/decision").json()
    assert (decision["mode"], decision["status"]) == ("arrival", "ready")
    assert decision["specialist"] in {"S-2", "S-3"}
    assert (decision["evidence"], decision["explanation"]) == (None, None)


def test_whoever_manages_sees_what_it_was_made_from(client, case):
    decision = client.get(f"/v1/cases/{case}/decision").json()
    evidence = decision["evidence"]
    assert evidence["chosen"] == decision["specialist"] == evidence["best"][0]["specialist"]
    assert evidence["policy"] == {"name": "priced", "version": 1}
    assert evidence["excluded"] == {"proficiency": 1}
    assert len(evidence["digest"]) == 64


def test_the_whole_table_is_recomputed_on_demand(service, client, case):
    explanation = client.get(f"/v1/cases/{case}/decision", params={"full": True}).json()["explanation"]
    assert {one["specialist"] for one in explanation["candidates"]} == {"S-2", "S-3"}
    assert [one["specialist"] for one in explanation["excluded"]] == ["S-1"]
    answer = service.client("route").get(f"/v1/cases/{case}/decision", params={"full": True})
    assert answer.status_code == 403
    assert answer.json()["detail"].endswith("lacks manage, which full=true needs; leave it out, or use a key with that scope")


def test_codes_of_why_a_case_waits_are_for_all_and_the_words_for_those_who_manage(service, client):
    case = client.post("/v1/cases", json={"required_skills": {"juggling": 1}}).json()["case"]["id"]
    why = client.get(f"/v1/cases/{case}/decision").json()["why"]
    assert (why["code"], why["rules"]) == ("nobody_eligible", [["skill"]])
    assert why["sentence"]
    assert service.client("route").get(f"/v1/cases/{case}/decision").json()["why"] == {**why, "sentence": None}


def test_every_decision_on_a_case_is_listed(client):
    case = client.post("/v1/cases", json={}).json()["case"]["id"]
    client.post(f"/v1/cases/{case}/reassign", json={"specialist": None, "reason": "not today"})
    client.post(f"/v1/cases/{case}/resolve")
    client.post(f"/v1/cases/{case}/reopen")
    modes = [one["mode"] for one in client.get(f"/v1/cases/{case}/decisions").json()["items"]]
    assert (modes[0], modes[-1]) == ("reopen", "arrival")
    first = client.get(f"/v1/cases/{case}/decisions", params={"limit": 1}).json()
    second = client.get(f"/v1/cases/{case}/decisions", params={"limit": 1, "cursor": first["next"]}).json()
    assert [first["items"][0]["mode"], second["items"][0]["mode"]] == modes[:2]


def test_a_decision_made_again_is_the_same(client):
    case = client.post("/v1/cases", json={"required_skills": {"negotiation": 2}}).json()["case"]["id"]
    seq = client.get(f"/v1/cases/{case}/decision").json()["seq"]
    client.put("/v1/specialists/S-2", json={"capacity": 1})
    assert client.post(f"/v1/decisions/{seq}/replay").json() == {"seq": seq, "same": True, "differences": []}


@pytest.mark.parametrize(("seq", "detail"), [(1, "event 1: policy_added is not a decision"), (10**9, "event 1000000000: ")])
def test_what_is_no_decision_is_not_made_again(client, seq, detail):
    answer = client.post(f"/v1/decisions/{seq}/replay")
    assert answer.status_code == 404
    assert answer.json()["detail"].startswith(detail)


@pytest.mark.parametrize("path", ["decision", "decisions"])
def test_there_are_no_decisions_on_an_unknown_case(client, path):
    answer = client.get(f"/v1/cases/C-none/{path}")
    assert (answer.status_code, answer.json()["ids"]) == (404, ["C-none"])
