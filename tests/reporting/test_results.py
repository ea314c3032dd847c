"""What a run leaves behind, from its answer."""

import json

import pandas as pd
import pytest
from tests.reporting.conftest import DATA

from caserouter import write_report
from caserouter.domain.errors import InvalidInput, NotFound
from caserouter.reporting.results import document_of, notices_of, tables_of
from caserouter.simulation.answer import SimulationAnswer


def fewer(answer, **changes):
    """The same answer from one replication."""
    return SimulationAnswer(answer.scenario, answer.labels, answer.records[:1], answer.seed, **changes)


def test_the_document_is_json_without_numbers_that_json_lacks(answer, circumstances):
    text = json.dumps(document_of(fewer(answer), circumstances), allow_nan=False)
    document = json.loads(text)
    assert set(document) == {"manifest", "notices", "targets", "summary", "waits"}
    assert document["targets"][0]["measure"] == "service_level_first_response"
    assert document["targets"][0]["low"] is None


def test_a_comparison_has_its_differences_and_a_column_that_tells_the_scenarios_apart(comparison):
    tables = tables_of(comparison, ("summary", "cases"))
    assert list(tables) == ["differences", "summary", "cases"]
    assert list(tables["cases"].columns[:2]) == ["scenario", "replication"]
    assert list(tables["cases"]["scenario"].unique()) == ["desk", "desk-three"]


def test_nothing_needs_to_be_known_of_a_run_that_went_as_asked(answer):
    assert notices_of(answer) == []


@pytest.mark.parametrize(
    ("changes", "problems", "notice"),
    [
        ({}, (), "One replication gives no interval: nothing here says how much is chance. Run two or more."),
        ({"interrupted": True}, (), "Interrupted: the numbers rest on the 1 replication that had finished."),
        ({"reached": False}, (), "The half-width asked for was not reached within 1 replication."),
        ({}, ("ben is needed twice",), "Before the run: ben is needed twice."),
    ],
)
def test_what_a_reader_has_to_know_is_said(answer, changes, problems, notice):
    assert notice in notices_of(fewer(answer, **changes), problems)


def test_a_report_can_be_written_from_python(answer, tmp_path):
    write_report(answer, tmp_path / "out", files=[DATA / "desk.yaml"])
    assert pd.read_parquet(tmp_path / "out" / "summary.parquet").shape == answer.summary.shape
    assert len(pd.read_csv(tmp_path / "out" / "cases.csv")) == len(answer.cases)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["scenarios"][0]["files"][0]["path"].endswith("desk.yaml")


def test_the_files_have_to_be_those_of_the_scenarios(answer, comparison, tmp_path):
    with pytest.raises(InvalidInput, match="1 file for 2 scenarios; give one for each, or none"):
        write_report(comparison, tmp_path / "out", files=[DATA / "desk.yaml"])
    with pytest.raises(NotFound, match=r"none\.yaml"):
        write_report(answer, tmp_path / "out", files=["none.yaml"])
    assert list(tmp_path.iterdir()) == []
