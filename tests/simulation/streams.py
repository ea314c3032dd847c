"""Scenarios of which only the demand matters."""

from typing import Any

import numpy as np

from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.trace import DemandTrace, build_trace

WEEK = 168.0
MONDAY = "2026-03-02T00:00"
STAGES = {"work": {"handle": "10 min", "decides": True}, "check": {"handle": "5 min"}}
TYPES = {
    "claim": {
        "jurisdictions": {"NY": 2, "NJ": 1, "CA": 0},
        "languages": {"en": 3, "es": 1},
        "root_causes": {"outage": 1, "letter": 1},
        "risk_flags": {"legal": 0.25, "executive": 0.5},
        "action": "refund",
        "amount": "lognormal(100 USD, cv=0.5)",
        "stages": STAGES,
    },
    "question": {"stages": {"reply": {"handle": "5 min"}}},
}
ACCOUNTS = {"gold": {"count": 22, "tier": "gold", "revenue": "900 USD", "at_risk": 0.5}, "small": {"count": 100}}


def scenario(demand: dict[str, Any], **more: Any) -> Scenario:
    """A scenario in UTC from a Monday in winter on, with these streams."""
    base = {"name": "demand", "start": MONDAY, "window": {"length": "4 w"}, "case_types": TYPES, "accounts": ACCOUNTS}
    return Scenario.model_validate(base | {"demand": demand} | more)


def trace(demand: dict[str, Any], *, hours: float = WEEK, seed: int = 1, replication: int = 0, **more: Any) -> DemandTrace:
    """The trace of such a scenario."""
    return build_trace(scenario(demand, **more), seed, replication, hours)


def cases_of(found: DemandTrace, stream: str) -> list[tuple[Any, ...]]:
    """The rows of one stream, the stream's number aside and accounts by id."""
    mine = np.flatnonzero(found.stream == found.streams.index(stream))
    rows = list(found.rows())
    return [(*rows[k][1:4], found.accounts[rows[k][4]] if rows[k][4] >= 0 else None, *map(str, rows[k][5:])) for k in mine]
