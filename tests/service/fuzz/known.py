"""What a service holds before it is asked for anything, so that requests get past the first look-up."""

from typing import Any

import httpx

DUE = "2026-11-30T10:00:00Z"


def something_to_find(client: httpx.Client) -> dict[str, list[Any]]:
    """Make an account, two specialists, and cases of every status; ids by the name of their dictionary in the settings."""
    for name in ("S-7", "S-8"):
        done(client.put(f"/v1/specialists/{name}", json={"capacity": 1_000, "authority": {"refund": "unlimited"}}))
    done(client.put("/v1/accounts/A-12", json={"owner": "S-7"}))
    credentials = [
        done(client.post("/v1/specialists/S-7/credentials", json={"kind": kind}))["id"] for kind in ("hipaa", "series_7")
    ]
    cases = [created(client)["id"] for _ in range(6)]
    for case_id, command, body in (
        (cases[1], "wait", {"on": "customer"}),
        (cases[2], "wait", {"on": "approval"}),
        (cases[3], "resolve", {}),
    ):
        done(client.post(f"/v1/cases/{case_id}/{command}", json=body))
    cases.append(created(client, required_credentials=["nobody_has_it"])["id"])
    offered(client)
    cases += [created(client)["id"] for _ in range(6)]
    return {
        "cases": cases,
        "commitments": [
            done(client.post(f"/v1/cases/{case_id}/commitments", json={"due": DUE}))["commitment"] for case_id in cases[:1]
        ],
        "credentials": credentials,
        "decisions": [done(client.get(f"/v1/cases/{case_id}/decision"))["seq"] for case_id in cases],
        "keys": [done(client.post("/v1/keys", json={"name": "another", "scopes": ["read"]}))["key"]["id"] for _ in range(2)],
    }


def created(client: httpx.Client, **fields: Any) -> dict[str, Any]:
    case = done(client.post("/v1/cases", json={"action": "refund", "amount": "5.00 USD", "risk_flags": [], **fields}))["case"]
    assert isinstance(case, dict)
    return case


def offered(client: httpx.Client) -> None:
    """Let cases be offered from now on."""
    version = done(client.post("/v1/policies", json={"acceptance": {"minutes": 600}, "ramp": None}))["version"]
    done(client.post(f"/v1/policies/{version}/activate"))


def done(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json()
