"""The folder of results: whole or not at all, and nobody else's files touched."""

import csv
import re

import pandas as pd
import pytest

from caserouter.domain.errors import InvalidInput
from caserouter.reporting.charts.canvas import Chart
from caserouter.reporting.output import check_folder, write_results

CHART = Chart("a", "A", "Something.", "<svg/>")


@pytest.fixture
def write(tmp_path, manifest):
    """Write some tables into tmp_path/out."""

    def do(**tables):
        write_results(tmp_path / "out", tables, page="<p>", charts=[CHART], manifest=manifest, traces={})
        return tmp_path / "out"

    return do


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_everything_is_written_under_its_name(write):
    folder = write(summary=pd.DataFrame({"a": [1]}))
    assert names(folder) == ["charts/a.svg", "manifest.json", "report.html", "summary.csv", "summary.parquet"]


def test_a_later_run_takes_the_place_of_an_earlier_one(write):
    write(summary=pd.DataFrame({"a": [1]}), differences=pd.DataFrame({"b": [1]}))
    folder = write(summary=pd.DataFrame({"a": [2]}))
    assert "differences.csv" not in names(folder)
    assert (folder / "summary.csv").read_text() == '"a"\n2\n'


def test_a_folder_of_somebody_else_is_refused_and_left_alone(tmp_path, write):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "cases.csv").write_text("mine")
    with pytest.raises(
        InvalidInput, match=r"out: holds cases\.csv, which no run has written; name a new folder, or move what is there"
    ):
        write(summary=pd.DataFrame({"a": [1]}))
    assert names(folder) == ["cases.csv"]


def test_a_file_that_somebody_has_added_to_a_run_is_not_lost(write):
    folder = write(summary=pd.DataFrame({"a": [1]}))
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(InvalidInput, match=r"holds notes\.txt"):
        write(summary=pd.DataFrame({"a": [2]}))
    assert (folder / "summary.csv").read_text() == '"a"\n1\n'


def test_a_failure_leaves_nothing_behind(tmp_path, write):
    with pytest.raises(AttributeError):
        write(summary="no table")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_has_left_is_no_obstacle(tmp_path, write):
    (tmp_path / "out" / ".caserouter.part").mkdir(parents=True)
    assert "manifest.json" in names(write(summary=pd.DataFrame({"a": [1]})))


def test_that_it_cannot_be_written_is_found_out_beforehand(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidInput, match="file: a file; name a folder for the results"):
        check_folder(tmp_path / "file")
    with pytest.raises(InvalidInput, match=r"cannot be written \(Not a directory\); choose another folder"):
        check_folder(tmp_path / "file" / "out")
    check_folder(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_text_that_a_spreadsheet_would_run_is_made_harmless_in_csv_alone(write):
    table = pd.DataFrame({"name": pd.Categorical(["=1+1", "plain"]), "text": ["@x", None]})
    folder = write(cases=table)
    with (folder / "cases.csv").open(newline="") as file:
        assert list(csv.reader(file)) == [["name", "text"], ["'=1+1", "'@x"], ["plain", ""]]
    assert list(pd.read_parquet(folder / "cases.parquet")["name"]) == ["=1+1", "plain"]


def test_moments_keep_their_local_time_and_offset(write):
    """The clocks of New York change on 8 March 2026."""
    moments = pd.DatetimeIndex(["2026-03-08T06:30:00.5", "2026-03-08T07:30", None], tz="UTC").tz_convert("America/New_York")
    folder = write(cases=pd.DataFrame({"arrival_at": moments}))
    assert re.findall(r"20\S+(?=\")", (folder / "cases.csv").read_text()) == [
        "2026-03-08T01:30:00-0500",
        "2026-03-08T03:30:00-0400",
    ]
    assert list(pd.read_parquet(folder / "cases.parquet")["arrival_at"].dropna()) == list(moments[:2])
