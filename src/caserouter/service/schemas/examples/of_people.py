"""Examples of specialists, accounts, policies and keys, and of what the service says of itself."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from caserouter.domain.service_policy import ServicePolicy
from caserouter.service.schemas import accounts, health, keys, policies, specialists

_AT = "2026-11-23T09:00:00Z"
_SPECIALIST: Mapping[str, Any] = {
    "id": "S-7",
    "version": 4,
    "active": True,
    "name": "Ana Ruiz",
    "team": "North",
    "role": "coordinator",
    "skills": {"negotiation": 4},
    "authority": {"refund": "500.00 USD"},
    "languages": ["en", "es"],
    "capacity": 8,
    "load": 2,
    "presence": "online",
    "presence_until": None,
    "time_zone": "America/New_York",
    "shifts": "Mon-Fri 09:00-17:00",
    "blocks": "",
    "leave": "2026-12-24..2026-12-31",
    "backup": "S-9",
    "intake": None,
    "cost_per_hour": "52.00 USD",
}
_PUT: Mapping[str, Any] = {
    "name": "Ana Ruiz",
    "team": "North",
    "role": "coordinator",
    "skills": {"negotiation": 4},
    "credentials": [{"kind": "series_7", "jurisdictions": ["NY", "NJ"], "valid_until": "2027-06-30"}],
    "authority": {"refund": "500.00 USD"},
    "languages": ["en", "es"],
    "capacity": 8,
    "time_zone": "America/New_York",
    "shifts": "Mon-Fri 09:00-17:00",
    "leave": "2026-12-24..2026-12-31",
    "backup": "S-9",
    "cost_per_hour": "52.00 USD",
}
_GRANT: Mapping[str, Any] = {
    "kind": "series_7",
    "jurisdictions": ["NY", "NJ"],
    "valid_until": "2027-06-30",
    "evidence": "CRD 4411",
}
_CREDENTIAL: Mapping[str, Any] = {"id": "L-9XKB06F2M8Q4T1ZJ", **_GRANT, "valid_from": None, "revoked": False}
_HELD = {"case_id": "C-06F2M8Q4T1ZJ9XKB", "units": 2, "since": _AT, "status": "ready", "priority": 2}
_ACCOUNT: Mapping[str, Any] = {"owner": "S-7", "tier": "gold", "health": 64.0, "at_risk": False}
_POLICY: Mapping[str, Any] = {"version": 3, "name": "autumn", "active": True, "added_at": _AT, "activated_at": _AT}
_DOCUMENT: Mapping[str, Any] = {
    "routing": {"name": "autumn", "prices": {"breach": 150.0}},
    "acceptance": {"minutes": 15.0},
    "targets": [{"priorities": [1, 2], "first_response_hours": 4.0, "resolution_hours": 40.0}],
    "calendar": {
        "time_zone": "America/New_York",
        "shifts": [{"days": [0, 1, 2, 3, 4], "start": "09:00", "end": "17:00"}],
        "holidays": ["2026-12-25"],
    },
}
_KEY: Mapping[str, Any] = {
    "id": "K-3f9a21c0de",
    "prefix": "3f9a21c0de",
    "name": "CRM, production",
    "scopes": ["route", "read"],
    "rate_per_minute": None,
    "created_at": _AT,
    "expires_at": None,
    "revoked_at": None,
    "replaced_by": None,
}
_NEW_KEY: Mapping[str, Any] = {"key": _KEY, "token": "cr_3f9a21c0de_" + "0" * 64}
_METRICS = 'caserouter_http_requests_total{method="POST",route="/v1/cases",status="201"} 1024.0\n'

EXAMPLES: Mapping[type[BaseModel], Any] = {
    specialists.PutSpecialist: _PUT,
    specialists.PatchSpecialist: {"capacity": 6, "leave": "2026-12-24..2026-12-31"},
    specialists.SetPresence: {"presence": "away", "until": "2026-11-23T13:00:00Z"},
    specialists.SetCapacity: {"capacity": 6},
    specialists.GrantCredential: _GRANT,
    specialists.SpecialistView: _SPECIALIST,
    specialists.SpecialistInFullView: {**_SPECIALIST, "held": [_HELD]},
    specialists.SpecialistsView: {"items": [_SPECIALIST], "next": None},
    specialists.CredentialView: _CREDENTIAL,
    specialists.CredentialsView: {"items": [_CREDENTIAL]},
    specialists.RevokedView: {"credential": "L-9XKB06F2M8Q4T1ZJ", "sent_back": ["C-06F2M8Q4T1ZJ9XKB"]},
    specialists.ImportedView: {"created": ["S-7"], "updated": [], "unchanged": [], "warnings": []},
    accounts.AccountBody: _ACCOUNT,
    accounts.AccountView: {"id": "A-12", "version": 1, **_ACCOUNT},
    accounts.AccountsView: {"items": [{"id": "A-12", "version": 1, **_ACCOUNT}], "next": None},
    ServicePolicy: _DOCUMENT,
    policies.PolicyLineView: _POLICY,
    policies.PolicyView: {**_POLICY, "document": _DOCUMENT},
    policies.PoliciesView: {"items": [_POLICY], "next": None},
    keys.CreateKey: {"name": "CRM, production", "scopes": ["route", "read"]},
    keys.RotateKey: {"overlap_hours": 24},
    keys.KeyView: _KEY,
    keys.KeysView: {"items": [_KEY]},
    keys.NewKeyView: _NEW_KEY,
    health.HealthView: {"status": "ok"},
    health.ReadyView: {"status": "ready", "seq": 1024},
    health.MetricsView: _METRICS,
}
"""By body or answer."""
