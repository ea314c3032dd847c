"""Recorded histories are read when a scenario is checked."""

import pytest
from tests.simulation.written import complaints, found

TRACE = "demand: {post: {rate: null, trace: post.csv}}"


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ("2026-03-03T10:00,claim\n2026-03-03T09:00,claim\n", "post.csv:3, arrived_at"),
        ("2026-03-03T10:00,clam\n", "post.csv:2, type"),
        ("2026-03-01T10:00,claim\n", "post.csv:2, arrived_at"),
    ],
    ids=["out of order", "unknown type", "before the start"],
)
def test_what_is_wrong_with_a_history_stands_in_its_own_file(tmp_path, rows, place):
    (tmp_path / "post.csv").write_text(f"arrived_at,type\n{rows}", encoding="utf-8")
    (finding,) = found(tmp_path, TRACE)
    assert finding.severity == "error"
    assert str(finding).removeprefix(f"{tmp_path}/").startswith(place)


def test_a_gap_is_a_warning(tmp_path):
    moments = [f"2026-03-{day:02d}T{hour:02d}:00,claim" for day in (*range(2, 7), *range(20, 25)) for hour in range(24)]
    (tmp_path / "post.csv").write_text("arrived_at,type\n" + "\n".join(moments) + "\n", encoding="utf-8")
    (finding,) = found(tmp_path, TRACE)
    assert (finding.severity, finding.file, finding.line) == ("warning", f"{tmp_path}/post.csv", 122)


def test_a_history_that_is_not_there_is_an_error_of_the_scenario(tmp_path):
    assert complaints(tmp_path, TRACE) == [
        "new.yaml:2, demand.post.trace: post.csv: no such file; the name is relative to the scenario file"
    ]


def test_a_folder_is_no_history(tmp_path):
    (tmp_path / "post.csv").mkdir()
    (message,) = complaints(tmp_path, TRACE)
    assert message.startswith("new.yaml:2, demand.post.trace: post.csv: cannot be read; ")
