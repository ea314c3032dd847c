"""What may be done to a case, over HTTP: each command is carried out, answered with the case, and refused where the status forbids it."""

import httpx
import pytest
from tests.service.http.serving import Service

DUE = "2090-01-04T15:00:00Z"


@pytest.fixture(scope="module")
def client(service: Service) -> httpx.Client:
    """A client, with two people who take everything."""
    made = service.client()
    for person in ("S-a", "S-b"):
        staff = {"capacity": 1_000, "authority": {"refund": "150.00 USD"}}
        assert made.put(f"/v1/specialists/{person}", json=staff).status_code == 201
    limits = {"capacity": 0, "authority": {"refund": "unlimited"}}
    assert made.put("/v1/specialists/S-boss", json=limits).status_code == 201
    return made


@pytest.fixture
def case(client: httpx.Client) -> str:
    """A case that somebody holds."""
    return client.post("/v1/cases", json={"action": "refund", "amount": "150.00 USD"}).json()["case"]["id"]


def do(client: httpx.Client, case: str, command: str, body: dict | None = None) -> dict:
    """Carry out a command, and read what it answers."""
    answer = client.post(f"/v1/cases/{case}/{command}", json=body)
    assert answer.status_code in {200, 201}, answer.text
    found = answer.json()
    assert answer.headers["etag"] == f'"{found["case"]["version"]}"'
    return found


def refused(client: httpx.Client, case: str, command: str, body: dict | None = None) -> str:
    """Try a command that contradicts the present state; what is said."""
    answer = client.post(f"/v1/cases/{case}/{command}", json=body)
    assert answer.status_code == 409, answer.text
    return answer.json()["detail"]


def test_a_contact_with_the_customer_is_the_first_response(client, case):
    done = do(client, case, "contacts", {"customer_facing": True})
    assert done["case"]["first_response_at"] is not None
    assert done["commitment"] is None


def test_a_contact_may_make_a_commitment(client, case):
    made = do(client, case, "contacts", {"customer_facing": False, "commitment": DUE, "note": "call back"})["commitment"]
    listed = client.get("/v1/commitments", params={"due_before": "2090-01-04T15:00:01Z", "limit": 500}).json()["items"]
    (mine,) = [one for one in listed if one["id"] == made]
    assert (mine["case_id"], mine["due"], mine["kept_at"]) == (case, DUE, None)
    earlier = client.get("/v1/commitments", params={"due_before": DUE, "limit": 500}).json()["items"]
    assert made not in {one["id"] for one in earlier}


def test_a_commitment_is_made_and_kept_once(client, case):
    answer = client.post(f"/v1/cases/{case}/commitments", json={"due": DUE})
    assert answer.status_code == 201
    made = answer.json()["commitment"]
    assert do(client, case, f"commitments/{made}/kept")["commitment"] == made
    assert f"{made}: was kept on " in refused(client, case, f"commitments/{made}/kept")
    answer = client.post(f"/v1/cases/{case}/commitments/M-none/kept")
    assert (answer.status_code, answer.json()["detail"]) == (404, f"M-none: {case} has no such commitment; check the id")


def test_a_case_waits_and_resumes(client, case):
    waiting = do(client, case, "wait", {"on": "department", "department": "legal", "follow_up": DUE})["case"]
    assert (waiting["status"], waiting["wait_on"], waiting["department"]) == ("waiting_department", "department", "legal")
    assert waiting["follow_up"] == DUE
    ready = do(client, case, "resume")["case"]
    assert (ready["status"], ready["wait_on"], ready["follow_up"]) == ("ready", None, None)


def test_a_department_has_a_name(client, case):
    answer = client.post(f"/v1/cases/{case}/wait", json={"on": "department"})
    assert (answer.status_code, answer.json()["detail"]) == (
        422,
        "department: on is department, and this names no department; say which one",
    )


def test_an_approval_is_waited_for_and_given(client, case):
    do(client, case, "wait", {"on": "approval"})
    assert do(client, case, "approve", {"approver": "S-boss", "approved": True})["case"]["status"] == "ready"
    assert "approve is not allowed" in refused(client, case, "approve", {"approver": "S-boss", "approved": True})


def test_a_review_is_passed(client):
    case = client.post("/v1/cases", json={"risk_flags": ["legal"]}).json()["case"]["id"]
    answer = client.post(f"/v1/cases/{case}/review", json={"flags": ["media"]})
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(f"flags media: {case} does not carry them; its flags are legal")
    assert do(client, case, "review")["applied"]


