"""An example of every body and every answer, for the documentation; a test holds each to its model."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from caserouter.service.schemas import cases, health, keys

CSV_EXAMPLE = (
    "id,name,team,skills,capacity,shifts,time_zone\nS-7,Ana Ruiz,North,negotiation:4,8,Mon-Fri 09:00-17:00,America/New_York\n"
)
HEADER_EXAMPLES: Mapping[str, str] = {"Idempotency-Key": "zendesk-35436-created", "If-Match": '"3"'}

_CASE_ID = "C-06F2M8Q4T1ZJ9XKB"
_CREATE: Mapping[str, Any] = {
    "source": "zendesk",
    "external_id": "35436",
    "type": "billing_dispute",
    "customer": "customer-118",
    "account": "A-12",
    "language": "en",
    "jurisdiction": "NY",
    "required_skills": {"negotiation": 3},
    "required_credentials": ["series_6|series_7"],
    "action": "refund",
    "amount": "150.00 USD",
    "weight": 2,
    "priority": 2,
    "risk_flags": ["executive"],
}
_CASE: Mapping[str, Any] = {
    "id": _CASE_ID,
    "version": 1,
    "status": "ready",
    "holder": "S-7",
    "offer_until": None,
    "source": "zendesk",
    "external_id": "35436",
    "created": "2026-11-23T09:30:00Z",
    "account": "A-12",
    "type": "billing_dispute",
    "root_cause": None,
    "channel": None,
    "language": "en",
    "jurisdiction": "NY",
    "required_skills": {"negotiation": 3},
    "preferred_skills": [],
    "required_credentials": [["series_6", "series_7"]],
    "action": "refund",
    "amount": "150.00 USD",
    "weight": 2,
    "priority": 2,
    "risk_flags": ["executive"],
    "first_response_due": "2026-11-23T13:30:00Z",
    "resolution_due": "2026-11-30T09:30:00Z",
    "first_response_at": None,
    "wait_on": None,
    "department": None,
    "follow_up": None,
    "resolved_at": None,
    "close_after": None,
    "closed_at": None,
    "reopen_count": 0,
    "linked_cases": [],
    "separated_cases": [],
    "excluded_specialists": [],
    "preferred_specialists": [],
}
_ROUTED: Mapping[str, Any] = {"specialist": "S-7", "status": "ready", "offer_until": None, "why": None}
_KEY: Mapping[str, Any] = {
    "id": "K-3f9a21c0de",
    "prefix": "3f9a21c0de",
    "name": "CRM, production",
    "scopes": ["route", "read"],
    "rate_per_minute": None,
    "created_at": "2026-11-23T09:00:00Z",
    "expires_at": None,
    "revoked_at": None,
    "replaced_by": None,
}

_EXAMPLES: Mapping[type[BaseModel], Any] = {
    cases.CreateCase: _CREATE,
    cases.CaseView: _CASE,
    cases.CreatedView: {"case": _CASE, "decision": _ROUTED},
    cases.Routed: _ROUTED,
    keys.CreateKey: {"name": "CRM, production", "scopes": ["route", "read"]},
    keys.RotateKey: {"overlap_hours": 24},
    keys.KeyView: _KEY,
    keys.KeysView: {"items": [_KEY]},
    keys.NewKeyView: {"key": _KEY, "token": "cr_3f9a21c0de_" + "0" * 64},
    health.HealthView: {"status": "ok"},
    health.ReadyView: {"status": "ready", "seq": 1024},
    health.MetricsView: 'caserouter_http_requests_total{method="POST",route="/v1/cases",status="201"} 1024.0\n',
}


def example_of(model: type[BaseModel]) -> Any:
    """The example of a body or an answer."""
    return _EXAMPLES[model]
