"""Recorded histories: read as they are written, and every error with file, line and column."""

from pathlib import Path

import numpy as np
import pytest
from tests.simulation.streams import WEEK, scenario

from caserouter.domain.errors import InvalidInput, NotFound
from caserouter.simulation.recorded import check_history
from caserouter.simulation.recorded_cells import HistoryColumns
from caserouter.simulation.trace import build_trace

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-scenario.md"
STREAM = {"types": {"claim": 1, "question": 1}, "trace": "history.csv"}


def world(**more):
    """A scenario with a history."""
    return scenario({"history": STREAM | more.pop("stream", {})}, **more)


def read(folder, text, **more):
    """The trace of a history with this text."""
    (folder / "history.csv").write_text(text, encoding="utf-8")
    return build_trace(world(**more), 1, 0, WEEK, folder=folder)


def complaints(folder, text, **more):
    """What is wrong with it, without the folder."""
    (folder / "history.csv").write_text(text, encoding="utf-8")
    here = world(**more)
    findings = check_history(here.demand["history"], here, folder)
    return [f"{finding.severity} {finding}".replace(f"{folder}/", "") for finding in findings]


def test_every_column_is_read(tmp_path):
    header = "arrived_at,type,account,jurisdiction,language,amount,root_cause,risk_flags,effort\n"
    found = read(tmp_path, header + "2026-03-02T10:30,claim,gold-0003,us-ny,ES,120.50,letter,legal; executive,1.25\n")
    assert (found.arrival.tolist(), found.case_type.tolist(), found.account.tolist()) == ([10.5], [0], [2])
    assert (found.jurisdictions[found.jurisdiction[0]], found.languages[found.language[0]]) == ("NY", "es")
    assert (found.amount[0], found.root_causes[found.root_cause[0]]) == (12_050.0, "letter")
    assert (found.flags[0], found.effort[0]) == (0b11, 1.25)


def test_an_empty_cell_means_none(tmp_path):
    header = "arrived_at,type,account,jurisdiction,language,amount,root_cause,risk_flags,effort\n"
    found = read(tmp_path, header + "2026-03-02T10:30,claim,,,,,,,\n")
    assert (found.account[0], found.jurisdiction[0], found.language[0], found.root_cause[0]) == (-1, -1, -1, -1)
    assert np.isnan(found.amount[0])
    assert (found.flags[0], found.effort[0]) == (0, 1.0)


def test_what_has_no_column_is_drawn(tmp_path):
    rows = "".join(f"2026-03-02T{k // 60:02d}:{k % 60:02d},claim\n" for k in range(900))
    found = read(tmp_path, "Arrived At,Type\n" + rows, stream={"accounts": "gold"})
    assert np.mean(found.jurisdiction == found.jurisdictions.index("NY")) == pytest.approx(2 / 3, abs=0.07)
    assert set(found.account) == set(range(22))
    assert np.all(found.amount > 0)


def test_local_times_are_the_scenarios_and_offsets_are_kept(tmp_path):
    text = "arrived_at,type\n2026-03-02T09:00,claim\n2026-03-02T09:30-05:00,claim\n2026-03-02 15:00Z,claim\n"
    assert read(tmp_path, text, time_zone="America/New_York").arrival.tolist() == [9.0, 9.5, 10.0]


def test_an_hour_that_the_clock_repeats_goes_by_the_order_of_the_rows(tmp_path):
    times = ("00:50", "01:10", "01:50", "01:05", "01:59", "02:10")
    text = "arrived_at,type\n" + "".join(f"2026-11-01T{time},question\n" for time in times)
    found = read(tmp_path, text, time_zone="America/New_York", start="2026-11-01T00:00")
    assert found.arrival * 60 == pytest.approx([50, 70, 110, 125, 179, 190])


def test_rows_beyond_the_horizon_are_left_out(tmp_path):
    assert len(read(tmp_path, "arrived_at,type\n2026-03-08T23:59,claim\n2026-03-09T00:00,claim\n")) == 1


def test_the_order_of_types_in_the_scenario_is_no_matter_of_an_earlier_reading(tmp_path):
    text = "arrived_at,type\n2026-03-02T09:00,claim\n"
    types = world().case_types
    for order in (("claim", "question"), ("question", "claim")):
        found = read(tmp_path, text, case_types={name: types[name].model_dump() for name in order})
        assert found.case_types[found.case_type[0]] == "claim"


def test_a_history_that_changes_is_read_again(tmp_path):
    assert len(read(tmp_path, "arrived_at,type\n2026-03-02T09:00,claim\n")) == 1
    assert len(read(tmp_path, "arrived_at,type\n2026-03-02T09:00,claim\n2026-03-02T10:00,claim\n")) == 2


