"""The scenarios that the simulation is timed on."""

from caserouter.simulation.language.scenario import Scenario

NUM_SERVERS = 5
SERVICE_RATE = 5.0
ARRIVAL_RATE = 0.9 * NUM_SERVERS * SERVICE_RATE


def queue(num_customers: int) -> Scenario:
    """M/M/5 at ρ = 0.9, as any scenario is written: cases of one contact, five specialists who hold one case each."""
    return Scenario.model_validate(
        {
            "name": "M/M/5",
            "start": "2026-03-02T00:00",
            "window": {"length": f"{num_customers / ARRIVAL_RATE} h"},
            "case_types": {"call": {"stages": {"call": {"handle": f"exponential({1 / SERVICE_RATE} h)"}}}},
            "demand": {"calls": {"types": "call", "rate": f"{ARRIVAL_RATE} per hour"}},
            "staff": {"agent": {"count": NUM_SERVERS, "capacity": 1}},
            "routing": {"policy": "longest_idle", "sequencing": "fifo"},
        }
    )


_CREDENTIALS = {
    "dispute": {"skills": {"billing": 2}, "credentials": ["series_6|series_7"]},
    "claim": {"skills": {"claims": 2}, "credentials": ["property_casualty"]},
    "appeal": {"skills": {"claims": 3}, "credentials": ["health", "hipaa@any"]},
    "complaint": {"skills": {"complaints": 2}, "risk_flags": {"regulator": 0.1, "legal": 0.05}},
    "outage": {"skills": {"technical": 2}},
    "exception": {"skills": {"billing": 3}, "credentials": ["series_7"]},
}
_STATES = {"NY": 0.4, "CA": 0.35, "TX": 0.25}


def case_management(policy: str, *, weeks: float = 4.0, specialists: int = 40, cases_per_week: float = 1_250.0) -> Scenario:
    """Escalations of six types with shifts, books, external waits, approvals, reviews, commitments and chases.

    Parameters
    ----------
    policy
        Routing policy.
    weeks
        Length of the measured window, after one of warm-up.
    specialists
        At least eight; they work at some 85 % of their time at 31 cases a week each.
    cases_per_week
        Demand.
    """
    groups = specialists // 8
    share = cases_per_week / 6 / 50
    return Scenario.model_validate(
        {
            "name": "case management",
            "start": "2026-03-02T00:00",
            "time_zone": "America/New_York",
            "business_hours": "Mon-Fri 08:00-18:00",
            "window": {"warm_up": "1 week", "length": f"{weeks} weeks", "tail": "8 weeks"},
            "case_types": {name: _case_type(asked) for name, asked in _CREDENTIALS.items()},
            "demand": {name: {"types": name, "rate": {"Mon-Fri 08:00-18:00": f"{share} per hour"}} for name in _CREDENTIALS},
            "staff": {f"team-{k}": _group(k, groups + (k < specialists % 8)) for k in range(8)},
            "departments": {
                "back_office": {"staff": max(specialists * 11 // 20, 1), "hours": "Mon-Fri 08:00-18:00"},
                "legal": {"staff": 2},
            },
            "routing": {
                "policy": policy,
                "parked_factor": 0.5,
                "reviews": {"legal": {"department": "legal", "handle": "30 min"}},
            },
        }
    )


def _case_type(asked: dict[str, object]) -> dict[str, object]:
    return {
        "weight": 2,
        "jurisdictions": _STATES,
        "action": "credit",
        "amount": "lognormal(180 USD, cv=1.2)",
        "first_response": {"within": "6 h", "clock": "business"},
        "resolution": {"within": "10 d", "pauses_on_customer": True},
        "stages": {
            "research": {"handle": "lognormal(12 min, cv=0.8)", "customer_facing": False, "next": "call"},
            "call": {
                "handle": "lognormal(16 min, cv=0.7)",
                "documentation": "4 min",
                "commitment": {"probability": 0.5, "within": "2 d"},
                "next": {"back_office": 0.5, "customer": 0.2, "decision": 0.3},
            },
            "back_office": {
                "by": "department",
                "department": "back_office",
                "handle": "exponential(40 min)",
                "next": {"call": 0.6, "decision": 0.4},
            },
            "customer": {"by": "customer", "handle": "exponential(20 h)", "next": "call"},
            "decision": {"handle": "lognormal(8 min, cv=0.5)", "decides": True},
        },
        "reopening": {"probability": 0.05, "after": "exponential(4 d)", "stage": "call"},
        "chase": {"after": "exponential(5 d)", "probability": 0.5},
    } | asked


def _group(number: int, count: int) -> dict[str, object]:
    kinds = ["series_7", "series_6", "property_casualty", "health"]
    held = [kinds[number % 4], kinds[(number + 1) % 4]]
    return {
        "count": count,
        "capacity": 60,
        "role": "coordinator" if number % 2 else "specialist",
        "skills": {"billing": 3, "claims": 3, "complaints": 3, "technical": 2 + number % 2},
        "credentials": [{"kind": kind, "jurisdictions": list(_STATES)} for kind in held] + [{"kind": "hipaa"}],
        "authority": {"credit": "1000 USD" if number % 4 == 0 else "150 USD"},
        "shifts": "Mon-Fri 08:00-12:00, 12:30-16:30" if number % 2 else "Mon-Fri 09:00-13:00, 13:30-17:30",
        "sick_probability": 0.03,
    }
