"""A case as answers have it: its body as it is stored, and where it stands."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from caserouter.domain.money import Money
from caserouter.service.board import Outcome
from caserouter.service.case_bodies import stored_body
from caserouter.service.new_case import CreatedCase

_PLAIN = (
    *("id", "source", "created", "account", "type", "root_cause", "channel", "language", "jurisdiction"),
    *("required_skills", "action", "weight", "priority", "first_response_due", "resolution_due"),
)
_SETS = ("preferred_skills", "risk_flags", "linked_cases", "separated_cases", "excluded_specialists", "preferred_specialists")
_STANDING = (
    *("version", "status", "holder", "offer_until", "external_id", "first_response_at", "wait_on", "department", "follow_up"),
    *("resolved_at", "close_after", "closed_at", "reopen_count"),
)
_FRESH: Mapping[str, Any] = dict.fromkeys(_STANDING) | {"reopen_count": 0}
"""Where a case stands that was just created, but for what its decision says."""


def case_document(body: Mapping[str, Any], standing: Mapping[str, Any]) -> dict[str, Any]:
    """A case from its stored body and the columns of its row."""
    document = {name: body.get(name) for name in _PLAIN}
    document |= {name: sorted(body.get(name) or ()) for name in _SETS}
    document["required_credentials"] = [[_need(one) for one in group] for group in body.get("required_credentials") or ()]
    amount = body.get("amount")
    document["amount"] = None if amount is None else str(Money.model_validate(amount))
    document |= {name: standing[name] for name in _STANDING}
    return document


def _need(need: Mapping[str, Any]) -> str:
    place = need.get("jurisdiction")
    return f"{need['kind']}@{place}" if place else str(need["kind"])


def created_document(created: CreatedCase) -> dict[str, Any]:
    """A case that was just created, with the decision; or the one that existed before."""
    standing = {
        **_FRESH,
        "version": created.version,
        "status": created.status,
        "holder": created.holder,
        "offer_until": created.offer_until,
        "external_id": created.external_id,
    }
    outcome = created.outcome
    decision = None
    if outcome is not None:
        decision = routed_document(outcome, str(created.status))
    return {"case": case_document(stored_body(created.case), standing), "decision": decision}


def routed_document(outcome: Outcome, status: str) -> dict[str, Any]:
    """Who takes a case, or by which codes it waits: no more than a key with the scope `route` sees."""
    return {
        "specialist": outcome.specialist,
        "status": status,
        "offer_until": outcome.offer_until,
        "needs_approval": outcome.needs_approval,
        "why": None if outcome.why is None else wait_document(outcome.why),
    }


def wait_document(why: Mapping[str, Any]) -> dict[str, Any]:
    """Why a case waits, in codes."""
    rules = [list(conflict["rules"]) for conflict in why.get("conflicts") or ()]
    return {"code": why["code"], "rules": rules, "eligible_from": moment_of(why.get("eligible_from"))}


def moment_of(text: str | None) -> datetime | None:
    """A moment that an event states as text, so that an answer writes it as it writes every other one."""
    return None if text is None else datetime.fromisoformat(text)
