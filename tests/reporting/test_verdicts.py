"""Targets in words."""

import pandas as pd
import pytest

from caserouter.reporting.verdicts import headline, read_verdicts

NAN = float("nan")
ROW = {
    "measure": "service_level_resolution",
    "group_by": "all",
    "group": "all",
    "at_least": 0.8,
    "at_most": NAN,
    "estimate": 0.85,
    "low": 0.82,
    "high": 0.88,
    "verdict": "met",
    "unit": "proportion",
}


def verdict(**changes):
    return read_verdicts(pd.DataFrame([ROW | changes]))[0]


def test_a_floor_says_at_least_and_a_ceiling_at_most():
    assert verdict().bound_text == "at least 80.0 %"
    assert verdict(at_least=NAN, at_most=0.9).bound_text == "at most 90.0 %"


def test_a_target_of_one_case_type_names_it():
    assert verdict().label == "resolution within target"
    assert verdict(group_by="case_type", group="dispute").label == "resolution within target, dispute"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, ""),
        ({"verdict": "open", "low": 0.75}, "the bound is inside the interval: more replications would tell"),
        ({"verdict": "open", "low": NAN, "high": NAN}, "no interval: run two replications or more"),
        ({"verdict": "open", "estimate": NAN, "low": NAN, "high": NAN}, "nothing was observed"),
    ],
)
def test_what_is_not_settled_says_why(changes, reason):
    assert verdict(**changes).why_open == reason


def test_the_headline_counts_what_is_met_missed_and_not_settled():
    rows = [ROW, ROW, ROW | {"verdict": "missed"}, ROW | {"verdict": "open"}]
    assert headline(read_verdicts(pd.DataFrame(rows))) == "Of 4 targets 2 met, 1 missed, 1 not settled."
    assert headline(read_verdicts(pd.DataFrame(rows[2:3]))) == "The one target is missed."
    assert headline([]) == "The scenario names no targets."
