"""What is measured: each measure's unit and meaning, and the two sums whose ratio it is.

Measures of cases are about the cohort, the cases that arrived in the measured window, however long after it they were resolved; measures
of staff are about the hours of the window. All ratios are ratios of sums over the replications, never means of ratios.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

from caserouter.simulation.cohort import Cohort
from caserouter.simulation.records import FloatArray

QUANTILES: Mapping[str, float] = MappingProxyType({"p50": 0.5, "p90": 0.9, "p95": 0.95})
"""Suffixes of the quantiles' names."""

WAITS: Mapping[str, str] = MappingProxyType(
    {
        "unassigned": "on the queue, or for somebody to route a contact to",
        "in_book": "in the book of a specialist on shift",
        "off_shift": "for a specialist off shift",
        "department": "for departments",
        "customer": "for the customer",
        "approval": "for an approver",
        "review": "for a review",
    }
)
"""What cases wait for, by cause."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure as reports name it.

    Parameters
    ----------
    unit
        ``proportion`` (0 to 1), ``ratio`` (0 or more), ``hours``, ``money`` (major units of the policy's currency), ``per case``, ``cases``, ``units`` (of
        weight) or ``accounts``.
    meaning
        One phrase.
    better
        Whether ``higher`` or ``lower`` values are better; empty where that depends.
    """

    unit: str
    meaning: str
    better: Literal["higher", "lower", ""] = ""


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "cases": Measure("cases", "cases of the cohort in a replication"),
        "resolved_cases": Measure("cases", "cases of the cohort that were resolved, in a replication", "higher"),
        "open_cases": Measure(
            "cases", "cases of the cohort that were open when the replication stopped, and are censored", "lower"
        ),
        "service_level_first_response": Measure(
            "proportion", "first responses within the target ÷ cases that have one", "higher"
        ),
        "service_level_resolution": Measure("proportion", "resolutions within the target ÷ cases that have one", "higher"),
        "waiting_time_mean": Measure(
            "hours", "mean time from arrival to the first contact, of cases that were not abandoned", "lower"
        ),
        "waiting_time_p50": Measure(
            "hours", "half of the cases that were not abandoned waited no longer for the first contact", "lower"
        ),
        "waiting_time_p90": Measure("hours", "nine in ten waited no longer for the first contact", "lower"),
        "waiting_time_p95": Measure("hours", "nineteen in twenty waited no longer for the first contact", "lower"),
        "time_to_resolution_mean": Measure(
            "hours",
            "mean time from arrival to the last resolution less the time closed in between, of cases that were not abandoned; by "
            "Kaplan–Meier, up to the longest time seen, where some are open",
            "lower",
        ),
        "time_to_resolution_p50": Measure(
            "hours", "half were resolved within this time; by Kaplan–Meier where some are open", "lower"
        ),
        "time_to_resolution_p90": Measure("hours", "nine in ten were resolved within this time", "lower"),
        "time_to_resolution_p95": Measure("hours", "nineteen in twenty were resolved within this time", "lower"),
        **{
            f"wait_{cause}_mean": Measure("hours", f"mean time that a case waited {what}", "lower")
            for cause, what in WAITS.items()
        },
        "contact_hours_mean": Measure("hours", "mean time that a case was worked on, documentation included"),
        "contacts_per_case": Measure("per case", "contacts of every kind but approvals ÷ cases"),
        "hand_offs_per_case": Measure("per case", "times passed from one holder back to the queue ÷ cases", "lower"),
        "approvals_per_case": Measure("per case", "approvals needed ÷ cases"),
        "chases_per_case": Measure("per case", "times that the customer had to follow up ÷ cases", "lower"),
        "reopen_rate": Measure("proportion", "reopenings ÷ resolutions", "lower"),
        "commitments_kept": Measure("proportion", "commitments kept ÷ commitments that came due or were kept", "higher"),
        "abandonment_rate": Measure("proportion", "abandoned cases ÷ cases", "lower"),
        "backlog_mean": Measure("cases", "mean number of open cases over the measured window, whenever they arrived", "lower"),
        "occupancy": Measure("proportion", "hours in contacts, overtime aside ÷ staffed hours"),
        "shrinkage": Measure("proportion", "hours of blocks and sick days ÷ paid hours"),
        "overtime_share": Measure("proportion", "hours worked after the end of a shift ÷ paid hours", "lower"),
        "caseload_mean": Measure("units", "mean units of weight in a specialist's book"),
        "caseload_share": Measure("ratio", "units of weight in the books ÷ units that they may hold"),
        "caseload_spread": Measure("ratio", "standard deviation of caseload ÷ capacity between specialists; 0 is even", "lower"),
        "cost": Measure("money", "cost of the paid hours in a replication", "lower"),
        "cost_per_resolved_case": Measure("money", "cost of the paid hours ÷ cases of the cohort that were resolved", "lower"),
        "accounts_at_risk": Measure("accounts", "accounts expected to leave under the stated churn curve", "lower"),
        "revenue_at_risk": Measure(
            "money", "yearly revenue of the accounts expected to leave under the stated churn curve", "lower"
        ),
    }
)
"""Every measure, in the order of the tables."""

