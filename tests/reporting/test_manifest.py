"""The manifest: everything from which a run can be repeated."""

import hashlib
import json

import pytest
from tests.reporting.conftest import DATA

from caserouter import load_scenario
from caserouter.domain.errors import InvalidInput, NotFound
from caserouter.reporting.manifest import Manifest, ScenarioSource, read_manifest

TRACE = "arrived_at,type\n2026-03-02T10:00,question\n2026-03-02T11:00,claim\n"


@pytest.fixture
def written(tmp_path):
    """Write a manifest as JSON, and name its file."""

    def write(manifest: Manifest):
        path = tmp_path / "manifest.json"
        path.write_text(json.dumps(manifest.document()), encoding="utf-8")
        return path

    return write


@pytest.fixture
def recorded(tmp_path):
    """The source of a scenario with recorded arrivals."""
    (tmp_path / "calls.csv").write_text(TRACE)
    path = tmp_path / "recorded.yaml"
    path.write_text(
        f"extends: {DATA / 'desk.yaml'}\nname: recorded\ndemand: {{calls: null, log: {{types: {{question: 1, claim: 1}}, trace: calls.csv}}}}\n"
    )
    return ScenarioSource.of(load_scenario(path), path)


def test_the_scenario_comes_back_as_it_was(manifest, written):
    assert read_manifest(written(manifest), "simulate") == manifest


def test_every_file_of_a_scenario_is_there_with_its_digest():
    path = DATA / "desk_three.yaml"
    files = ScenarioSource.of(load_scenario(path), path).files
    assert {file.path.rsplit("/", 1)[1] for file in files} == {"desk.yaml", "desk_three.yaml"}
    assert {file.sha256 for file in files} >= {hashlib.sha256(path.read_bytes()).hexdigest()}


def test_versions_of_what_can_change_a_number_are_there(manifest):
    assert {"caserouter", "numpy", "simpy", "scipy"} <= set(manifest.environment.packages)


def test_recorded_arrivals_are_found_beside_the_manifest(manifest, recorded, written, tmp_path):
    found = read_manifest(written(manifest.model_copy(update={"scenarios": (recorded,)})), "simulate")
    assert found.scenarios[0].scenario.demand["log"].trace == (tmp_path / "calls.csv").as_posix()


def test_recorded_arrivals_that_have_changed_are_refused(manifest, recorded, written, tmp_path):
    path = written(manifest.model_copy(update={"scenarios": (recorded,)}))
    (tmp_path / "calls.csv").write_text(TRACE + "2026-03-02T12:00,claim\n")
    with pytest.raises(
        InvalidInput, match=r"calls\.csv: has changed since the run; put the former file back, or simulate the new one"
    ):
        read_manifest(path, "simulate")


def test_recorded_arrivals_that_are_gone_are_missed(manifest, recorded, written, tmp_path):
    path = written(manifest.model_copy(update={"scenarios": (recorded,)}))
    (tmp_path / "calls.csv").unlink()
    with pytest.raises(NotFound, match=r"calls\.csv: no such file"):
        read_manifest(path, "simulate")


def test_a_manifest_of_the_other_command_names_it(manifest, written):
    with pytest.raises(InvalidInput, match="the manifest of a run of simulate; repeat it with caserouter simulate"):
        read_manifest(written(manifest), "compare")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "caserouter manifest 2"}'])
def test_what_is_no_manifest_is_refused(tmp_path, text):
    path = tmp_path / "manifest.json"
    path.write_text(text)
    with pytest.raises(InvalidInput, match=r"not a manifest \(.+\); name the manifest\.json of an earlier run"):
        read_manifest(path, "simulate")
