"""Records made by hand, with the columns that a test states and plain values for the rest."""

from datetime import datetime

import numpy as np

from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.records import CASE_COLUMNS, CONTACT_COLUMNS, Labels, Records, StaffHours, Table

LABELS = Labels(
    streams=("calls",),
    case_types=("billing", "claim"),
    root_causes=("fee",),
    stages=(("call",), ("call", "check")),
    specialists=("ana", "ben", "cem"),
    groups=("east", "east", "west"),
    accounts=("acme", "bolt", "core"),
    tiers=("gold", "", "gold"),
    account_revenue=(1000.0, 500.0, 200.0),
)

_CASE = {
    **dict.fromkeys(CASE_COLUMNS, 0.0),
    "account": -1,
    "priority": 3,
    "weight": 1,
    "root_cause": -1,
    "measured": 1,
    "first_specialist": -1,
    "specialist": -1,
    **dict.fromkeys(
        (
            "amount",
            "assigned",
            "first_contact",
            "first_response",
            "resolved",
            "abandoned",
            "first_response_met",
            "resolution_met",
        ),
        np.nan,
    ),
    **dict.fromkeys(("first_response_due", "resolution_due"), np.inf),
}


def scenario_of(**parts):
    """A scenario that starts on Monday, 2 March 2026, at midnight UTC and measures a day."""
    stages = {"call": {"handle": "10 min", "next": "resolved"}}
    plain = {
        "name": "by hand",
        "start": datetime(2026, 3, 2),  # noqa: DTZ001 (local, in the scenario's zone)
        "window": {"length": "1 d"},
        "case_types": {"billing": {"stages": stages}, "claim": {"stages": stages}},
    }
    return Scenario.model_validate(plain | parts)


def cases_of(*rows):
    """A table of cases: each row states some of the columns."""
    filled = [[(_CASE | {"ordinal": number} | row)[name] for name in CASE_COLUMNS] for number, row in enumerate(rows)]
    return Table(tuple(CASE_COLUMNS), np.array(filled, dtype=np.float64).reshape(-1, len(CASE_COLUMNS)))


def contacts_of(*rows):
    """A table of contacts: each row states some of the columns."""
    filled = [[({name: 0.0} | row)[name] for name in CONTACT_COLUMNS] for row in rows]
    return Table(tuple(CONTACT_COLUMNS), np.array(filled, dtype=np.float64).reshape(-1, len(CONTACT_COLUMNS)))


def staff_of(num_specialists=3, **hours):
    """Hours of the specialists: each is on shift for 8 hours and has a book of 10 units, unless stated."""
    by_hour = {name: hours.pop(name, np.zeros((num_specialists, 168))) for name in ("staffed_by_hour", "busy_by_hour")}
    zero = dict.fromkeys(("blocks", "sick", "busy", "overtime", "cost", "caseload"), 0.0)
    values = zero | {"paid": 8.0, "staffed": 8.0, "capacity": 10.0} | hours
    columns = {name: np.broadcast_to(np.asarray(value, dtype=np.float64), num_specialists) for name, value in values.items()}
    return StaffHours(**columns, **by_hour)


def records_of(replication, *rows, window=(0.0, 24.0), end=100.0, contacts=(), staff=None):
    """One replication with these cases."""
    return Records(replication, window, end, cases_of(*rows), contacts_of(*contacts), staff or staff_of(), len(rows))
