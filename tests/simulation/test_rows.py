"""Cases and contacts as data frames."""

import pandas as pd
from tests.simulation.handmade import LABELS, records_of, scenario_of

from caserouter.simulation.local_time import LocalTime
from caserouter.simulation.records import CASE_COLUMNS, CONTACT_COLUMNS, ContactKind
from caserouter.simulation.rows import cases_frame, contacts_frame

LOCAL = LocalTime.of(scenario_of(time_zone="Europe/Berlin"))

RECORDS = [
    records_of(
        0,
        {"case_type": 1, "account": 2, "specialist": 2, "first_specialist": 0, "arrival": 1.5, "resolved": 3, "chases": 2},
        {"root_cause": 0, "measured": 0, "abandoned": 2},
        contacts=[
            {"case_type": 1, "stage": 1, "specialist": 2, "start": 2, "end": 3, "measured": 1, "customer_facing": 1},
            {"case_type": 0, "stage": 0, "specialist": 1},
            {"case_type": 1, "stage": -1, "kind": ContactKind.CHASE},
        ],
    ),
    records_of(1, {}),
]


def test_cases_have_names_for_numbers():
    frame = cases_frame(RECORDS, LABELS, LOCAL)
    names = ["replication", "stream", "case_type", "account", "account_tier", "first_specialist", "specialist", "staff_group"]
    assert frame[names].iloc[0].tolist() == [0, "calls", "claim", "core", "gold", "ana", "cem", "west"]
    assert frame["root_cause"].iloc[1] == "fee"
    assert frame["replication"].tolist() == [0, 0, 1]


def test_cases_have_every_column_of_the_records_in_their_order():
    assert list(cases_frame(RECORDS, LABELS, LOCAL))[1 : 1 + len(CASE_COLUMNS)] == list(CASE_COLUMNS)
    assert list(contacts_frame(RECORDS, LABELS, LOCAL))[1 : 1 + len(CONTACT_COLUMNS)] == list(CONTACT_COLUMNS)


def test_what_a_case_has_not_is_missing():
    row = cases_frame(RECORDS, LABELS, LOCAL).iloc[1]
    assert row[["account", "account_tier", "specialist", "staff_group", "resolved", "resolved_at"]].isna().all()


def test_an_account_without_a_tier_is_in_the_group_of_those_without():
    frame = cases_frame([records_of(0, {"account": 1})], LABELS, LOCAL)
    assert frame[["account", "account_tier"]].iloc[0].tolist() == ["bolt", "none"]


def test_times_are_hours_and_moments():
    row = cases_frame(RECORDS, LABELS, LOCAL).iloc[0]
    assert (row["arrival"], row["arrival_at"]) == (1.5, pd.Timestamp("2026-03-02 01:30+0100"))
    assert (row["resolved"], row["resolved_at"]) == (3.0, pd.Timestamp("2026-03-02 03:00+0100"))


def test_counts_are_whole_and_flags_are_true_or_false():
    frame = cases_frame(RECORDS, LABELS, LOCAL)
    assert frame["chases"].dtype == "int64"
    assert frame["measured"].tolist() == [True, False, True]


def test_contacts_have_names_for_numbers():
    frame = contacts_frame(RECORDS, LABELS, LOCAL)
    assert frame[["kind", "case_type", "stage", "specialist"]].iloc[0].tolist() == ["stage", "claim", "check", "cem"]
    assert frame["stage"].iloc[1] == "call"
    assert frame["kind"].iloc[2] == "chase"
    assert pd.isna(frame["stage"].iloc[2])


def test_contacts_say_when_and_whom_they_reached():
    row = contacts_frame(RECORDS, LABELS, LOCAL).iloc[0]
    assert row["start_at"] == pd.Timestamp("2026-03-02 02:00+0100")
    assert (row["customer_facing"], row["staff_group"]) == (True, "west")


def test_no_cases_make_empty_frames():
    empty = [records_of(0)]
    assert len(cases_frame(empty, LABELS, LOCAL)) == len(contacts_frame(empty, LABELS, LOCAL)) == 0
