"""Cases of the demo queue that nobody may take, each for a reason of its own."""

from datetime import datetime, timedelta
from typing import Any

from caserouter.domain.case import Case, RiskFlag
from caserouter.domain.credentials import CredentialNeed
from caserouter.domain.money import Money


def nobody_may_take(now: datetime) -> list[Case]:
    """One case per reason: jurisdiction, language, amount, seniority, skill, and two credentials that no one holds at once."""
    return [
        # Hawaii: investment licences are held for the mainland only.
        _case(
            now, 1, type="investment_complaint", root_cause="suitability", jurisdiction="HI", weight=3, priority=2,
            required_skills={"investments": 3}, required_credentials=_needs("series_7", "series_63"),
        ),
        # Vietnamese: no one on the roster speaks it.
        _case(
            now, 2, type="claim_delay", root_cause="vendor_delay", jurisdiction="TX", language="vi",
            required_skills={"claims": 2}, required_credentials=_needs("property_casualty"),
        ),
        # A correction far above everyone's authority, and the policy lets nobody approve trade corrections.
        _case(
            now, 3, type="fund_switch_error", root_cause="wrong_instruction", jurisdiction="NY", weight=3, priority=2,
            required_skills={"investments": 2}, action="trade_correction", amount=Money.of(250_000),
        ),
        # The press is watching, so a manager has to take it, and no manager knows the pharmacy benefit well enough.
        _case(
            now, 4, type="pharmacy_exception", root_cause="formulary_change", jurisdiction="IL", weight=2, priority=1,
            required_skills={"pharmacy": 5, "medical_billing": 5}, required_credentials=_needs("hipaa"), risk_flags=frozenset({RiskFlag.MEDIA}),
        ),
        # A skill that no one has been trained in.
        _case(
            now, 5, type="flood_claim", root_cause="exclusion_wording", jurisdiction="FL", weight=5, priority=2,
            required_skills={"flood_adjusting": 3}, required_credentials=_needs("property_casualty"),
        ),
        # Two licences from two desks: each has its holders, and nobody holds both.
        _case(
            now, 6, type="hybrid_policy_loan", root_cause="servicer_transfer", jurisdiction="PA", weight=3,
            required_credentials=_needs("nmls", "life_health"),
        ),
    ]  # fmt: skip


def _needs(*kinds: str) -> tuple[tuple[CredentialNeed, ...], ...]:
    """All of `kinds`, each in the case's jurisdiction."""
    return tuple((CredentialNeed(kind=kind),) for kind in kinds)


def _case(now: datetime, number: int, **fields: Any) -> Case:
    """A case that came in this morning; `fields` say what is special about it."""
    created = now - timedelta(minutes=20 * number)
    given = {
        "source": "zendesk",
        "customer": f"K-{90000 + number}",
        "channel": "phone",
        "language": "en",
        "first_response_due": created + timedelta(hours=8),
        "resolution_due": created + timedelta(days=5),
    }
    return Case(id=f"C-{1900 + number}", created=created, **{**given, **fields})