ROW = "2026-03-02T10:00,claim"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "arrived_at,type\n2026-03-02T10:00,clam\n",
            "history.csv:2, type: clam: no case type of this stream; did you mean claim?",
        ),
        ("arrived_at,type\n2026-03-02T10:00,\n", "history.csv:2, type: no case type of this stream; known are claim, question"),
        (
            "arrived_at,type\ntomorrow,claim\n",
            "history.csv:2, arrived_at: tomorrow: not a time; write it as 2026-03-01T09:30, in the scenario's time zone, or with",
        ),
        (
            "arrived_at,type\n2026-03-01T23:59,claim\n",
            "history.csv:2, arrived_at: 2026-03-01T23:59: before the scenario starts; start the scenario earlier, or leave the row out",
        ),
        (
            f"arrived_at,type\n{ROW}\n{ROW}\n2026-03-02T09:59,claim\n",
            "history.csv:4, arrived_at: 2026-03-02T09:59: earlier than line 3; sort the rows by arrived_at",
        ),
        (
            f"arrived_at,type,account\n{ROW},gold-99\n",
            "history.csv:2, account: gold-99: no account of this scenario; known are gold-0001",
        ),
        (f"arrived_at,type,jurisdiction\n{ROW},TX\n", "TX: no jurisdiction of this case type; known are NY, NJ, CA"),
        (f"arrived_at,type,language\n{ROW},fr\n", "fr: no language of this case type; known are en, es"),
        (f"arrived_at,type,root_cause\n{ROW},leter\n", "leter: no root cause of this case type; did you mean letter?"),
        (
            f"arrived_at,type,risk_flags\n{ROW},legal; media\n",
            "media: no risk flag of this case type; known are legal, executive",
        ),
        (f"arrived_at,type,amount\n{ROW},12 EUR\n", "history.csv:2, amount: 12.00 EUR: not in USD"),
        (
            "arrived_at,type,amount\n2026-03-02T10:00,question,5\n",
            "5: an amount of a case type that has none; give the type an action and an amount, or leave this empty",
        ),
        (f"arrived_at,type,effort\n{ROW},0\n", "history.csv:2, effort: 0: not a number above 0"),
        (f"arrived_at,type,effort\n{ROW},nan\n", "history.csv:2, effort: nan: not a number above 0"),
        (f"arrived_at,type,efort\n{ROW},1\n", "history.csv:1, efort: efort: unknown column; did you mean effort?"),
        (
            "type\nclaim\n",
            "arrived_at: this column is missing from the header; add it; every recorded case needs arrived_at, type",
        ),
        (f"arrived_at,type\n{ROW},x\n", "history.csv:2: 3 cells under a header of 2"),
    ],
)
def test_what_is_wrong_is_said_with_line_and_column(tmp_path, text, message):
    [complaint] = complaints(tmp_path, text)
    assert complaint.startswith("error history.csv:")
    assert message in complaint
    with pytest.raises(InvalidInput, match=r"history.csv: not a recorded history: 1 problem, first"):
        read(tmp_path, text)


def test_every_error_is_found_in_one_go(tmp_path):
    found = complaints(tmp_path, "arrived_at,type,effort\n2026-03-02T10:00,clam,2\nnever,claim,-1\n2026-03-02T09:00,claim,1\n")
    assert [line.split(": ")[0] for line in found] == [
        "error history.csv:2, type",
        "error history.csv:3, arrived_at",
        "error history.csv:3, effort",
        "error history.csv:4, arrived_at",
    ]


def test_a_long_silence_is_a_warning_that_names_both_lines(tmp_path):
    rows = "".join(f"2026-03-0{day}T{hour:02d}:00,claim\n" for day in (2, 6) for hour in range(24))
    [warning] = complaints(tmp_path, f"arrived_at,type\n{rows}")
    assert warning == (
        "warning history.csv:26, arrived_at: no case for 3.0 days between line 25 and line 26; check that no rows are missing"
    )
    assert len(read(tmp_path, f"arrived_at,type\n{rows}")) == 48


def test_a_weekend_is_no_long_silence_and_neither_are_rare_cases(tmp_path):
    weekend = "".join(f"2026-03-0{day}T{hour:02d}:00,claim\n" for day in (2, 4) for hour in range(24))
    assert complaints(tmp_path, f"arrived_at,type\n{weekend}") == []
    assert complaints(tmp_path, "arrived_at,type\n2026-03-02T10:00,claim\n2026-03-20T10:00,claim\n") == []


def test_a_long_silence_shows_in_a_short_history_too(tmp_path):
    moments = ["2026-03-02T10:00", "2026-03-02T12:00", "2026-03-02T14:00", "2026-03-11T10:00"]
    rows = "".join(f"{moment},claim\n" for moment in moments)
    assert "no case for 8.8 days between line 4 and line 5" in complaints(tmp_path, f"arrived_at,type\n{rows}")[0]


def test_a_history_without_rows_has_no_cases(tmp_path):
    assert len(read(tmp_path, "arrived_at,type\n")) == 0


def test_a_history_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(NotFound, match=r"history.csv: no such file; check the path"):
        build_trace(world(), 1, 0, WEEK, folder=tmp_path)


def test_a_history_that_is_no_csv_is_refused(tmp_path):
    (tmp_path / "history.json").write_text('[{"arrived_at": "2026-03-02T10:00", "type": "claim"}]')
    with pytest.raises(InvalidInput, match=r"history.json: not a CSV file; save the history as .csv"):
        build_trace(world(stream={"trace": "history.json"}), 1, 0, WEEK, folder=tmp_path)


@pytest.mark.parametrize("column", HistoryColumns().columns)
def test_every_column_of_a_history_is_documented(column):
    table = [line for line in GUIDE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert any(f"`{column}`" in line.split(" | ")[0] for line in table)