def test_a_case_is_declined_and_goes_to_somebody_else(client, case):
    holder = client.get(f"/v1/cases/{case}").json()["holder"]
    assert f"held by {holder}, not by S-boss" in refused(client, case, "decline", {"specialist": "S-boss"})
    after = do(client, case, "decline", {"specialist": holder, "reason": "knows the customer"})["case"]
    assert after["holder"] in {"S-a", "S-b"} - {holder}


def test_an_offer_is_accepted(service):
    client = service.client()
    version = client.post("/v1/policies", json={"acceptance": {"minutes": 15}}).json()["version"]
    client.post(f"/v1/policies/{version}/activate")
    try:
        created = client.post("/v1/cases", json={}).json()
        assert created["decision"]["status"] == "offered"
        assert created["decision"]["offer_until"] == created["case"]["offer_until"] is not None
        case = created["case"]["id"]
        assert do(client, case, "accept", {"specialist": created["case"]["holder"]})["case"]["status"] == "ready"
    finally:
        client.post("/v1/policies/1/activate")


def test_what_the_status_forbids_names_what_is_allowed(client, case):
    detail = refused(client, case, "accept")
    assert detail.startswith(f"{case} is ready: accept is not allowed; allowed now: update, decline, reassign")


def test_a_case_is_reassigned_by_a_supervisor_alone(service, client, case):
    assert service.client("route").post(f"/v1/cases/{case}/reassign", json={}).status_code == 403
    holder = client.get(f"/v1/cases/{case}").json()["holder"]
    other = "S-b" if holder == "S-a" else "S-a"
    assert do(client, case, "reassign", {"specialist": other, "reason": "knows them"})["case"]["holder"] == other
    assert "holds it already" in refused(client, case, "reassign", {"specialist": other, "reason": "again"})
    back = do(client, case, "reassign", {"specialist": None, "reason": "not today"})["case"]
    assert back["holder"] != other


def test_nobody_overrides_the_capacity(client, case):
    detail = refused(client, case, "reassign", {"specialist": "S-boss", "reason": "urgent", "override": True})
    assert "nobody may override capacity; name somebody else" in detail


def test_a_supervisor_overrides_a_skill(client):
    case = client.post("/v1/cases", json={"required_skills": {"juggling": 2}}).json()["case"]["id"]
    assert "or override with a reason" in refused(client, case, "reassign", {"specialist": "S-a", "reason": "urgent"})
    given = do(client, case, "reassign", {"specialist": "S-a", "reason": "urgent", "override": True})
    assert given["case"]["holder"] == "S-a"
    decision = client.get(f"/v1/cases/{case}/decision").json()
    assert (decision["mode"], decision["override"], decision["evidence"]["passed_over"]) == ("manual", True, ["skill"])


def test_what_is_beyond_the_authority_is_approved_before_it_is_resolved(client):
    created = client.post("/v1/cases", json={"action": "refund", "amount": "900.00 USD"}).json()
    assert created["decision"]["needs_approval"] is True
    case = created["case"]["id"]
    assert "authority of 150.00 USD for refund: have it approved first, or refused" in refused(client, case, "resolve")
    do(client, case, "wait", {"on": "approval"})
    do(client, case, "approve", {"approver": "S-boss", "approved": True})
    assert do(client, case, "resolve")["case"]["status"] == "resolved"


def test_a_case_is_resolved_and_reopened(client, case):
    resolved = do(client, case, "resolve")["case"]
    assert (resolved["status"], resolved["holder"]) == ("resolved", None)
    assert resolved["close_after"] > resolved["resolved_at"]
    reopened = do(client, case, "reopen")["case"]
    assert (reopened["status"], reopened["reopen_count"]) == ("ready", 1)


def test_a_case_is_cancelled_before_the_first_contact(client, case):
    assert do(client, case, "cancel", {"reason": "opened twice"})["case"]["status"] == "cancelled"
    assert "allowed now: nothing" in refused(client, case, "resolve")


@pytest.mark.parametrize("command", ["accept", "decline", "resume", "review", "resolve", "reopen", "cancel", "erase"])
def test_a_command_on_an_unknown_case_is_not_found(client, command):
    answer = client.post(f"/v1/cases/C-none/{command}")
    assert (answer.status_code, answer.json()["detail"]) == (404, "C-none: there is no such case; check the id")


def test_a_repeated_command_is_answered_the_same(client, case, name):
    url, header = f"/v1/cases/{case}/resolve", {"Idempotency-Key": name}
    first, second = client.post(url, headers=header), client.post(url, headers=header)
    assert (second.status_code, second.content) == (200, first.content)
    assert second.headers["idempotency-replayed"] == "true"


def test_news_of_a_future_are_refused(client, case):
    answer = client.post(f"/v1/cases/{case}/resolve", json={"occurred_at": "2090-01-01T00:00:00Z"})
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("occurred_at 2090-01-01T00:00:00+00:00: is after now")
