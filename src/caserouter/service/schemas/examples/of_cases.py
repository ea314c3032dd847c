"""Examples of cases, of what is done to them, and of decisions on them."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from caserouter.service.schemas import case_views, cases, commands, history

CASE_ID = "C-06F2M8Q4T1ZJ9XKB"
_AT = "2026-11-23T09:30:00Z"
_DUE = "2026-11-24T15:00:00Z"

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
    "id": CASE_ID,
    "version": 2,
    "status": "ready",
    "holder": "S-7",
    "offer_until": None,
    "source": "zendesk",
    "external_id": "35436",
    "created": _AT,
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
_ROUTED: Mapping[str, Any] = {"specialist": "S-7", "status": "ready", "offer_until": None, "needs_approval": True, "why": None}
_WAITING: Mapping[str, Any] = {
    **_CASE,
    "status": "queued",
    "holder": None,
    "why": {"code": "nobody_eligible", "rules": [["credential_lapsed"]], "eligible_from": None},
}
_PERSONAL = [{"at": _AT, "field": "customer", "value": "customer-118"}]
_DECISION: Mapping[str, Any] = {
    "seq": 1025,
    "at": _AT,
    "mode": "arrival",
    "specialist": "S-7",
    "status": "ready",
    "offer_until": None,
    "override": False,
    "why": None,
    "evidence": {
        "mode": "arrival",
        "seen": 1023,
        "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "now": _AT,
        "policy": {"name": "priced", "version": 3},
        "price_inputs": 2,
        "chosen": "S-7",
        "cost": 71.5,
        "num_candidates": 2,
        "best": [{"specialist": "S-7", "total": 71.5, "terms": {"handling": 48.0, "fairness": 23.5}}],
        "excluded": {"skill": 4},
    },
    "explanation": None,
}
_EVENT: Mapping[str, Any] = {
    "seq": 1040,
    "at": _AT,
    "kind": "target_warned",
    "case_id": CASE_ID,
    "specialist_id": None,
    "account_id": None,
    "actor": "keeper",
    "request_id": "",
    "data": {"target": "first_response", "due": "2026-11-23T13:30:00Z"},
}
_COMMITMENT: Mapping[str, Any] = {
    "id": "M-4ZJ9XKB06F2M8Q4T",
    "case_id": CASE_ID,
    "due": _DUE,
    "made_at": _AT,
    "kept_at": None,
    "missed_at": None,
    "holder": "S-7",
    "status": "ready",
}

EXAMPLES: Mapping[type[BaseModel], Any] = {
    cases.CreateCase: _CREATE,
    cases.UpdateCase: {"priority": 1, "risk_flags": ["executive", "media"]},
    case_views.CreatedView: {"case": _CASE, "decision": _ROUTED},
    case_views.ChangedView: {"applied": True, "commitment": None, "case": _CASE},
    case_views.CaseInFullView: {**_CASE, "personal": _PERSONAL},
    case_views.CasesView: {"items": [_CASE], "next": None},
    case_views.QueueView: {"items": [_WAITING], "next": None},
    case_views.Routed: _ROUTED,
    commands.Accept: {"specialist": "S-7"},
    commands.Decline: {"specialist": "S-7", "reason": "in court all day"},
    commands.Contact: {"customer_facing": True, "commitment": _DUE, "note": "call back with the bank's answer"},
    commands.Wait: {"on": "department", "department": "legal", "follow_up": _DUE},
    commands.Review: {"flags": ["legal"]},
    commands.Approve: {"approver": "S-1", "approved": True},
    commands.Cancel: {"reason": "opened twice"},
    commands.Reassign: {"specialist": "S-9", "reason": "knows the customer", "override": False},
    commands.Commit: {"due": _DUE, "note": "send the refund's date"},
    commands.Dated: {"occurred_at": _AT},
    history.DecisionView: _DECISION,
    history.DecisionsView: {"items": [_DECISION], "next": None},
    history.ReplayView: {"seq": 1025, "same": True, "differences": []},
    history.EventsView: {"items": [_EVENT], "next": None},
    history.AnnouncementsView: {"items": [_EVENT], "after": 1040},
    history.CommitmentsView: {"items": [_COMMITMENT], "next": None},
}
"""By body or answer."""