HEADLINES = (
    "service_level_first_response",
    "service_level_resolution",
    "waiting_time_mean",
    "time_to_resolution_mean",
    "time_to_resolution_p90",
    "chases_per_case",
    "commitments_kept",
    "abandonment_rate",
    "backlog_mean",
    "occupancy",
    "caseload_spread",
    "cost_per_resolved_case",
)
"""The measures by which scenarios are compared beside their targets, in the order of `MEASURES`."""

Sums = tuple[FloatArray, FloatArray | None]
"""What each case adds to the numerator and to the denominator, shape (num_cases,); None counts replications."""

CASE_RATIOS: Mapping[str, Callable[[Cohort], Sums]] = MappingProxyType(
    {
        "cases": lambda cases: (_one(cases), None),
        "resolved_cases": lambda cases: (_seen(cases["resolved"]), None),
        "open_cases": lambda cases: (_one(cases) - _seen(cases["resolved"]) - _seen(cases["abandoned"]), None),
        "service_level_first_response": lambda cases: _where_known(cases["first_response_met"]),
        "service_level_resolution": lambda cases: _where_known(cases["resolution_met"]),
        **{f"wait_{cause}_mean": lambda cases, name=f"wait_{cause}": (cases[name], _one(cases)) for cause in WAITS},  # type: ignore[misc]
        "contact_hours_mean": lambda cases: (cases["contact_hours"], _one(cases)),
        "contacts_per_case": lambda cases: (cases["num_contacts"], _one(cases)),
        "hand_offs_per_case": lambda cases: (cases["hand_offs"], _one(cases)),
        "approvals_per_case": lambda cases: (cases["approvals"], _one(cases)),
        "chases_per_case": lambda cases: (cases["chases"], _one(cases)),
        "reopen_rate": lambda cases: (cases["reopens"], cases["reopens"] + _seen(cases["resolved"])),
        "commitments_kept": lambda cases: (cases["commitments_kept"], cases["commitments"]),
        "abandonment_rate": lambda cases: (_seen(cases["abandoned"]), _one(cases)),
    }
)
"""Measures that are ratios of sums over the cases."""

Spans = tuple[FloatArray, FloatArray, FloatArray]
"""Times in hours; whether each is known (1) or at least so long (0); whether the case counts (1 or 0); shape (num_cases,)."""

TIMES: Mapping[str, Callable[[Cohort], Spans]] = MappingProxyType(
    {
        "waiting_time": lambda cases: _span(cases, cases["first_contact"], 0.0),
        "time_to_resolution": lambda cases: _span(cases, cases["resolved"], cases["closed_hours"]),
    }
)
"""Times whose mean and quantiles are measured."""


def _span(cases: Cohort, until: FloatArray, paused: FloatArray | float) -> Spans:
    """From arrival `until` then, or until the replication stopped; abandoned cases would never have come so far, and do not count."""
    known = _seen(until)
    time = np.where(known > 0, until, cases.end) - cases["arrival"] - paused
    return np.maximum(time, 0.0), known, 1.0 - _seen(cases["abandoned"])


def _where_known(values: FloatArray) -> Sums:
    return np.nan_to_num(values), _seen(values)


def _seen(values: FloatArray) -> FloatArray:
    return (~np.isnan(values)).astype(np.float64)


def _one(cases: Cohort) -> FloatArray:
    return np.ones(len(cases))
