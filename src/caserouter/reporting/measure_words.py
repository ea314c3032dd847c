"""What reports call each measure."""

from collections.abc import Mapping
from types import MappingProxyType

from caserouter.simulation.cohort import EVERYTHING

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "cases": "cases per replication",
        "resolved_cases": "cases resolved",
        "open_cases": "cases still open at the end",
        "service_level_first_response": "first response within target",
        "service_level_resolution": "resolution within target",
        "waiting_time_mean": "waiting time, mean",
        "waiting_time_p50": "waiting time, median",
        "waiting_time_p90": "waiting time, 90th percentile",
        "waiting_time_p95": "waiting time, 95th percentile",
        "time_to_resolution_mean": "time to resolution, mean",
        "time_to_resolution_p50": "time to resolution, median",
        "time_to_resolution_p90": "time to resolution, 90th percentile",
        "time_to_resolution_p95": "time to resolution, 95th percentile",
        "wait_unassigned_mean": "unassigned",
        "wait_in_book_mean": "in the book",
        "wait_off_shift_mean": "off shift",
        "wait_department_mean": "department",
        "wait_customer_mean": "customer",
        "wait_approval_mean": "approval",
        "wait_review_mean": "review",
        "contact_hours_mean": "time worked on a case, mean",
        "contacts_per_case": "contacts per case",
        "hand_offs_per_case": "hand-offs per case",
        "approvals_per_case": "approvals per case",
        "chases_per_case": "follow-ups by the customer, per case",
        "reopen_rate": "reopened",
        "commitments_kept": "commitments kept",
        "abandonment_rate": "abandoned",
        "backlog_mean": "open cases, mean",
        "occupancy": "occupancy",
        "shrinkage": "shrinkage",
        "overtime_share": "overtime",
        "caseload_mean": "caseload, mean units",
        "caseload_share": "caseload ÷ capacity",
        "caseload_spread": "spread of caseload between specialists",
        "cost": "cost of the paid hours",
        "cost_per_resolved_case": "cost per resolved case",
        "accounts_at_risk": "accounts at risk",
        "revenue_at_risk": "revenue at risk",
    }
)
"""Name of each measure in tables and charts; waits go by their cause."""

WAIT_MEASURES = tuple(name for name in LABELS if name.startswith("wait_"))
"""The parts of a case's waiting, in the order in which they are stacked."""


def label_of(measure: str, group: str = EVERYTHING) -> str:
    """A measure's name, and its group's unless it is about everything."""
    return LABELS[measure] + ("" if group == EVERYTHING else f", {group}")


def label_in_full(measure: str) -> str:
    """A measure's name where no heading says that causes of waiting are meant."""
    return f"waiting: {LABELS[measure]}" if measure in WAIT_MEASURES else LABELS[measure]
